"""The launcher's parts, each by itself: quick enough for every run."""

import errno
import os
import pwd
import shutil
import socket
import subprocess
import sys
import time
from collections import namedtuple
from collections.abc import Callable
from io import StringIO
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command
from launch import account, checks, debian, keys, leftovers, people, place, ports, supervisor, watchdog
from launch.processes import Process
from launch.say import SetupError, explained, trouble
from launch.settings import for_portal, for_sandbox

SLEEP = [sys.executable, "-S", "-c", "import time; time.sleep(60)"]
Usage = namedtuple("Usage", "total used free")


def _gone(pid: int) -> bool:
    try:
        return b") Z" in Path(f"/proc/{pid}/stat").read_bytes()
    except FileNotFoundError:
        return True


def _wait(what: Callable[[], object], seconds: float = 10) -> None:
    end = time.monotonic() + seconds
    while not what():
        assert time.monotonic() < end
        time.sleep(0.02)


def test_a_full_disk_is_one_line_with_what_to_do(capsys: pytest.CaptureFixture[str]) -> None:
    def main() -> int:
        raise OSError(errno.ENOSPC, "No space left on device", "/somewhere")

    assert explained(main) == 1
    said = capsys.readouterr().err
    assert said.count("\n") == 1
    assert "/somewhere" in said
    assert "free some space" in said


def test_a_program_that_found_the_disk_full_is_one_line_too() -> None:
    said = "Traceback\n  psycopg.errors.DiskFull: could not extend file: No space left on device\n"
    assert str(trouble("Loading failed", said)).startswith("Loading failed: The disk is full: free some space")
    assert "could not parse" in str(trouble("Loading failed", "Traceback\n  could not parse line 3\n"))


def test_several_commands_run_in_one_process_and_each_end_is_said() -> None:
    said = StringIO()
    call_command("prepare", "check", "check", stdout=said)
    assert said.getvalue() == "done check\ndone check\n"


def test_what_follows_a_failed_command_is_not_run() -> None:
    said = StringIO()
    with pytest.raises(CommandError, match="no_such_command"):
        call_command("prepare", "no_such_command", "check", stdout=said)
    assert said.getvalue() == ""


def test_a_fetched_program_that_does_not_start_is_said_and_not_kept(tmp_path: Path) -> None:
    real = tmp_path / "root" / "usr" / "bin" / "xgettext"
    real.parent.mkdir(parents=True)
    (tmp_path / "bin").mkdir()
    real.write_text("#!/bin/sh\nexit 3\n", encoding="utf-8")
    real.chmod(0o755)
    with pytest.raises(SetupError, match="does not start"):
        debian._wrap(tmp_path, tmp_path / "root", ["gettext"], "Install it by hand")
    assert not (tmp_path / "bin" / "xgettext").exists()


def _without_libraries(monkeypatch: pytest.MonkeyPatch, local: Path) -> None:
    monkeypatch.setattr(place, "LOCAL", local)
    monkeypatch.setattr(debian, "LIBRARIES", {"libnone-of-that-name.so.9": "libnone9"})


def test_where_the_machine_has_the_libraries_nothing_is_asked(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(debian, "_bring", lambda *_: pytest.fail("nothing is missing"))
    monkeypatch.setattr(debian, "LIBRARIES", {"libc.so.6": "libc6"})
    assert debian.libraries() == {}


def test_a_missing_library_without_apt_is_one_line_with_what_to_do(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    _without_libraries(monkeypatch, tmp_path)
    monkeypatch.setattr(shutil, "which", lambda *_, **__: None)
    with pytest.raises(SetupError, match=r"libnone9 is missing.*apt-get install libnone9") as told:
        debian.libraries()
    assert "\n" not in str(told.value)


def test_root_installs_the_libraries_for_the_machine(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    _without_libraries(monkeypatch, tmp_path)
    installed: list[list[str]] = []
    monkeypatch.setattr(os, "geteuid", lambda: 0)
    monkeypatch.setattr(shutil, "which", lambda *_, **__: "/usr/bin/apt-get")
    monkeypatch.setattr(debian, "_install", lambda packages, _how: installed.append(packages))
    assert debian.libraries() == {}
    assert installed == [["libnone9"]]


def test_an_ordinary_account_gets_the_libraries_by_its_environment(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    _without_libraries(monkeypatch, tmp_path)
    folder = tmp_path / "debian" / "libraries" / "root" / "usr" / "lib" / "x86_64-linux-gnu"

    def unpack(_private: Path, _packages: list[str], _how: str) -> None:
        folder.mkdir(parents=True)
        real = next(Path("/").glob("lib*/*-linux-gnu/libm.so.6"))
        shutil.copy(real, folder / "libnone-of-that-name.so.9")

    monkeypatch.setattr(os, "geteuid", lambda: 1000)
    monkeypatch.setattr(shutil, "which", lambda *_, **__: "/usr/bin/apt-get")
    monkeypatch.setattr(debian, "_unpack", unpack)
    monkeypatch.setattr(place, "PYTHON", Path(sys.executable))
    monkeypatch.setenv("LD_LIBRARY_PATH", "before")
    found = debian.libraries()
    assert found == {"LD_LIBRARY_PATH": f"{folder}{os.pathsep}before"}
    monkeypatch.setattr(debian, "_unpack", lambda *_: pytest.fail("they are there already"))
    assert debian.libraries() == found


def test_a_fetched_library_that_does_not_load_is_said_and_not_kept(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    private = tmp_path / "debian" / "libraries"
    private.mkdir(parents=True)
    monkeypatch.setattr(place, "PYTHON", Path(sys.executable))
    with pytest.raises(SetupError, match="do not load"):
        debian._try(private, ["libnone-of-that-name.so.9"], "Install it by hand")
    assert not private.exists()


def test_a_fault_of_ours_is_not_hidden() -> None:
    def main() -> int:
        raise OSError(errno.EBADF, "Bad file descriptor")

    with pytest.raises(OSError, match="descriptor"):
        explained(main)


def test_too_little_room_is_said_before_anything_is_done(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setattr(place, "LOCAL", tmp_path)
    monkeypatch.setattr(shutil, "disk_usage", lambda _path: Usage(10, 10, 5 * 2**20))
    with pytest.raises(SetupError, match="Only 5 MiB are free"):
        place.ready()


def test_a_secret_is_made_once_and_read_by_its_owner_only(tmp_path: Path) -> None:
    first = keys.read(tmp_path, "password")
    assert len(first) >= 40
    assert keys.read(tmp_path, "password") == first
    assert keys.read(tmp_path, "other") != first
    assert (tmp_path / "secrets" / "password").stat().st_mode & 0o777 == 0o600
    assert (tmp_path / "secrets").stat().st_mode & 0o777 == 0o700


def test_a_port_stays_the_same_until_a_stranger_takes_it(tmp_path: Path) -> None:
    port = ports.remembered(tmp_path, "sandbox")
    assert ports.remembered(tmp_path, "sandbox") == port
    ports.renew_when_taken(tmp_path, "sandbox")
    assert ports.remembered(tmp_path, "sandbox") == port
    with socket.create_server((ports.HOST, port)):
        ports.renew_when_taken(tmp_path, "sandbox")
        assert ports.remembered(tmp_path, "sandbox") != port


@pytest.mark.parametrize("port", [0, -1, 65536])
def test_what_is_no_port_is_refused(port: int) -> None:
    with pytest.raises(SetupError, match="is no port"):
        ports.claim(port)


def test_a_fingerprint_changes_with_what_a_file_says(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setattr(place, "ROOT", tmp_path)
    file = tmp_path / "folder" / "file"
    file.parent.mkdir()
    file.write_text("one", encoding="utf-8")
    before = place.digest([file.parent])
    assert place.digest([file.parent]) == before
    file.write_text("two", encoding="utf-8")
    assert place.digest([file.parent]) != before


def test_a_machine_without_a_harmless_account_is_told_what_to_do(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    def nobody(name: str) -> None:
        raise KeyError(name)

    monkeypatch.setattr(os, "geteuid", lambda: 0)
    monkeypatch.setattr(pwd, "getpwnam", nobody)
    with pytest.raises(SetupError, match="useradd --system postgres"):
        account.unprivileged(tmp_path / "none")


def test_a_dead_process_is_started_again_with_longer_pauses(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    watched = supervisor.Supervisor()
    watched.add(Process("brief", [sys.executable, "-S", "-c", "raise SystemExit(3)"], state=tmp_path))
    said = ""
    end = time.monotonic() + 15
    while said.count("started again") < 2 and time.monotonic() < end:
        watched.look()
        said += capsys.readouterr().err
        time.sleep(0.02)
    watched.processes[0].end()
    assert "brief ended with code 3; starting it again in 0.5 s" in said
    assert "starting it again in 1 s" in said
    assert str(tmp_path / "logs" / "brief.log") in said


def test_the_people_are_asked_for_again_while_the_database_comes_back(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    sign = tmp_path / "back"
    monkeypatch.setattr(people, "PAUSE", 0.05)
    watched = supervisor.Supervisor()
    asked = people.People({})
    asked._listing = Process("people", ["sh", "-c", f"test -e {sign} && echo van-thu 123456"], tmp_path)
    _wait(lambda: asked.look(watched) or asked._tries == 3)
    sign.touch()
    _wait(lambda: asked.look(watched) or asked._shown)
    said = capsys.readouterr().err
    assert "van-thu 123456" in said
    assert "can't be listed" not in said
    assert said.count("Ctrl-C stops everything") == 1


def test_a_worker_without_progress_is_started_again(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(watchdog, "EVERY", 0.0)
    answers = 'print(\'{"stalled": ["worker:default"]}\'); raise SystemExit(1)'
    dog = watchdog.Watchdog({})
    dog._question = Process("watchdog", [sys.executable, "-S", "-c", answers], state=tmp_path)
    watched = supervisor.Supervisor()
    worker = watched.add(Process("worker", SLEEP, state=tmp_path))
    first, said = worker.popen, ""
    end = time.monotonic() + 15
    while "worker was started again" not in said and time.monotonic() < end:
        dog.look(watched)
        watched.look()
        said += capsys.readouterr().err
        time.sleep(0.02)
    dog._question.end()
    worker.end()
    assert "worker is ended: it makes no progress" in said
    assert "worker was started again" in said
    assert first is not worker.popen


def test_children_of_a_killed_process_end_with_it(tmp_path: Path) -> None:
    parent = (
        "import subprocess, sys, time; c = subprocess.Popen(sys.argv[1:]); print(c.pid, flush=True); time.sleep(60)"
    )
    process = Process("parent", [sys.executable, "-S", "-c", parent, *SLEEP], state=tmp_path)
    process.start()
    _wait(lambda: process.last_words().strip().isdigit())
    child = int(process.last_words())
    process.signal("KILL")
    process.end()
    _wait(lambda: _gone(child))


def test_leftovers_of_this_folder_are_ended_and_no_others(tmp_path: Path) -> None:
    ours, strangers = tmp_path / "ours", tmp_path / "ours-too"
    started = []
    for folder in (ours, strangers):
        folder.mkdir()
        started.append(Process("left", SLEEP, state=folder))
        started[-1].start()
    left, other = started
    leftovers.end_marked(ours)
    assert left.popen
    assert left.popen.wait(10) != 0
    assert not other.ended()
    other.end()


def test_what_stands_in_a_folder_is_ended(tmp_path: Path) -> None:
    standing = subprocess.Popen(SLEEP, cwd=tmp_path)
    leftovers.end_in(tmp_path)
    assert standing.wait(10) != 0


def test_web_and_workers_do_not_know_the_owner_of_the_tables(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("DATABASE_OWNER_URL", "postgresql://outer")
    given = for_portal({"DATABASE_OWNER_URL": "postgresql://owner", "DATABASE_URL": "postgresql://app"})
    assert "DATABASE_OWNER_URL" not in given
    assert given["DATABASE_URL"] == "postgresql://app"


def test_the_sandbox_knows_none_of_our_secrets(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("DATABASE_URL", "postgresql://outer")
    ours = {
        "MC_LOCAL_DIR": "/somewhere",
        "SECRET_KEY": "s",
        "DATABASE_URL": "d",
        "REDIS_URL": "r",
        "VNEID_CLIENT_ID": "c",
        "VNEID_CLIENT_SECRET": "v",
    }
    given = for_sandbox(ours)
    assert not {"SECRET_KEY", "DATABASE_URL", "REDIS_URL"} & given.keys()
    assert given["VNEID_CLIENT_SECRET"] == "v"


def test_an_unknown_stage_is_named_with_those_that_exist(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "argv", ["bin/test", "--only", "nothing"])
    with pytest.raises(SetupError, match=r"No stage is called nothing\. There are: lint"):
        checks.main()


REPORT = """<testsuites><testsuite><testcase classname="tests.browser.test_a" name="test_b">
<properties><property name="page" value="[/mot-cua/] No such dossier"/></properties>
<failure message="Error: Timeout 30000ms exceeded.&#10;waiting for locator">tests/browser/test_a.py:3: in test_b
    opened()
tests/browser/office.py:20: Error</failure></testcase>
<testcase classname="tests.browser.test_a" name="test_c"/></testsuite></testsuites>"""


def test_a_failure_is_told_with_its_place_and_what_stood_on_the_screen(tmp_path: Path) -> None:
    (tmp_path / "reports").mkdir()
    (tmp_path / "reports" / "browser.xml").write_text(REPORT)
    (told,) = checks.failures(tmp_path)
    assert [line.strip() for line in told.splitlines()] == [
        "browser: tests.browser.test_a::test_b",
        "tests/browser/test_a.py:3",
        "tests/browser/office.py:20",
        "Error: Timeout 30000ms exceeded.",
        "waiting for locator",
        "[/mot-cua/] No such dossier",
    ]
