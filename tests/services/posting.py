"""A result that goes by post, at each point of its way."""

from datetime import timedelta
from typing import Any

from django.utils import timezone

from services.kinds import Channel
from services.models import Dossier, PostalItem
from services.operations import results
from services.operations.postal import hand_slip_over, prepare_slip
from tests.services.build import Office

ADDRESS, NUMBER = "Thôn Na Áng, xã An, tỉnh Lào Cai", "EA123456789VN"


def issued_for_post(office: Office, **more: Any) -> Dossier:
    """Waits to be sent."""
    contact = more.pop("contact", {"phone": "0912000321", "address": ADDRESS})
    dossier = office.processing(return_channel=Channel.POST, contact=contact, **more)
    document = more.pop("document", None) or dossier.pk
    specialist, item = office.people.specialist.user, office.open_step(dossier)
    results.note_proposal(dossier=dossier, document_id=document, item=item, actor=specialist, now=office.tick())
    results.decide(dossier_id=dossier.pk, document_id=document, actor=office.people.clerk.user, now=office.tick())
    return office.again(dossier)


def packed(office: Office, *dossiers: Dossier, unit: int = 0) -> list[PostalItem]:
    """On one slip."""
    done = prepare_slip(
        unit_id=unit or office.people.home,
        dossiers=dossiers or [issued_for_post(office)],
        carrier="vnpost",
        actor=office.people.desk_officer.user,
        now=office.tick(),
    )
    assert not done.failed
    return list(done.items)


def sent(office: Office, *dossiers: Dossier) -> PostalItem:
    """With the carrier."""
    items = packed(office, *dossiers)
    now = office.tick()
    hand_slip_over(
        slip=items[0].slip, courier="Bưu tá Lù A Páo", handed_at=now, actor=office.people.desk_officer.user, now=now,
        tracking={item.pk: NUMBER for item in items},
    )  # fmt: skip
    return PostalItem.objects.select_related("slip", "dossier").get(pk=items[0].pk)


def long_ago(office: Office) -> Office:
    """So that pages, which know only the present, come after what was done."""
    office.now = timezone.now() - timedelta(hours=6)
    return office
