"""Which account runs the database: PostgreSQL refuses root, so root steps down to an account without rights."""

import os
import pwd
import subprocess
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from launch.say import SetupError

HARMLESS = ("postgres", "nobody")


@dataclass(frozen=True)
class Account:
    """An account to step down to; `None` twice means: stay who we are."""

    uid: int | None
    gid: int | None

    @property
    def options(self) -> dict[str, Any]:
        """For subprocess: become this account, with no other groups."""
        return {} if self.uid is None else {"user": self.uid, "group": self.gid, "extra_groups": []}

    def reaches(self, path: Path) -> bool:
        """Whether it may run or enter `path`; asked as that account, because only then all folders above count."""
        return not subprocess.run(["test", "-x", str(path)], check=False, cwd="/", **self.options).returncode

    def own(self, path: Path) -> None:
        if self.uid is not None:
            os.chown(path, self.uid, self.gid or 0)


def unprivileged(data: Path) -> Account:
    """The account for the database in `data`: its present owner, else a harmless one of this machine."""
    if os.geteuid() != 0:
        return Account(None, None)
    if data.exists() and (owner := data.stat()).st_uid:
        return Account(owner.st_uid, owner.st_gid)
    for name in HARMLESS:
        try:
            entry = pwd.getpwnam(name)
        except KeyError:
            continue
        return Account(entry.pw_uid, entry.pw_gid)
    raise SetupError(
        f"Started as root, and no account without rights exists ({' or '.join(HARMLESS)}) for PostgreSQL, which "
        "refuses root. Start as an ordinary user, add one (useradd --system postgres), or set DATABASE_URL to a server."
    )
