"""A rating is bound to its step and officer; a low one is answered by the head; reports name nobody."""

from datetime import date
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from portal.events import Event
from portal.events.actors import ANONYMOUS
from portal.isolation import scope
from services.errors import NotAllowedError
from services.links import token_of
from services.models import Dossier, Moment, Rating, RatingReply
from services.operations.citizen import rate, rate_by_receipt, withdraw
from services.operations.ratings import answer_rating
from services.petition_errors import PersonalDataError, RatedOfficerError, ReplyGivenError, ReplyStaleError
from services.queries.ratings import reports
from tests.cast import sign_in
from tests.services.build import Office
from tests.services.own import Home, citizen, filed, words
from tests.services.test_petition_pages import Browser, officer

WORDS = "Phải đến ba lần mới nộp được."
SAID = "Xin lỗi ông/bà. Bộ phận một cửa đã được nhắc nhở."


def low(office: Office, *, score: int = 1, **more: Any) -> tuple[Dossier, RatingReply | None]:
    """Given with the receipt, without an account."""
    dossier = office.accepted(**more)
    with scope():
        rating = rate_by_receipt(
            dossier_id=dossier.pk, moment=Moment.RECEIPT, score=score, text=WORDS, actor=ANONYMOUS, now=office.tick(),
            items={"attitude": 1, "contacts": 2, "time": 5, "nothing": 3},
        )  # fmt: skip
    return dossier, RatingReply.objects.filter(rating=rating).first()


def test_bound_to_whoever_received_it(office: Office) -> None:
    dossier, _reply = low(office)
    rating = Rating.objects.get(dossier=dossier)
    assert rating.officer == office.people.desk_officer.user
    assert rating.step
    assert rating.step.role == "reception"
    assert rating.items == {"attitude": 1, "contacts": 2}  # what is not asked at this moment is not kept


def test_a_low_one_is_given_to_the_head_with_its_event(office: Office) -> None:
    dossier, reply = low(office)
    assert reply
    assert (reply.state, reply.unit_id) == ("open", office.people.home)
    assert Event.objects.about("services.ratingreply", reply.pk).get().after == "open"
    told = officer(office.people.leader).client.get(reverse("ui:work")).content.decode()
    assert reverse("services:rating-reply", args=[reply.pk]) in told
    assert (
        reverse("services:rating-reply", args=[reply.pk])
        not in officer(office.people.clerk).client.get(reverse("ui:work")).content.decode()
    )
    assert dossier.owner_name not in told


def test_nobody_answers_a_good_one(office: Office) -> None:
    assert low(office, score=3)[1] is None


def test_answered_once_and_read_with_the_receipt(office: Office) -> None:
    dossier, reply = low(office)
    assert reply
    head = office.people.leader.user
    for user in (office.people.clerk.user, office.people.outsider.user, citizen()):
        with pytest.raises(NotAllowedError):
            answer_rating(reply=reply, text=SAID, actor=user, now=office.tick())
    with pytest.raises(ReplyStaleError):
        answer_rating(reply=reply, text=SAID, actor=head, now=office.tick(), revision=9)
    with pytest.raises(PersonalDataError):
        answer_rating(reply=reply, text=f"Bà {dossier.owner_name} nhầm", actor=head, now=office.tick())
    answer_rating(reply=reply, text=SAID, actor=head, now=office.tick(), revision=1)
    with pytest.raises(ReplyGivenError):
        answer_rating(reply=reply, text=SAID, actor=head, now=office.tick())
    told = words(Client().get(reverse("services:look-up-link", args=[token_of(dossier.pk)])))  # type: ignore[arg-type]  # Django's test response
    assert SAID in told


def test_whoever_was_rated_does_not_answer(office: Office) -> None:
    _dossier, reply = low(office)
    assert reply
    Rating.objects.filter(pk=reply.rating_id).update(officer=office.people.leader.user)
    with pytest.raises(RatedOfficerError):
        answer_rating(reply=reply, text=SAID, actor=office.people.leader.user, now=office.tick())
    officer(office.people.leader).get("rating-reply", reply.pk, status=404)
    officer(office.people.vice_chair).get("rating-reply", reply.pk)


def test_with_an_account_point_by_point(office: Office) -> None:
    user = citizen()
    dossier = filed(office, user)
    home = Home(user)
    response = home.send(
        "own-rating", dossier.pk, "bien-nhan", score="2", text=WORDS, **{"item-attitude": "1", "item-online": ""}
    )
    assert response.status_code == 302
    rating = Rating.objects.get(dossier=dossier)
    assert (rating.items, rating.officer) == ({"attitude": 1}, office.people.desk_officer.user)
    answer_rating(reply=rating.reply, text=SAID, actor=office.people.leader.user, now=office.tick())
    assert SAID in home.page("own-dossier", dossier.pk)
    with scope(citizen=citizen("khac").pk):
        assert not RatingReply.objects.exists()


def test_the_head_answers_on_the_page_and_the_next_one_opens(office: Office) -> None:
    first, second = low(office)[1], low(office)[1]
    assert first
    assert second
    browser = officer(office.people.leader)
    assert browser.send("rating-reply", first.pk, text="").status_code == 400
    response = browser.send("rating-reply", first.pk, text=SAID)
    assert response["Location"] == reverse("services:rating-reply", args=[second.pk])
    assert SAID in browser.get("rating-reply", first.pk)
    officer(office.people.clerk).get("ratings", status=403)
    officer(office.people.outsider).get("rating-reply", second.pk, status=403)
    Browser(sign_in(Client(), citizen())).get("ratings", status=404)


def test_few_ratings_are_not_told(office: Office) -> None:
    for _number in range(4):
        low(office)
    home, month = office.people.home, (date(2026, 11, 1), date(2026, 12, 1))
    report = reports(home, *month)[0]
    assert (report.count, report.average, report.spread) == (4, None, None)
    low(office, score=5)
    report = reports(home, *month)[0]
    assert (report.count, report.average, report.spread) == (5, 1.8, (1, 0, 0, 0, 4))
    told = {item.name: (item.count, item.average) for item in report.items}
    assert told["Thái độ của cán bộ, công chức"] == (5, 1.0)
    assert reports(home, date(2026, 10, 1), date(2026, 11, 1))[0].count == 0
    page = officer(office.people.leader).get("ratings", query="?thang=2026-11")
    assert "1,8" in page


def test_of_the_result_it_is_bound_to_the_specialist(office: Office) -> None:
    user = citizen()
    dossier = office.processing(filer=user)
    withdraw(dossier=dossier, reason="Nhầm", actor=user, now=office.tick())
    rating = rate(dossier=dossier, moment=Moment.RESULT, score=5, text="", actor=user, now=office.tick())
    assert rating.officer == office.people.specialist.user
