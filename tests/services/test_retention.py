"""What came to nothing goes by itself, with what the state's registers said for it; what was filed stays."""

from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

import pytest
from django.db import IntegrityError, transaction
from django.utils import timezone

from portal.events import Event
from portal.isolation import Purpose, scope
from services import retention
from services.events import Fact
from services.models import Draft, Evidence, Visit
from services.operations.visits import Shown, begin_assisted, begin_visit
from services.rules import rules_on
from tests.services.api.test_citizen_files import begun
from tests.services.build import Office
from tests.services.test_file_online import citizen


def kept(now: datetime) -> timedelta:
    return rules_on(timezone.localdate(now)).draft_kept


def left() -> tuple[int, int, int]:
    with transaction.atomic(), scope(purpose=Purpose.BACKFILL):
        return Draft.objects.count(), Evidence.objects.count(), Visit.objects.count()


@pytest.mark.usefixtures("country_catalogue")
def test_a_draft_goes_after_its_time_with_its_evidence() -> None:
    user = citizen()
    begun(user)
    with transaction.atomic(), scope(citizen=user.pk):
        draft = Draft.objects.get()
    assert left()[1] > 0
    assert retention.drop_drafts(now=draft.expires_at - timedelta(seconds=1)) == 0
    assert retention.drop_drafts(now=draft.expires_at) == 1
    assert left()[:2] == (0, 0)
    with transaction.atomic(), scope(citizen=user.pk):
        assert Event.objects.filter(name=Fact.DRAFT_EXPIRED, subject_id=str(draft.pk)).count() == 1
    assert retention.drop_drafts(now=draft.expires_at) == 0


def test_a_draft_that_was_saved_again_stays(office: Office) -> None:
    _visit, draft = arrived(office)
    late = draft.expires_at
    with scope(units=[office.people.home], citizen=draft.writer_id):
        Draft.objects.update(expires_at=late + timedelta(days=1))
    assert retention.drop_drafts(now=late) == 0
    assert left()[0] == 1


def arrived(office: Office) -> tuple[Visit, Draft]:
    """Somebody stood at the desk, and a form was begun for them."""
    person = Shown("000199000077", "Thào Thị Mỷ", None, scanned=True)
    officer, home = office.people.desk_officer.user, office.people.home
    with scope(units=[home], citizen=officer.pk):
        visit = begin_visit(person=person, desk_unit_id=home, actor=officer, now=office.now)
        return visit, begin_assisted(visit=visit, version=office.version, actor=officer, now=office.now)


def test_a_visit_is_forgotten_once_no_draft_of_it_is_left(office: Office) -> None:
    visit, _draft = arrived(office)
    late = visit.ends_at + kept(visit.ends_at)
    assert retention.drop_visits(now=late) == 0
    assert retention.drop_drafts(now=late) == 1
    assert retention.drop_visits(now=late - timedelta(seconds=1)) == 0
    assert retention.drop_visits(now=late) == 1
    assert left()[2] == 0
    assert Event.objects.filter(name=Fact.VISIT_FORGOTTEN, subject_id=str(visit.pk)).count() == 1


def test_one_that_something_holds_does_not_keep_the_others_back(
    office: Office, monkeypatch: pytest.MonkeyPatch
) -> None:
    held, free = arrived(office)[1], arrived(office)[1]
    drop = retention.expire_draft

    def sometimes(*, draft_id: UUID, **more: Any) -> bool:
        if draft_id == held.pk:
            raise IntegrityError
        return drop(draft_id=draft_id, **more)

    monkeypatch.setattr(retention, "expire_draft", sometimes)
    assert retention.drop_drafts(now=free.expires_at) == 1
    assert left()[0] == 1
