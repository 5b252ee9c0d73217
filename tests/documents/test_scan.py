"""Only an explicit OK is clean. Until then nobody opens the file, and the scan is tried again."""

import tempfile
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from documents.errors import FileNotReadyError, FileStateError
from documents.models import Cleared, StoredFile
from documents.operations.files import clear_file, refuse_file
from documents.operations.removing import remove_file
from documents.queries.files import read
from documents.scanning import TOPIC, Clean, Infected, UnclearAnswerError
from documents.scanning.clamd import Clamd
from documents.scanning.waiting import GIVEN_UP, order_again
from documents.states import FILE_TRANSITIONS, FileAction, FileState
from portal.events import Event
from portal.events.actors import System
from portal.events.delivering import breaker, deliver
from portal.events.models import Delivery
from portal.isolation import Purpose, scope
from tests.cast import NOW, Cast, sign_in
from tests.documents.clamd_twin import Twin, running
from tests.documents.making import EICAR, pdf, stream
from tests.documents.uploading import CONTENT, sent


@pytest.fixture
def clamd(settings: Any) -> Iterator[Twin]:
    breaker.succeeded("virus scanner")
    with tempfile.TemporaryDirectory() as folder, running(Path(folder)) as twin:
        settings.CLAMD_ADDRESS, settings.FILE_SCANNER = twin.address, "documents.scanning.clamd.Clamd"
        settings.SCANNER_CONNECT_SECONDS, settings.SCANNER_ANSWER_SECONDS = 0.5, 0.5
        yield twin


def scan(content: bytes) -> object:
    with tempfile.TemporaryFile() as file:
        file.write(content)
        file.seek(0)
        return Clamd().scan(file)


def carry_out() -> bool:
    with scope(purpose=Purpose.RELAY):
        delivery = Delivery.objects.open().get(topic=TOPIC)
    return deliver(delivery.pk, clock=timezone.now)


def again(file: StoredFile) -> StoredFile:
    return StoredFile.objects.get(pk=file.pk)


def test_ok_is_clean(clamd: Twin) -> None:
    assert scan(bytes(200_000)) == Clean()
    assert clamd.heard == [200_000]


def test_a_virus_is_named(clamd: Twin) -> None:
    assert scan(b"x" + EICAR) == Infected("Eicar-Test-Signature")


def test_speaks_over_the_network_too(settings: Any) -> None:
    with running() as twin:
        settings.CLAMD_ADDRESS = twin.address
        assert scan(b"x") == Clean()


@pytest.mark.parametrize(
    "answer",
    [
        b"INSTREAM size limit exceeded. ERROR\0",
        b"stream: ERROR\0",
        b"stream: OK",
        b"stream: OKAY\0",
        b"stream: OK\n\0stream: Virus FOUND\0",
        b"stream: ok\0",
        b"\xff\xfe\0",
        b"x" * 100_000 + b"\0",
        b"\0",
    ],
)
def test_other_words_are_no_answer(clamd: Twin, answer: bytes) -> None:
    clamd.answer = answer
    with pytest.raises(UnclearAnswerError):
        scan(b"x")


def test_too_large_for_the_scanner_is_no_answer(clamd: Twin) -> None:
    clamd.limit = 1000
    with pytest.raises(UnclearAnswerError):
        scan(bytes(5_000_000))


def test_silence_and_hanging_up_are_no_answer(clamd: Twin) -> None:
    clamd.silent = True
    with pytest.raises(UnclearAnswerError, match="TimeoutError"):
        scan(b"x")
    clamd.silent, clamd.hangs_up = False, True
    with pytest.raises(UnclearAnswerError):
        scan(b"x")


@pytest.mark.parametrize("address", ["/tmp/no-such-socket", "tcp://127.0.0.1:1"])  # noqa: S108  nothing is there
def test_nobody_there_is_no_answer(settings: Any, address: str) -> None:
    settings.CLAMD_ADDRESS = address
    with pytest.raises(UnclearAnswerError):
        scan(b"x")


def test_an_upload_waits_and_is_cleared_by_the_scanner(people: Cast, clamd: Twin) -> None:
    file = sent(actor=people.clerk.user, unit_id=people.home)
    assert (file.state, file.cleared_by, file.judged_at) == (FileState.QUARANTINE, "", None)
    with pytest.raises(FileNotReadyError):
        read(file)
    assert carry_out()
    assert (again(file).state, again(file).cleared_by) == (FileState.CLEAN, Cleared.SCANNER)
    assert read(again(file)) == CONTENT
    assert Event.objects.about("documents.storedfile", file.pk).last().name == "documents.file.cleared"


def test_a_virus_shuts_the_file_away_for_everybody(people: Cast, clamd: Twin) -> None:
    file = sent(actor=people.clerk.user, unit_id=people.home, content=pdf(stream(EICAR)))
    assert carry_out()
    assert (again(file).state, again(file).finding) == (FileState.REFUSED, "Eicar-Test-Signature")
    with pytest.raises(FileNotReadyError):
        read(again(file))
    address = reverse("documents:file", args=[file.pk])
    assert sign_in(Client(), people.clerk.user).get(address).status_code == 404


def test_in_quarantine_not_even_its_sender_gets_it(people: Cast, clamd: Twin) -> None:
    file = sent(actor=people.clerk.user, unit_id=people.home)
    answer = sign_in(Client(), people.clerk.user).get(reverse("documents:file", args=[file.pk]))
    assert answer.status_code == 409
    assert CONTENT not in answer.content


def test_without_an_answer_it_stays_and_is_tried_again(people: Cast, clamd: Twin) -> None:
    file = sent(actor=people.clerk.user, unit_id=people.home)
    clamd.answer = b"stream: ERROR\0"
    assert not carry_out()
    assert again(file).state == FileState.QUARANTINE
    clamd.answer = b""
    assert carry_out()
    assert again(file).state == FileState.CLEAN


def test_a_scan_that_was_given_up_is_ordered_again_once(people: Cast, clamd: Twin) -> None:
    file = sent(actor=people.clerk.user, unit_id=people.home)
    later = NOW + GIVEN_UP + timedelta(seconds=1)
    assert order_again(now=later) == 0, "its delivery is still open"
    with scope(purpose=Purpose.RELAY):
        Delivery.objects.filter(topic=TOPIC).update(dead_at=NOW)
    assert order_again(now=NOW + GIVEN_UP) == 0
    assert [order_again(now=later), order_again(now=later)] == [1, 0]
    assert carry_out()
    assert again(file).state == FileState.CLEAN


def test_a_second_answer_changes_nothing(people: Cast, clamd: Twin) -> None:
    file = sent(actor=people.clerk.user, unit_id=people.home)
    clear_file(file_id=file.pk, actor=System.RELAY, now=NOW)
    assert carry_out()
    assert again(file).state == FileState.CLEAN


@pytest.mark.parametrize("state", FileState)
@pytest.mark.parametrize("action", [FileAction.CLEAR, FileAction.REFUSE])
def test_every_pair_of_state_and_judgement(people: Cast, clamd: Twin, state: FileState, action: FileAction) -> None:
    file = sent(actor=people.clerk.user, unit_id=people.home)
    if state is FileState.CLEAN:
        clear_file(file_id=file.pk, actor=System.RELAY, now=NOW)
    if state is FileState.REMOVED:
        remove_file(file_id=file.pk, unit_id=people.home, ground="x", actor=System.SCHEDULE, now=NOW)
    if state is FileState.REFUSED:
        refuse_file(file_id=file.pk, finding="x", actor=System.RELAY, now=NOW)
    sources, target, _ = FILE_TRANSITIONS[action]
    if state in sources:
        judge(action, file)
        assert again(file).state == target
    else:
        with pytest.raises(FileStateError):
            judge(action, file)
        assert again(file).state == state


def judge(action: FileAction, file: StoredFile) -> None:
    if action is FileAction.CLEAR:
        clear_file(file_id=file.pk, actor=System.RELAY, now=NOW)
    else:
        refuse_file(file_id=file.pk, finding="x", actor=System.RELAY, now=NOW)
