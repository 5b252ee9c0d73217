"""Petitions in the state that a test asks for, made by the operations."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from portal.accounts.models import User
from portal.events.actors import ANONYMOUS, System
from services.models import Petition, PetitionChannel, PublishedPetition
from services.operations import petition_publishing as publishing
from services.operations import petition_work as work
from services.operations.petitions import PetitionFiling, file_petition, supplement_petition, withdraw_petition
from services.petition_states import PetitionState
from tests.cast import Cast

TEXT = "Tôi đến nộp giấy tờ hai lần mà không được hướng dẫn rõ cần mang những gì."
ANSWER = "Ủy ban nhân dân đã nhắc nhở bộ phận một cửa và niêm yết lại danh mục giấy tờ."


@dataclass
class Box:
    """The inbox of the commune An. `now` moves on with every deed."""

    people: Cast
    now: datetime

    def tick(self, **delta: int) -> datetime:
        self.now += timedelta(**(delta or {"minutes": 1}))
        return self.now

    def filed(self, *, actor: Any = None, **more: Any) -> Petition:
        values: dict[str, Any] = {"kind": "attitude", "text": TEXT, "unit_id": self.people.home, "filer": actor}
        filing = PetitionFiling(**{**values, **more})
        return file_petition(filing=filing, actor=actor or ANONYMOUS, now=self.tick())

    def by_phone(self, **more: Any) -> Petition:
        officer, home = self.people.desk_officer.user, self.people.home
        filing = PetitionFiling(
            kind="delay", text=TEXT, unit_id=home, channel=PetitionChannel.PHONE, at_desk=home, **more
        )
        return file_petition(filing=filing, actor=officer, now=self.tick())

    @property
    def handler(self) -> User:
        return self.people.specialist.user

    @property
    def head(self) -> User:
        return self.people.leader.user

    def received(self, **more: Any) -> Petition:
        return work.receive_petition(petition=self.filed(**more), actor=self.handler, now=self.tick())

    def asked(self, **more: Any) -> Petition:
        return work.ask_filer(petition=self.received(**more), text="Vào ngày nào?", actor=self.handler, now=self.tick())

    def answered(self, **more: Any) -> Petition:
        return work.answer_petition(petition=self.received(**more), text=ANSWER, actor=self.handler, now=self.tick())

    def published(self, **more: Any) -> PublishedPetition:
        return self.publish(self.answered(**more))

    def publish(self, petition: Petition, **words: Any) -> PublishedPetition:
        said: dict[str, Any] = {"title": "Hướng dẫn giấy tờ", "question": TEXT, "answer": ANSWER, "confirmed": True}
        return publishing.publish_petition(petition=petition, actor=self.head, now=self.tick(), **{**said, **words})

    def again(self, petition: Petition) -> Petition:
        return Petition.objects.get(pk=petition.pk)

    def in_state(self, state: PetitionState, **more: Any) -> Petition:
        """A petition that has come to the state by the shortest way."""
        ways = {
            PetitionState.WAITING: self.filed,
            PetitionState.PROCESSING: self.received,
            PetitionState.SUPPLEMENT: self.asked,
            PetitionState.ANSWERED: self.answered,
            PetitionState.PUBLISHED: lambda **said: self.published(**said).petition,
            PetitionState.FORWARDED: self._forwarded,
            PetitionState.REFUSED: self._refused,
            PetitionState.CLOSED: self._closed,
            PetitionState.MERGED: self._merged,
            PetitionState.LAPSED: self._lapsed,
            PetitionState.WITHDRAWN: self._withdrawn,
        }
        return self.again(ways[state](**more))

    def supplement(self, petition: Petition, text: str = "Sáng thứ Hai tuần trước.") -> Petition:
        supplement_petition(petition=petition, text=text, actor=ANONYMOUS, now=self.tick(), by_code=True)
        return self.again(petition)

    def _forwarded(self, **more: Any) -> Petition:
        """To the unit above and back, so that this office may act on it."""
        found = self.filed(**more)
        return work.forward_petition(
            petition=found, to_unit=self.people.neighbour, text="Thuộc xã bạn", actor=self.handler, now=self.tick()
        )

    def _refused(self, **more: Any) -> Petition:
        return work.refuse_petition(
            petition=self.filed(**more), text="Đã có bản án", actor=self.handler, now=self.tick()
        )

    def _closed(self, **more: Any) -> Petition:
        found = self.answered(**more)
        return publishing.close_petition(petition=found, text="Việc riêng", actor=self.head, now=self.tick())

    def _withdrawn(self, **more: Any) -> Petition:
        return withdraw_petition(petition=self.filed(**more), text="", actor=ANONYMOUS, now=self.tick(), by_code=True)

    def _merged(self, **more: Any) -> Petition:
        return work.merge_petition(
            petition=self.filed(**more), into=self.received(), actor=self.handler, now=self.tick()
        )

    def _lapsed(self, **more: Any) -> Petition:
        found = self.asked(**more)
        done = work.lapse_petition(petition=found, actor=System.SCHEDULE, now=self.tick(days=40))
        assert done is not None
        return done
