"""bin/demo as an ordinary account without a home, with the machine's own Python, from nothing."""

import os
import pwd
import shutil
import subprocess
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.launcher.scratch import copy_of_the_project, free_port

pytestmark = pytest.mark.launcher
PYTHON = Path("/usr/bin/python3")


@pytest.fixture
def folder() -> Iterator[Path]:
    """A copy that belongs to `nobody`, in a place that `nobody` reaches (pytest's own folders are closed to others)."""
    if os.geteuid() != 0:
        pytest.skip("the other tests already run as an ordinary account")
    if (
        not PYTHON.exists()
        or subprocess.run([PYTHON, "-c", "import ensurepip"], capture_output=True, check=False).returncode
    ):
        pytest.skip("this machine has no Python of its own with venv")
    folder = Path("/", "var", "tmp", f"ordinary-{os.getpid()}")
    folder.mkdir(mode=0o700)
    copy_of_the_project(folder)
    nobody = pwd.getpwnam("nobody")
    subprocess.run(["chown", "-R", f"{nobody.pw_uid}:{nobody.pw_gid}", folder], check=True)
    yield folder
    shutil.rmtree(folder)


def test_installs_and_runs_a_command_from_nothing(folder: Path) -> None:
    kept = {
        name: os.environ[name] for name in ("PATH", "PIP_FIND_LINKS", "PIP_CERT", "SSL_CERT_FILE") if name in os.environ
    }
    command = ["setpriv", "--reuid=nobody", "--regid=nogroup", "--clear-groups", PYTHON, "bin/manage", "showmigrations"]
    done = subprocess.run(
        [*command, "contenttypes"],
        cwd=folder,
        env={**kept, "HOME": "/nonexistent", "PORT": str(free_port())},
        capture_output=True,
        text=True,
        timeout=300,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    assert done.stdout.startswith("contenttypes\n")
    assert (folder / ".local" / "pg").stat().st_uid == pwd.getpwnam("nobody").pw_uid
