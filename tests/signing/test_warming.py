"""Workers load the engines before the first task, and the garbage collector leaves them alone."""

import gc
import sys
from collections.abc import Iterator

import pytest
from celery.signals import worker_init

from documents.pdf import engine
from portal import warming
from portal.celery import app

LOADED = 100_000  # objects, at least, when both engines are there


@pytest.fixture(autouse=True)
def _thawed() -> Iterator[None]:
    before = gc.get_threshold()
    yield
    gc.unfreeze()
    gc.set_threshold(*before)


def test_a_starting_worker_loads_printer_and_judge_and_sets_them_aside() -> None:
    worker_init.send(sender=app)
    assert warming.JUDGE in sys.modules
    assert gc.get_freeze_count() > LOADED
    assert gc.get_threshold()[0] == warming.PORTION


def test_what_comes_later_is_still_collected() -> None:
    warming.set_aside()
    ring: list[object] = []
    ring.append(ring)
    del ring
    assert gc.collect() > 0


def test_a_worker_that_cannot_print_starts_all_the_same(
    monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    def fails() -> float:
        raise engine.PrintError("The face of documents is missing")

    monkeypatch.setattr(engine, "warm_up", fails)
    warming.warm_worker()
    assert "face" in caplog.text


def test_a_web_process_loads_its_views_and_the_judge_and_sets_them_aside() -> None:
    warming.load_web()
    assert warming.JUDGE in sys.modules
    assert gc.get_freeze_count() > LOADED
