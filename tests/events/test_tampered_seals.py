"""Whatever is changed in seals, heads or the index of people is named by its kind."""

from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path
from typing import Any

import psycopg
import pytest
from django.test import override_settings

from portal.events import keys, sealing
from portal.events.breaks import Break, Counts, Kind
from portal.events.verifying import verify
from tests.events.trails import T0, judge, sealed_trail, undone


@pytest.fixture(scope="module", autouse=True)
def own_seals() -> None:
    """The trail that all tests of this file share has its key beside it; each test undoes what it did."""


@pytest.fixture(scope="module")
def trail(module_db: str, tmp_path_factory: pytest.TempPathFactory) -> Iterator[psycopg.Connection[Any]]:
    with sealed_trail(module_db, tmp_path_factory.mktemp("seals"), rows=50) as superuser:
        yield superuser


@pytest.mark.parametrize(
    ("change", "kind"),
    [
        ("delete from events_seal where number = 3", Kind.SEAL_MISSING),
        ("delete from events_seal where number = 5", Kind.SEAL_MISSING),
        ("update events_seal set signature = sha512(signature) where number = 2", Kind.SEAL_SIGNATURE),
        ("update events_seal set key_id = '0123456789abcdef' where number = 2", Kind.SEAL_SIGNATURE),
        ("update events_seal set root = sha256(root) where number = 2", Kind.SEAL_SIGNATURE),
        ("update events_seal set at = at + interval '1 s' where number = 2", Kind.SEAL_SIGNATURE),
        ("update events_seal set units = units + 1 where number = 2", Kind.SEAL_SIGNATURE),
        ("update events_seal set previous_hash = sha256('') where number = 2", Kind.SEAL_SIGNATURE),
        ("update events_seal set hash = sha256(hash) where number = 2", Kind.SEAL_CHANGED),
        ("update events_sealedhead set hash = sha256(hash) where seal_number = 2 and unit_id = 4", Kind.SEAL_CHANGED),
        ("update events_sealedhead set seq = seq + 1 where seal_number = 2 and unit_id = 4", Kind.SEAL_CHANGED),
        ("delete from events_sealedhead where seal_number = 2 and unit_id = 4", Kind.SEAL_CHANGED),
        ("update events_chainhead set seq = seq - 1 where unit_id = 4", Kind.HEAD_BEHIND),
        ("update events_chainhead set seq = seq + 1 where unit_id = 4", Kind.HEAD_AHEAD),
        ("update events_chainhead set hash = sha256(hash) where unit_id = 4", Kind.HEAD_WRONG),
        ("delete from events_chainhead where unit_id = 4", Kind.HEAD_BEHIND),
        ("delete from events_eventconcern", Kind.CONCERNS_WRONG),
        ("insert into events_eventconcern (person, event_id) values (gen_random_uuid(), 17)", Kind.CONCERNS_WRONG),
    ],
)
def test_names_each_change_of_seals_heads_and_index(trail: psycopg.Connection[Any], change: str, kind: Kind) -> None:
    assert isinstance(judge(trail), Counts)
    with undone(trail):
        trail.execute(change)
        found = judge(trail)
        assert isinstance(found, Break)
        assert found.kind is kind, found


def test_a_seal_signed_with_another_key_is_named(real_db: str, tmp_path: Path) -> None:
    with sealed_trail(real_db, tmp_path, rows=50) as superuser:
        trusted = keys.trusted_keys()
        with override_settings(SEAL_KEY_FILE=tmp_path / "thief.key", SEAL_PUBLISH_DIR=tmp_path / "elsewhere"):
            sealing.seal(now=T0 + timedelta(minutes=9))
        found = verify(superuser, trusted)
    assert isinstance(found, Break)
    assert (found.kind, found.seal) == (Kind.SEAL_SIGNATURE, 6)
