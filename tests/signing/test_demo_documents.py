"""`load_demo_documents`: a document in every state, really signed; a second run makes nothing."""

from collections import Counter
from typing import Any

import pytest
from django.core.management import CommandError, call_command
from django.db import transaction

from documents import demo as documents_demo
from documents.models import Document, DocumentVersion, IssuedResult, SigningItem
from portal.events import Event, delivering
from portal.isolation import Purpose, scope
from staff import demo
from tests import trust as trusted
from tests.trust import Trust
from tests.units.land import load_land

STATES = {"draft": 2, "submitted": 1, "checked": 2, "signed": 1, "issued": 1, "revoked": 1, "replaced": 1}


@pytest.fixture
def commune(trust: Trust, settings: Any, db: None, monkeypatch: pytest.MonkeyPatch) -> int:
    """The demo's commune with its people."""
    settings.VNEID_CLIENT_ID, settings.VNEID_CLIENT_SECRET = trusted.CLIENT
    land = load_land()
    communes = {demo.HOME: "00001", demo.NEIGHBOUR: "00004", demo.SPLIT: "00005"}
    codes = {demo.PROVINCE: ("01", "province"), **{place: (code, "commune") for place, code in communes.items()}}
    monkeypatch.setattr(demo, "CODES", codes)
    monkeypatch.setattr(delivering, "breaker", delivering.Breaker())
    demo.load(units={place: land.new(code).pk for place, (code, _level) in codes.items()}, now=trusted.now())
    return land.new("00001").pk


def load() -> None:
    call_command("load_demo_documents", verbosity=0)


def test_every_state_is_there_once_and_for_all(commune: int) -> None:
    call_command("demo_certificates", verbosity=0)
    load()
    with transaction.atomic(), scope(purpose=Purpose.DEMO, units=[commune]):
        assert Counter(Document.objects.values_list("state", flat=True)) == STATES
        assert Counter(SigningItem.objects.values_list("state", flat=True)) == {"done": 7, "failed": 1}
        assert Counter(IssuedResult.objects.values_list("state", flat=True)) == {"valid": 1, "replaced": 1}
        sealed = DocumentVersion.objects.filter(kind="sealed")
        assert [version.is_valid for version in sealed.order_by("id")] == [True] * 3
        seen = Event.objects.count()
    load()
    with transaction.atomic(), scope(purpose=Purpose.DEMO, units=[commune]):
        assert Event.objects.count() == seen


def test_what_was_broken_off_is_taken_up_again(commune: int, trust: Trust) -> None:
    call_command("demo_certificates", verbosity=0)
    trust.faults(tsa="down")
    with pytest.raises(CommandError):
        load()
    trust.faults()
    documents_demo.load(unit_id=commune, clock=lambda: trusted.now() + delivering.LONGEST_PAUSE * 3)
    with transaction.atomic(), scope(purpose=Purpose.DEMO, units=[commune]):
        assert Counter(Document.objects.values_list("state", flat=True)) == STATES
