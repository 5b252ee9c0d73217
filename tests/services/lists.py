"""What tests of lists and batches share."""

import re
import uuid
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import timedelta

from django.test import Client
from django.utils.timezone import localdate

from portal.accounts.models import User
from portal.isolation import use
from services.models import Dossier
from services.operations.batches import Order, Pick, order_batch
from services.operations.covering import Leave, enter_cover
from services.operations.lists import save_filter
from services.states import BatchDeed
from staff.scopes import scope_of
from tests.cast import Member
from tests.services.build import Office

TOKEN = re.compile(r'name="form_token" value="([^"]+)"')


def token_of(client: Client, address: str) -> str:
    """The token of the form at the address."""
    found = TOKEN.search(client.get(address).content.decode())
    return found[1] if found else ""


FILTER, LEAVE = "Hồ sơ riêng của ông Nhuẫn", "77/QĐ-NGHI"


def kept_of_lists(office: Office, dossier: Dossier) -> dict[str, uuid.UUID]:
    """One of each thing that addresses of lists name, by the noun before its key."""
    people, now = office.people, office.tick()
    with acting(people.leader) as head:
        saved = save_filter(name=FILTER, query="q=nhuan", unit_id=people.home, actor=head, now=now)
        picks = [Pick(dossier.pk, dossier.revision)]
        batch = order_batch(wanted=Order(BatchDeed.TAKE, picks), actor=head, now=now)
        first = localdate(now) + timedelta(days=3)
        days = Leave(first, first, LEAVE, localdate(now))
        absent, cover = people.specialist.assignment, people.vice_chair.assignment
        away = enter_cover(absent=absent, cover=cover, leave=days, actor=head, now=now)
    return {
        "lo": batch.pk, "dossier-batches": batch.pk, "bo-loc": saved.pk, "saved-filters": saved.pk,
        "lam-thay": away.pk, "leave-covers": away.pk,
    }  # fmt: skip


@contextmanager
def acting(member: Member) -> Iterator[User]:
    """With the rows that a request of this officer may see."""
    with use(scope_of(member.user)):
        yield member.user
