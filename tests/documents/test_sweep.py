"""No row without its content, no content without its row: whatever a crash left, and never what somebody stores now."""

import json
import os
import threading
from datetime import timedelta
from io import BytesIO, StringIO
from pathlib import Path

import pytest
from django.core.management import call_command
from django.db import connections, transaction
from django.utils import timezone

from documents import storage
from documents.errors import ContentLostError
from documents.holding import hold
from documents.queries.files import read
from documents.sweeping import check, sweep
from tests.cast import Cast
from tests.documents.uploading import made

ORPHAN = "ab" + "0" * 62


def put(media: Path, name: str, *, age: timedelta) -> Path:
    path = media / "ab" / name
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(b"x")
    then = (timezone.now() - age).timestamp()
    os.utime(path, (then, then))
    return path


def test_what_has_no_row_goes_after_a_day(db: None, media: Path) -> None:
    old = [put(media, ORPHAN, age=timedelta(days=2)), put(media, ".writing-1", age=timedelta(days=2))]
    young = put(media, "ab" + "1" * 62, age=timedelta(hours=23))
    assert sweep(now=timezone.now()).removed == 2
    assert not any(path.exists() for path in old)
    assert young.exists()


def test_what_has_a_row_stays(people: Cast, media: Path) -> None:
    file = made(people.home)
    put(media, ORPHAN, age=timedelta(days=2))
    report = sweep(now=timezone.now() + timedelta(days=9))
    assert (report.contents, report.removed, report.is_whole) == (1, 1, True)
    assert read(file)


def test_what_is_missing_is_reported(people: Cast, media: Path, caplog: pytest.LogCaptureFixture) -> None:
    file = made(people.home)
    (media / file.blob_id[:2] / file.blob_id).unlink()
    assert sweep(now=timezone.now()).missing == [file.blob_id]
    assert file.blob_id in caplog.text
    with pytest.raises(ContentLostError):
        read(file)


def test_the_command_tells_what_is_altered(people: Cast, media: Path) -> None:
    file = made(people.home)
    path = media / file.blob_id[:2] / file.blob_id
    out = StringIO()
    call_command("check_files", "--contents", stdout=out)
    assert json.loads(out.getvalue())["whole"]
    path.chmod(0o600)
    path.write_bytes(b"%PDF-1.7 ourz")
    out = StringIO()
    with pytest.raises(SystemExit):
        call_command("check_files", "--contents", stdout=out)
    assert json.loads(out.getvalue())["altered"] == [file.blob_id]


def test_what_is_stored_at_this_moment_is_left_alone(real_db: str, media: Path) -> None:
    """Another transaction refers to an old orphan again, and has not committed yet."""
    path = put(media, ORPHAN, age=timedelta(days=2))
    held, go_on = threading.Event(), threading.Event()

    def storing() -> None:
        try:
            with transaction.atomic():
                hold(ORPHAN)
                held.set()
                go_on.wait(20)
        finally:
            connections.close_all()

    thread = threading.Thread(target=storing)
    thread.start()
    try:
        assert held.wait(20)
        assert sweep(now=timezone.now()).removed == 0
        assert path.exists()
    finally:
        go_on.set()
        thread.join()
    assert sweep(now=timezone.now()).removed == 1


class Breaks(BytesIO):
    """Fails in the middle, as a disk that is full does."""

    def read(self, size: int | None = -1) -> bytes:
        raise OSError("disk full")


def test_a_content_is_there_whole_or_not_at_all(media: Path) -> None:
    with pytest.raises(OSError, match="disk full"):
        storage.keep(ORPHAN, Breaks(b"x" * 100))
    assert not [path for path in media.rglob("*") if path.is_file()]
    storage.keep(ORPHAN, BytesIO(b"x"))
    with storage.open_content(ORPHAN) as content:
        assert content.read() == b"x"


def test_a_roll_back_leaves_a_content_that_the_sweep_takes(people: Cast, media: Path) -> None:
    with transaction.atomic():
        made(people.home)
        transaction.set_rollback(True)
    left = [path for path in media.rglob("*") if path.is_file()]
    assert len(left) == 1
    assert check(now=timezone.now()).contents == 0
    assert sweep(now=timezone.now() + timedelta(days=2)).removed == 1
