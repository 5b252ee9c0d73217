"""Reminders are told once, before the time is over, and to nobody at night."""

from datetime import datetime, timedelta
from typing import Any

from django.test import Client
from django.urls import reverse
from django.utils.timezone import get_default_timezone

from portal.events import Event
from services import reminders
from services.models import Dossier, RatingReply, Supplement
from services.operations.ratings import answer_rating
from services.rules import rules_on
from services.tasks import remind
from tests.cast import sign_in
from tests.notifications import carriers
from tests.services.build import Office
from tests.services.notified import at, rows, tell
from tests.services.own import citizen
from tests.services.test_ratings import low
from tests.services.test_supplements import ask

DAY, HOUR = timedelta(days=1), timedelta(hours=1)


def names(event: str) -> int:
    return Event.objects.filter(name=event).count()


def at_noon(moment: datetime) -> datetime:
    return moment.astimezone(get_default_timezone()).replace(hour=12, minute=0)


def asked(office: Office, **more: Any) -> tuple[Dossier, Supplement]:
    dossier = office.submitted(**more)
    ask(office, dossier)
    return dossier, Supplement.objects.get(dossier=dossier)


def test_a_supplement_that_is_missing_is_reminded_of_once(office: Office, settings: Any) -> None:
    carriers.connect(settings)
    filer = citizen()
    dossier, request = asked(office, filer=filer)
    ahead = rules_on(request.deadline_at.date()).supplement_reminder
    early = at_noon(request.deadline_at - ahead - DAY)
    assert reminders.of_supplements(now=early) == 0
    near = at_noon(request.deadline_at - DAY)
    assert reminders.of_supplements(now=near) == 1
    assert reminders.of_supplements(now=near + HOUR) == 0
    tell(near)
    told = rows(template__startswith="services.dossier.supplement_reminded")
    assert [row.kind for row in told] == ["dossier_requests"]
    assert str(dossier) in told[0].content["title"]


def test_nobody_is_reminded_at_night(office: Office) -> None:
    _dossier, request = asked(office)
    night = at_noon(request.deadline_at - DAY).replace(hour=23)
    assert reminders.of_supplements(now=night) == 0
    assert reminders.of_supplements(now=night + 9 * HOUR) == 1  # the next morning at eight


def test_after_the_deadline_nobody_is_reminded(office: Office) -> None:
    _dossier, request = asked(office)
    assert reminders.of_supplements(now=at_noon(request.deadline_at + DAY)) == 0


def test_a_head_is_reminded_once_and_a_breach_stays(office: Office) -> None:
    _dossier, reply = low(office)
    assert reply
    assert reminders.of_low_ratings(now=reply.opened_at + HOUR) == 0
    near = reply.due_at - 3 * HOUR
    assert reminders.of_low_ratings(now=near) == 1
    assert reminders.of_low_ratings(now=near + HOUR) == 0
    late = reply.due_at + HOUR
    assert reminders.of_low_ratings(now=late) == 1
    assert reminders.of_low_ratings(now=late + HOUR) == 0
    assert (names("services.rating_reply.reminded"), names("services.rating_reply.breached")) == (1, 1)
    head = office.people.leader.user
    done = answer_rating(reply=reply, text="Đã chấn chỉnh.", actor=head, now=late + DAY)
    assert (done.state, done.breached_at) == ("answered", late)


def test_what_was_answered_is_reminded_of_no_more(office: Office) -> None:
    _dossier, reply = low(office)
    assert reply
    answer_rating(reply=reply, text="Đã chấn chỉnh.", actor=office.people.leader.user, now=office.tick())
    assert reminders.of_low_ratings(now=reply.due_at + DAY) == 0
    assert RatingReply.objects.get(pk=reply.pk).breached_at is None


def test_the_head_sees_it_among_the_work(office: Office, monkeypatch: Any) -> None:
    _dossier, reply = low(office)
    assert reply
    at(monkeypatch, reply.due_at + HOUR)
    page = sign_in(Client(), office.people.leader.user).get(reverse("ui:work")).content.decode()
    assert "Phản hồi đánh giá quá hạn" in page


def test_the_schedule_runs_it(office: Office) -> None:
    remind()
    assert names("services.rating_reply.reminded") == 0
