"""Every hostile and odd file gets its answer, in bounded time and memory, and leaves nothing on the disk."""

import time
import tracemalloc
from collections.abc import Iterator
from pathlib import Path

import pytest
from django.core.files.base import ContentFile

from documents.errors import FileRefusedError
from documents.models import Blob, StoredFile
from documents.operations.files import store_upload
from documents.queries.files import read
from portal.events.actors import System
from portal.isolation import scope
from tests.cast import NOW
from tests.documents.corpus import Sample, samples
from tests.units.land import load_land

SAMPLES = samples()
SECONDS = 20.0  # on a busy core; the longest takes a fifth of it
MEMORY = 160 * 1024 * 1024
NO_UNIT = 0  # what is refused never comes so far


@pytest.fixture
def home(db: None) -> Iterator[int]:
    unit_id = load_land().new("00001").pk
    with scope(units=[unit_id]):
        yield unit_id


def send(sample: Sample, unit_id: int) -> StoredFile:
    upload = ContentFile(sample.content)
    upload.name = sample.name
    upload.content_type = sample.declared  # type: ignore[attr-defined]  # as uploads have it
    return store_upload(upload=upload, kind=sample.kind, unit_id=unit_id, owner=None, actor=System.COMMAND, now=NOW)


def test_the_corpus_is_large_and_named_once() -> None:
    assert len(SAMPLES) >= 60
    assert len({str(sample) for sample in SAMPLES}) == len(SAMPLES)


@pytest.mark.parametrize("sample", [one for one in SAMPLES if one.answer is None], ids=str)
def test_what_people_send_is_taken_and_given_back_byte_for_byte(sample: Sample, home: int, scratch: Path) -> None:
    file = send(sample, home)
    assert read(file) == sample.content
    assert not list(scratch.iterdir())


@pytest.mark.parametrize("sample", [one for one in SAMPLES if one.answer], ids=str)
def test_what_is_hostile_or_odd_is_refused(sample: Sample, db: None, scratch: Path, media: Path) -> None:
    tracemalloc.start()
    began = time.monotonic()
    with pytest.raises(FileRefusedError) as refused:
        send(sample, NO_UNIT)
    seconds, memory = time.monotonic() - began, tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert refused.value.code == sample.answer, str(refused.value.__cause__)
    assert str(refused.value)
    assert seconds < SECONDS
    assert memory < MEMORY
    assert not StoredFile.objects.exists()
    assert not Blob.objects.exists()
    assert not list(scratch.iterdir())
    assert not media.exists() or not [path for path in media.rglob("*") if path.is_file()]
