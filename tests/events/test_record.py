"""record() writes what was asked, once, and refuses what may not stand in the trail for ever."""

import uuid
from datetime import datetime
from typing import Any

import pytest
from django.db import DatabaseError, connection, transaction
from hypothesis import given
from hypothesis import strategies as st

from portal.events import ANONYMOUS, NotRecordableError, System, record, viewed
from portal.events.models import ChainHead, Event, EventLink
from portal.isolation import Purpose, scope
from tests.events.tables import NOW, told

pytestmark = pytest.mark.django_db
SUBJECT = ("services.dossier", "7")


def write(**changes: Any) -> Event:
    values: dict[str, Any] = {"subject": SUBJECT, "actor": System.DEMO, "unit": 3, "at": NOW} | changes
    with scope(units=[3]):
        return record(values.pop("name", "services.dossier.received"), **values)


def test_keeps_what_it_was_told() -> None:
    person = uuid.uuid4()
    event = write(
        before="draft",
        after="received",
        facts={"tên": "hồ sơ", "days": 3},
        concerns=[person, person],
        on_behalf_of=ANONYMOUS,
    )
    with scope(units=[3]):
        event = Event.objects.get(pk=event.pk)
    assert (event.name, event.subject_type, event.subject_id) == ("services.dossier.received", *SUBJECT)
    assert (event.actor, event.on_behalf_of, event.unit_id) == ("system:demo", "anonymous", 3)
    assert (event.before, event.after, event.at) == ("draft", "received", NOW)
    assert (event.facts, event.concerns) == ({"tên": "hồ sơ", "days": 3}, [person])
    assert len(event.salt) == 16


def test_takes_a_model_instance_as_subject() -> None:
    event = write(subject=ChainHead(unit_id=9))
    assert (event.subject_type, event.subject_id) == ("events.chainhead", "9")


def test_normalises_text_to_nfc() -> None:
    event = write(facts={"nơi": "Bắc Hà"})
    assert event.facts == {"nơi": "Bắc Hà"}


@pytest.mark.parametrize(
    "facts",
    [
        {"note": "căn cước 079123456789"},
        {"079123456789": "x"},
        {"number": 79123456789_0},
        {"list": [{"deep": "001099012345"}]},
        {"long": "x" * 17_000},
        {"nul": "a\x00b"},
        {"not a number": float("nan")},
        {"object": object()},
        {"broken": "\ud800"},
    ],
)
def test_refuses_facts_that_may_not_stay(facts: dict[str, Any]) -> None:
    with pytest.raises((NotRecordableError, ValueError, TypeError)):
        write(facts=facts)
    assert not EventLink.objects.exists()


def test_uuids_and_long_codes_are_no_identity_numbers() -> None:
    ids = {"id": "00000000-0000-0000-0000-123456789012", "code": "H38.12-261123-0001", "hash": "1" * 64}
    assert write(facts=ids).facts == ids


def test_refuses_a_moment_without_zone() -> None:
    with pytest.raises(NotRecordableError):
        write(at=datetime(2026, 11, 23, 9, 0))  # noqa: DTZ001  the mistake is the point


@pytest.mark.parametrize("name", ["", "received", "Services.Dossier.Received", "services.dossier.received;", "a..b"])
def test_refuses_a_loose_name(name: str) -> None:
    with pytest.raises(DatabaseError), transaction.atomic():
        write(name=name)


@pytest.mark.parametrize("unit", [0, -1])
def test_refuses_a_unit_that_cannot_be(unit: int) -> None:
    with pytest.raises(DatabaseError), transaction.atomic(), scope(purpose=Purpose.DEMO):
        record("a.b.c", subject=SUBJECT, actor=System.DEMO, unit=unit, at=NOW)


def test_the_citizen_of_the_scope_is_always_concerned() -> None:
    citizen = uuid.uuid4()
    with scope(citizen=citizen):
        event = record("a.b.c", subject=SUBJECT, actor=System.DEMO, unit=8, at=NOW)
        assert [found.pk for found in Event.objects.of_person(citizen)] == [event.pk]
    assert event.concerns == [citizen]


def test_a_look_is_an_event_with_its_purpose() -> None:
    with scope(units=[3]):
        event = viewed(SUBJECT, actor=System.DEMO, unit=3, purpose="casework", at=NOW)
    assert (event.name, event.facts) == ("services.dossier.viewed", {"purpose": "casework"})


def test_nobody_dates_or_numbers_an_event_for_the_database() -> None:
    with scope(units=[3]), connection.cursor() as cursor:
        cursor.execute(
            "insert into events_event (name, subject_type, subject_id, actor, on_behalf_of, unit_id, before, after,"
            " facts, concerns, request_id, at, recorded_at, xact, salt) values ('a.b.c', 'a.b', '1', 'x', '', 3, '',"
            " '', '{}', '{}', '', now(), '2000-01-01', '1', 'known')"
            " returning recorded_at, xact = pg_current_xact_id(), length(salt), salt"
        )
        recorded_at, same, length, salt = cursor.fetchone()
    assert recorded_at.year > 2000
    assert same is True
    assert (length, bytes(salt)) != (16, b"known")


STATEMENTS = [
    "update events_event set actor = 'x'",
    "delete from events_event",
    "truncate events_event",
    "insert into events_eventlink select 1, 1, 1, '', '', ''",
    "update events_eventlink set hash = ''",
    "delete from events_eventlink",
    "update events_chainhead set seq = 9",
    "insert into events_chainhead values (1, 1, '')",
    "insert into events_seal select 1, now(), '', 1, '', '', '', ''",
    "insert into events_sealedhead select 1, 1, 1, ''",
    "delete from events_eventconcern",
    "insert into events_eventconcern select gen_random_uuid(), 1",
    "alter table events_event disable trigger all",
    "drop trigger events_event_link on events_event",
    "set session_replication_role = replica",
]


@pytest.mark.parametrize("statement", STATEMENTS)
def test_the_application_may_not_touch_the_trail(statement: str) -> None:
    write()
    with (
        pytest.raises(DatabaseError, match=r"permission denied|must be owner"),
        transaction.atomic(),
        connection.cursor() as cursor,
    ):
        cursor.execute(statement)


@given(st.lists(st.tuples(st.sampled_from([None, 1, 2, 3]), st.integers(0, 3)), min_size=1, max_size=20))
def test_every_committed_event_has_its_link_in_the_chain_of_its_unit(writes: list[tuple[int | None, int]]) -> None:
    with transaction.atomic(), scope(purpose=Purpose.VERIFY):
        before = {head.unit_id: head.seq for head in ChainHead.objects.all()}
        for unit, number in writes:
            told(number, "", "x", unit=unit)
        with connection.cursor() as cursor:
            cursor.execute("set constraints all immediate")
            cursor.execute("set constraints all deferred")
        for unit in {unit for unit, _ in writes}:
            expected = before.get(unit or 0, 0) + sum(1 for other, _ in writes if other == unit)
            assert ChainHead.objects.get(pk=unit or 0).seq == expected
        assert not Event.objects.exclude(pk__in=EventLink.objects.values("event_id")).exists()
