"""Programs that were let in at a unit that ends: what they may read follows to its successor, all else ends.

A right to write was given by somebody who answered for the old unit alone; at the successor it is given anew.
`portal.accounts` lies below `units`, so the handover of its grants stands here.
"""

from collections import Counter
from collections.abc import Collection, Iterable, Iterator, Mapping
from datetime import datetime
from typing import Any

from django.db.models import Count as Number
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from portal.accounts.models import ApiClient, ClientGrant
from portal.accounts.operations import leave_unit
from portal.accounts.states import ClientState
from portal.events.actors import Actor, System
from staff.wording import capability as right_in_words
from units.handovers import (
    Applied,
    Blocker,
    Count,
    Cure,
    Finding,
    Move,
    Preview,
    Reorganisation,
    Told,
    Undecided,
    Words,
)

SUBJECT = "accounts.clientgrant"
WHAT = "program-right"


class Programs:
    name, order = "staff.programs", 11
    words = Words(
        things={WHAT: _("rights of programs")},
        states={"reads": _("to read"), "writes": _("to change something")},
        blockers={
            "program-follows": Cure(
                _("A program reads the data of %(unit)s; from the day on it reads those of its successor"),
                _("Close the program before the day if that is not wanted."),
            ),
            "program-loses": Cure(
                _("A program loses %(number)s rights to change something at %(unit)s"),
                _("Let it in anew at the successor, from the day on, if its work goes on."),
            ),
        },
        findings={
            "grant-survives": _("%(number)s rights of programs still hold at %(unit)s, which has ended"),
            "owner-ended": _("%(number)s programs belong to %(unit)s, which has ended"),
        },
    )

    def count(self, units: Collection[int]) -> Iterator[Count]:
        sums: Counter[tuple[int, str]] = Counter()
        rows = _grants(units).order_by().values_list("unit_id", "capability").annotate(number=Number("id"))
        for unit_id, capability, number in rows.order_by("unit_id", "capability"):
            sums[unit_id, _kind(capability)] += number
        for (unit_id, kind), number in sorted(sums.items()):
            yield Count(WHAT, unit_id, number, kind, conserved=False)  # two grants may become one, and some end

    def preview(self, act: Reorganisation) -> Preview:
        """Each program is named, with the page where it is closed or let in anew."""
        sums: Counter[tuple[str, int, int]] = Counter()
        for unit_id, client, capability in _grants(act.ending).values_list("unit_id", "client", "capability"):
            follows = is_reading(capability) and act.main_heir(unit_id) is not None
            sums["program-follows" if follows else "program-loses", unit_id, client] += 1
        blockers = [
            Blocker(
                code, unit_id, number, subject=("accounts.apiclient", str(client)),
                url=reverse("staff:client", args=[client]), stops=False,
            )
            for (code, unit_id, client), number in sorted(sums.items())
        ]  # fmt: skip
        return Preview(list(self.count(act.ending)), blockers)

    def hold(self, act: Reorganisation) -> None:
        """Grants are given by day and counted by `count`."""

    def apply(self, act: Reorganisation, *, now: datetime, actor: Actor) -> Applied:
        moves: Counter[tuple[int, int | None, str]] = Counter()
        # What a successor had granted itself stays, and so does what two units had: deciding about the one would take
        # the other's away. Elsewhere it is granted anew.
        own = set(_grants(act.receiving).values_list("pk", flat=True))
        came_from: dict[int, set[int]] = {}
        for unit_id, client in _concerned(act.ending):
            heir = act.main_heir(unit_id)
            left = leave_unit(
                client=client, unit_id=unit_id, heir=heir, keeps=is_reading, ground=act.legal_no,
                actor=System.REORGANISATION, now=now,
            )  # fmt: skip
            moves.update((unit_id, heir, _kind(grant.capability)) for grant in left.followed)
            moves.update((unit_id, None, _kind(capability)) for capability in left.ended)
            for grant in left.followed:
                came_from.setdefault(grant.pk, set()).add(unit_id)
        undecided = [
            Undecided((SUBJECT, str(pk)), unit_id, heir)
            for pk, (unit_id, *others) in sorted((pk, sorted(units)) for pk, units in came_from.items())
            if not others and pk not in own and unit_id in act.split and (heir := act.main_heir(unit_id)) is not None
        ]
        told = [Move(WHAT, old, new, number, kind) for (old, new, kind), number in sorted(moves.items(), key=str)]
        return Applied(told, undecided)

    def place(self, subject: tuple[str, str], *, from_unit: int, to_unit: int, now: datetime, actor: Actor) -> None:
        grant = ClientGrant.objects.filter(pk=subject[1], unit_id=from_unit).select_related("client").first()
        if grant is None:
            return  # taken away meanwhile
        leave_unit(
            client=grant.client, unit_id=from_unit, heir=to_unit, keeps=is_reading, ground="", only=grant.pk,
            actor=System.REORGANISATION, now=now,
        )  # fmt: skip

    def tell(
        self, subjects: Collection[tuple[str, str]], *, reader: Actor, now: datetime
    ) -> dict[tuple[str, str], Told]:
        """Which program, and what it may read."""
        wanted = {key: kind for kind, key in subjects}
        rows = ClientGrant.objects.filter(pk__in=wanted).select_related("client").order_by("id")
        return {
            (wanted[str(row.pk)], str(row.pk)): Told(row.client.name, right_in_words(row.capability)) for row in rows
        }

    def verify(self, act: Reorganisation) -> Iterable[Finding]:
        yield from _by_unit("grant-survives", _counted(_grants(act.ending), "unit_id"))
        owned = ApiClient.objects.owned_by(_with_heir(act)).exclude(state=ClientState.CLOSED)
        yield from _by_unit("owner-ended", _counted(owned, "owner_unit_id"))


def is_reading(capability: str) -> bool:
    return capability.endswith(".view")


def _kind(capability: str) -> str:
    return "reads" if is_reading(capability) else "writes"


def _concerned(units: Collection[int]) -> list[tuple[int, ApiClient]]:
    """Programs that have a right at one of the units or belong to it, unit by unit."""
    owned = ApiClient.objects.owned_by(sorted(units)).exclude(state=ClientState.CLOSED)
    pairs = {*_grants(units).values_list("unit_id", "client"), *owned.values_list("owner_unit_id", "pk")}
    clients = ApiClient.objects.in_bulk({client for _unit, client in pairs})
    return [(unit, clients[client]) for unit, client in sorted(pairs)]


def _grants(units: Collection[int]) -> Any:
    """Of programs that may still come in."""
    return ClientGrant.objects.filter(unit_id__in=sorted(units)).exclude(client__state=ClientState.CLOSED)


def _with_heir(act: Reorganisation) -> list[int]:
    """A program of a unit that ends without successor stays in its name, and may do nothing there any more."""
    return [unit_id for unit_id in sorted(act.ending) if act.main_heir(unit_id) is not None]


def _counted(rows: Any, field: str) -> dict[int, int]:
    return dict(rows.order_by().values_list(field).annotate(number=Number("id")))


def _by_unit(code: str, found: Mapping[int, int]) -> Iterator[Finding]:
    yield from (Finding(code, unit_id, number) for unit_id, number in sorted(found.items()))
