"""Where things lie, and whether this account can work there."""

import fcntl
import hashlib
import os
import pwd
import shutil
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path

from launch.say import SetupError, line

ROOT = Path(__file__).resolve().parents[2]
LOCAL = Path(os.environ.get("MC_LOCAL_DIR") or ROOT / ".local").resolve()
VENV = Path(os.environ.get("MC_VENV") or ROOT / ".venv").absolute()
PYTHON = VENV / "bin" / "python"
LATER_MIB = 200
FIRST_MIB = 1500  # a first start: packages 600, node modules 100, database and fixtures 400, room to work


def ready() -> None:
    """Make the private folder; say at once when it can't be used, instead of failing half-way."""
    LOCAL.mkdir(parents=True, exist_ok=True)
    foreign = next((path for path in (LOCAL, *LOCAL.glob("*")) if _foreign(path)), None)
    if foreign:
        owner = foreign.stat().st_uid
        name = next((entry.pw_name for entry in pwd.getpwall() if entry.pw_uid == owner), str(owner))
        raise SetupError(
            f"{foreign} belongs to {name} and this account can't use it. Start as {name}, or give it to this account: "
            f"sudo chown -R {os.geteuid()}:{os.getegid()} {LOCAL}"
        )
    needed = LATER_MIB if PYTHON.exists() else FIRST_MIB
    free = shutil.disk_usage(LOCAL).free // 2**20
    if free < needed:
        raise SetupError(
            f"Only {free} MiB are free on the disk of {LOCAL}; free some space first: {needed} are needed."
        )


def _foreign(path: Path) -> bool:
    wanted = os.R_OK | os.W_OK | (os.X_OK if path.is_dir() else 0)
    return not path.is_symlink() and not os.access(path, wanted)


def digest(paths: Iterable[Path], *extra: str) -> str:
    """One fingerprint of files (folders are walked) and words: what is unchanged need not be done again."""
    total = hashlib.sha256("\0".join(extra).encode())
    for path in sorted(paths):
        for file in sorted(path.rglob("*")) if path.is_dir() else [path]:
            if file.is_file() and "__pycache__" not in file.parts and file.suffix != ".mo":
                total.update(f"\0{file.relative_to(ROOT)}\0{file.stat().st_mode & 0o111}\0".encode())
                total.update(hashlib.sha256(file.read_bytes()).digest())
    return total.hexdigest()


@contextmanager
def alone(path: Path, waiting_for: str) -> Iterator[None]:
    """Hold a lock file; wait for whoever holds it. The kernel frees it when its holder dies, however that happens."""
    path.parent.mkdir(parents=True, exist_ok=True)
    with path.open("a") as file:
        try:
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            line(f"  Waiting: {waiting_for}.")
            fcntl.flock(file, fcntl.LOCK_EX)
        yield


def online() -> dict[str, str]:
    """The environment for programs that fetch.

    The machine's certificates count: offices have proxies of their own. Caches go to our folder when the account
    has no home to write to.
    """
    store = Path("/etc/ssl/certs/ca-certificates.crt")
    names = ("SSL_CERT_FILE", "PIP_CERT", "NODE_EXTRA_CA_CERTS")
    home = {} if os.access(Path("~").expanduser(), os.W_OK) else {"HOME": str(LOCAL / "cache")}
    return {**(dict.fromkeys(names, str(store)) if store.exists() else {}), **os.environ, **home}
