"""Builders for the work on a birth with its real form, and the worker without a broker."""

import json
from datetime import datetime
from typing import Any

from portal.events import Delivery
from portal.events.delivering import deliver
from portal.isolation import Purpose, scope
from services.catalogue.parts import DATA
from services.declarations.definition import embed
from services.models import DeclarationForm, ProcedureVersion
from services.outcomes import Signer
from services.queries.signers import signers_of
from tests.cast import Cast
from tests.services.build import RECORDED, version_of

TYPES = json.loads((DATA / "form_types.json").read_text("utf-8"))


def real(code: str, *, form_code: str = "", **more: Any) -> ProcedureVersion:
    """A version with the form that is published for the procedure, or under another name for many."""
    name = form_code or code
    source = json.loads((DATA / "forms" / f"{name}.json").read_text("utf-8"))
    form = DeclarationForm.objects.create(
        digest=name.ljust(64, "f"), code=name, definition=embed(source, TYPES), recorded_at=RECORDED
    )
    return version_of(code, form=form, **more)


def birth_answers(home: int) -> dict[str, Any]:
    return {
        "relation": "mother",
        "circumstance": "facility",
        "child_name": "Giàng Thị Nhuẫn",
        "child_birth_day": "2026-11-07",
        "child_sex": "female",
        "child_ethnic_group": "Hmông",
        "child_nationality": "Việt Nam",
        "birth_place": "Trạm Y tế xã An",
        "birth_place_unit": {"unit": home},
        "hometown": {"unit": home},
        "mother_name": "Vàng Thị Dở",
        "mother_birth_day": "2000",
        "mother_ethnic_group": "Hmông",
        "mother_nationality": "Việt Nam",
        "mother_residence": {"unit": home, "detail": "Thôn Na Áng"},
        "declares_father": False,
    }


def first_signer(people: Cast, on: datetime) -> Signer:
    return signers_of(people.home, on.date())[0]


def work_off(now: datetime, *topics: str) -> int:
    """What the worker would do with everything that waits, those deliveries first that were ordered first."""
    with scope(purpose=Purpose.RELAY):
        rows = Delivery.objects.open().order_by("created_at", "id")
        waiting = list((rows.filter(topic__in=topics) if topics else rows).values_list("id", flat=True))
    return sum(deliver(delivery_id, clock=lambda: now) for delivery_id in waiting)


def requester(home: int) -> dict[str, Any]:
    """What the sign-in tells online, and an officer types at a desk."""
    return {
        "requester_name": "Vàng Thị Dở",
        "requester_personal_number": "000100000021",
        "requester_phone": "0912000321",
        "requester_residence": {"unit": home, "detail": "Thôn Na Áng"},
    }
