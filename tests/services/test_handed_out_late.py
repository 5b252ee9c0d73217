"""A result that was handed out in time and clicked a day later is not late, once somebody else has confirmed it."""

from datetime import timedelta

import pytest
from django.utils import timezone

from portal.events import delivering
from services import errors
from services.kinds import Channel
from services.models import Dossier, ProcedureVersion, RealMoment
from services.operations.real_moments import Claim, claim_real_moment, confirm_real_moment
from services.operations.results import hand_out
from services.queries import lateness as queries
from services.queries.lateness import Kind, Wish
from services.queries.real_moments import claimable
from tests.cast import Cast
from tests.documents.route import marks
from tests.documents.route.build import make_certificates
from tests.services.build import Office
from tests.services.correcting import decided
from tests.services.working import real


@pytest.fixture
def version(people: Cast, monkeypatch: pytest.MonkeyPatch) -> ProcedureVersion:
    marks.sign_with_marks(monkeypatch)
    monkeypatch.setattr(delivering, "breaker", delivering.Breaker())
    make_certificates(people)
    return real("1.001193")


@pytest.fixture
def office(people: Cast, version: ProcedureVersion) -> Office:
    return Office(people, version, timezone.now() - timedelta(minutes=30))


@pytest.fixture
def dossier(office: Office) -> Dossier:
    """Decided in time, and clicked as handed out a day after the promised moment."""
    done = decided(office)
    assert done.due_at
    desk, late = office.people.desk_officer.user, done.due_at + timedelta(days=1)
    return hand_out(dossier=done, channel=Channel.DESK, receiver="Dở", actor=desk, now=late)


def claimed(office: Office, dossier: Dossier, early: timedelta) -> RealMoment:
    assert dossier.due_at
    return claim_real_moment(
        dossier=dossier,
        claim=Claim(dossier.due_at - early, "Mất mạng", "Giấy biên nhận có chữ ký"),
        actor=office.people.desk_officer.user,
        now=dossier.due_at + timedelta(days=1, minutes=5),
    )


def is_late(office: Office, dossier: Dossier) -> bool:
    rows = queries.late_list([office.people.home], Wish(Kind.RETURNED_LATE), timezone.now())
    return rows.filter(pk=dossier.pk).exists()


def test_it_counts_by_the_hand_that_took_it(office: Office, dossier: Dossier) -> None:
    assert is_late(office, dossier)
    assert next(item for item, _at in claimable(office.people.desk_officer.user, dossier)) is None
    row = claimed(office, dossier, timedelta(hours=1))
    assert is_late(office, dossier)
    confirm_real_moment(moment=row, actor=office.people.leader.user, now=row.claimed_at + timedelta(minutes=1))
    assert not is_late(office, dossier)
    again = office.again(dossier)
    assert again.closed_at == row.clicked_at


def test_never_before_the_result_was_there(office: Office, dossier: Dossier) -> None:
    assert dossier.due_at
    assert dossier.decided_at
    with pytest.raises(errors.RealMomentError):
        claimed(office, dossier, dossier.due_at - dossier.decided_at + timedelta(seconds=1))
