"""bin/demo in a fresh copy: opens, mends itself, ends in order, and says in one line what is wrong."""

import os
import re
import shutil
import signal
import socket
import time
from collections.abc import Iterator

import pytest

from tests.launcher.scratch import Scratch, copy_of_the_project, until

pytestmark = pytest.mark.launcher
RESTARTED = 30  # seconds for a process to come back on a busy machine


@pytest.fixture(scope="module")
def installed(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Scratch]:
    """One installation for all tests here; its folder is readable by its owner only."""
    scratch = Scratch(copy_of_the_project(tmp_path_factory.mktemp("một cửa")))
    scratch.start()
    yield scratch
    scratch.stop()
    scratch.run("bin/demo", "--remove")
    shutil.rmtree(scratch.folder)


@pytest.fixture
def demo(installed: Scratch) -> Scratch:
    """The installation with its demo running."""
    if installed.demo is None or installed.demo.poll() is not None:
        installed.start()
    return installed


def test_opens_in_a_folder_that_nobody_else_can_read(demo: Scratch) -> None:
    assert demo.folder.stat().st_mode & 0o077 == 0
    assert demo.health() == 200


def test_opens_the_second_time_without_loading_anything_again(demo: Scratch) -> None:
    """How long it takes is measured by bench/start.py: here other tests run beside."""
    demo.stop()
    demo.start()
    assert re.search(r"Starting PostgreSQL … \d+\.\d s\n", demo.output)
    assert not re.search("Bringing|Loading|Collecting|Compiling|Installing", demo.output)


def test_seals_the_trail_before_anybody_may_write(demo: Scratch) -> None:
    """A first start seals before the web server comes; a start soon after leaves it to the schedule."""
    first = "Bringing the tables" in demo.output
    assert first == bool(re.search(r"Sealing the trail .*\n.*Starting the portal", demo.output))


def test_shows_the_pages_of_production(demo: Scratch) -> None:
    status, headers, body = demo.get("/khong-co-trang-nay/")
    assert status == 404
    assert "URLconf" not in body
    assert "default-src 'none'" in headers["content-security-policy"]
    _, _, home = demo.get("/")
    assert re.search(r"/static/css/citizen\.[0-9a-f]{12}\.css", home)
    assert demo.get("/he-thong/thanh-phan/")[0] == 200  # the page of all components, for the people who build


def test_lists_the_people_with_how_they_sign_in(demo: Scratch) -> None:
    until(lambda: "Ctrl-C stops everything" in demo.output, RESTARTED, demo.output)
    assert re.search(r"quan-tri .* \d{6}\n", demo.output)


def test_says_where_it_already_runs(demo: Scratch) -> None:
    again = demo.run("bin/demo", "--port", str(demo.port))
    assert again.returncode == 0
    assert f"already runs: http://127.0.0.1:{demo.port}/" in again.stderr
    assert demo.health() == 200


def test_refuses_to_reset_what_runs(demo: Scratch) -> None:
    assert demo.run("bin/demo", "--reset").returncode == 1
    assert demo.health() == 200


def test_keeps_secrets_from_other_accounts(demo: Scratch) -> None:
    files = [path for path in (demo.local / "secrets").rglob("*") if path.is_file()]
    assert files
    assert {path.stat().st_mode & 0o777 for path in files} == {0o600}
    assert (demo.local / "running.json").stat().st_mode & 0o777 == 0o600


def test_tells_no_secret_in_a_command_line(demo: Scratch) -> None:
    files = [path for path in (demo.local / "secrets").rglob("*") if path.is_file() and path.suffix != ".key"]
    secrets = [path.read_text(encoding="utf-8") for path in files]
    shown = " ".join(demo.processes().values())
    assert shown
    assert not [secret for secret in secrets if secret.strip() in shown]


@pytest.mark.parametrize(
    ("name", "pattern"),
    [
        ("PostgreSQL", r"bin/postgres -D"),
        ("Valkey", r"valkey-server"),
        ("web", r"granian.*portal\.wsgi"),
        ("sandbox", r"granian.*sandbox"),
        ("worker", r"celery.* worker"),
        ("beat", r"celery.* beat"),
        ("relay", r"manage\.py relay"),
    ],
)
def test_starts_a_killed_process_again(demo: Scratch, name: str, pattern: str) -> None:
    until(lambda: demo.finds(pattern), RESTARTED, f"{name} does not run:\n{demo.output}")
    before = demo.output.count(f"{name} was started again")
    killed = demo.process(pattern)
    os.kill(killed, signal.SIGKILL)
    until(
        lambda: demo.output.count(f"{name} was started again") > before, RESTARTED, f"{name} stays away:\n{demo.output}"
    )
    assert f"{name} was ended by SIGKILL; starting it again" in demo.output
    until(lambda: demo.health() == 200, RESTARTED, demo.output)
    until(lambda: demo.finds(pattern), RESTARTED, f"{name} does not run:\n{demo.output}")
    assert demo.process(pattern) != killed


def test_leaves_nothing_behind_when_it_is_killed_and_starts_again(demo: Scratch) -> None:
    assert demo.demo
    os.kill(demo.demo.pid, signal.SIGKILL)
    demo.demo.wait()
    until(lambda: not demo.processes(), 30, f"left behind: {demo.processes()}")
    demo.start()
    assert demo.health() == 200


def test_starts_again_after_everything_was_killed(demo: Scratch) -> None:
    assert demo.demo
    lock = demo.data() / "postmaster.pid"
    os.kill(demo.demo.pid, signal.SIGSTOP)  # or it would start them again while we kill
    for pid in demo.processes():
        os.kill(pid, signal.SIGKILL)
    os.kill(demo.demo.pid, signal.SIGKILL)
    demo.demo.wait()
    assert lock.exists()
    demo.start()
    assert demo.health() == 200


def test_ends_all_in_order_when_asked_three_times(demo: Scratch) -> None:
    assert demo.demo
    demo.demo.send_signal(signal.SIGINT)
    for _ in range(2):
        time.sleep(0.2)
        demo.demo.send_signal(signal.SIGINT)
    assert demo.demo.wait(60) == 0
    assert not demo.processes()
    assert "database system is shut down" in (demo.local / "logs" / "postgresql.log").read_text(encoding="utf-8")[-400:]


def test_says_that_the_port_is_taken(installed: Scratch) -> None:
    installed.stop()
    with socket.socket() as other:
        other.bind(("127.0.0.1", 0))
        other.listen()
        taken = other.getsockname()[1]
        refused = installed.run("bin/demo", "--port", str(taken))
    assert refused.returncode == 1
    assert refused.stderr.startswith(f"✗ Port {taken} can't be used")
    assert "--port" in refused.stderr


def test_refuses_data_of_another_postgresql(demo: Scratch) -> None:
    version = demo.data() / "PG_VERSION"
    demo.stop()
    version.write_text("17\n", encoding="utf-8")
    try:
        refused = demo.run("bin/demo", "--port", str(demo.port))
    finally:
        version.write_text("18\n", encoding="utf-8")
    assert refused.returncode == 1
    assert "are of PostgreSQL 17; this is 18" in refused.stderr
    assert "Traceback" not in refused.stderr


def test_runs_a_command_beside_the_demo(demo: Scratch) -> None:
    done = demo.run("bin/manage", "showmigrations", "contenttypes")
    assert done.returncode == 0, done.stderr
    assert done.stdout.startswith("contenttypes\n [X] 0001_initial")
    assert demo.health() == 200


def test_runs_a_command_without_the_demo_and_leaves_nothing_running(installed: Scratch) -> None:
    installed.stop()
    done = installed.run("bin/manage", "showmigrations", "contenttypes")
    assert done.returncode == 0, done.stderr
    assert done.stdout.startswith("contenttypes\n [X] 0001_initial")
    assert not installed.processes()


def test_hands_on_the_code_of_a_command_that_fails(demo: Scratch) -> None:
    assert demo.run("bin/manage", "no_such_command").returncode == 1
