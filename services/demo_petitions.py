"""Petitions of the demo commune in every state, and ratings of its dossiers, made by the operations of everybody."""

import json
from collections.abc import Callable
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

from django.db import transaction

from portal.accounts.models import User
from portal.events.actors import ANONYMOUS, System
from portal.isolation import Purpose, scope
from services.models import Dossier, Moment, Petition
from services.operations import petition_publishing as publishing
from services.operations import petition_work as work
from services.operations.citizen import rate_by_receipt
from services.operations.petitions import PetitionFiling, file_petition, rate_petition, withdraw_petition
from services.petition_states import PetitionState
from staff.demo import refuse_production
from units.queries.tree import version_at

FILE = Path(__file__).parent / "data" / "demo_petitions.json"
HANDLER, HEAD = "ho-tich", "chu-tich"
STEP = timedelta(minutes=30)
S = PetitionState


@transaction.atomic
def load(*, unit_id: int, now: datetime) -> int:
    """How many petitions are there now; none is made where the unit has one already."""
    refuse_production()
    with scope(purpose=Purpose.DEMO):
        held = Petition.objects.filter(addressed_unit=unit_id)
        if not held.exists():
            story = _Story(unit_id)
            told = json.loads(FILE.read_text(encoding="utf-8"))
            for row in told["petitions"]:
                story.tell(row, now - timedelta(days=row["days_ago"], hours=1))
            _rate(told["ratings"], unit_id, now)
        return held.count()


class _Story:
    """Whoever takes part; `main` is what others are joined to."""

    def __init__(self, unit_id: int) -> None:
        self.unit_id = unit_id
        self.handler, self.head = (User.objects.get(username=name) for name in (HANDLER, HEAD))
        self.main: Petition | None = None

    def tell(self, row: dict[str, Any], at: datetime) -> None:
        contact: dict[str, Any] = {key: row[key] for key in ("name", "phone") if key in row}
        filing = PetitionFiling(kind=row["kind"], text=row["text"], unit_id=self.unit_id, contact=contact)
        petition = file_petition(filing=filing, actor=ANONYMOUS, now=at)
        state = S(row["state"])
        before: dict[PetitionState, Callable[..., object]] = {
            S.REFUSED: self._refuse, S.FORWARDED: self._forward, S.MERGED: self._merge,
        }  # fmt: skip
        if state is S.WAITING:
            return
        if state is S.WITHDRAWN:
            withdraw_petition(petition=petition, text=row["reason"], actor=ANONYMOUS, now=at + STEP, by_code=True)
            return
        if state in before:
            before[state](petition, row, at + STEP)
            return
        petition = work.receive_petition(petition=petition, actor=self.handler, now=at + STEP)
        self._go_on(petition, state, row, at + 2 * STEP)

    def _go_on(self, petition: Petition, state: PetitionState, row: dict[str, Any], at: datetime) -> None:
        if state is S.PROCESSING:
            self.main = petition
        elif state in {S.SUPPLEMENT, S.LAPSED}:
            asked = work.ask_filer(petition=petition, text=row["request"], actor=self.handler, now=at)
            if state is S.LAPSED:
                work.lapse_petition(petition=asked, actor=System.DEMO, now=at + timedelta(days=40))
        else:
            done = work.answer_petition(petition=petition, text=row["answer"], actor=self.handler, now=at)
            self._end(done, state, row, at + STEP)

    def _end(self, petition: Petition, state: PetitionState, row: dict[str, Any], at: datetime) -> None:
        if state is S.PUBLISHED:
            words = {key: row[key] for key in ("title", "question", "answer")}
            publishing.publish_petition(petition=petition, confirmed=True, actor=self.head, now=at, **words)
        elif state is S.CLOSED:
            publishing.close_petition(petition=petition, text=row["reason"], actor=self.head, now=at)
        if "score" in row:
            rate_petition(petition=petition, score=row["score"], text="", actor=ANONYMOUS, now=at + STEP, by_code=True)

    def _refuse(self, petition: Petition, row: dict[str, Any], at: datetime) -> None:
        work.refuse_petition(petition=petition, text=row["reason"], actor=self.handler, now=at)

    def _forward(self, petition: Petition, row: dict[str, Any], at: datetime) -> None:
        here = version_at(self.unit_id, at.date())
        if here is not None and here.parent_id:
            work.forward_petition(
                petition=petition, to_unit=here.parent_id, text=row["reason"], actor=self.handler, now=at
            )

    def _merge(self, petition: Petition, row: dict[str, Any], at: datetime) -> None:
        if self.main is not None:
            work.merge_petition(petition=petition, into=self.main, actor=self.handler, now=at)


def _rate(rows: list[dict[str, Any]], unit_id: int, now: datetime) -> None:
    """Enough ratings to be told in figures, one of them low."""
    for row in rows:
        found = Dossier.objects.filter(competent_unit=unit_id, owner_name=row["owner"]).order_by("submitted_at", "id")
        dossier, score = found.first(), row["score"]
        if dossier is None:
            continue
        rate_by_receipt(
            dossier_id=dossier.pk,
            moment=Moment.RECEIPT,
            score=score,
            text=row["text"],
            items={"attitude": max(score, 2), "contacts": score, "explanation": score},
            actor=ANONYMOUS,
            now=now - timedelta(minutes=20),
        )
