"""The pages of petitions, as somebody without an account, a citizen and officers see them."""

import html
import re
import time
from datetime import timedelta
from typing import Any

import pytest
from django.core.cache import cache
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from portal.isolation import scope
from services.models import Petition, PublishedPetition
from services.operations.petition_work import bar_officer
from services.petition_links import token_of
from services.petition_states import PetitionState
from services.views.petition_deeds import DEEDS
from tests.cast import Cast, Member, sign_in
from tests.documents.uploading import CONTENT
from tests.services.conftest import MONDAY
from tests.services.desk import HIDDEN, TOKEN
from tests.services.own import citizen, words
from tests.services.petitioning import ANSWER, TEXT, Box


@pytest.fixture
def box(people: Cast) -> Box:
    return Box(people, MONDAY)


class Browser:
    """`send` fills in the form that a page shows."""

    def __init__(self, client: Client | None = None) -> None:
        self.client = client or Client()

    def get(self, name: str, *args: object, query: str = "", status: int = 200) -> str:
        response = self.client.get(reverse(f"services:{name}", args=args) + query)
        assert response.status_code == status, response.content.decode()[:1500]
        return str(response.content.decode())

    def send(self, name: str, /, *args: object, shown: str = "", **data: Any) -> Any:
        shown = shown or self.get(name, *args)
        token, revision = TOKEN.search(shown), HIDDEN.search(shown)
        sent: dict[str, Any] = {"form_token": token[1]} if token else {}
        sent |= {"revision": revision[1]} if revision else {}
        return self.client.post(reverse(f"services:{name}", args=args), {**sent, **data})


def officer(member: Member) -> Browser:
    return Browser(sign_in(Client(), member.user))


def filled(box: Box, **more: Any) -> dict[str, Any]:
    return {"unit-find": "xã An", "kind": "delay", "text": TEXT, **more}


def test_sent_without_an_account_with_code_and_pin_on_the_next_page(box: Box) -> None:
    browser = Browser()
    response = browser.send(
        "petition-new", **filled(box, uploads=SimpleUploadedFile("a.pdf", CONTENT, "application/pdf"))
    )
    assert response.status_code == 302, words(response)
    page = browser.client.get(response["Location"])
    petition = Petition.objects.get()
    told = words(page)
    assert petition.reference in told
    assert petition.pin in told
    assert petition.files.count() == 1
    assert (petition.filer, petition.channel) == (None, "online")


def test_the_same_form_sent_twice_is_one_petition(box: Box) -> None:
    browser = Browser()
    shown = browser.get("petition-new")
    for _time in range(2):
        assert browser.send("petition-new", shown=shown, **filled(box)).status_code == 302
    assert Petition.objects.count() == 1


def test_what_is_missing_is_said_and_what_was_typed_stays(box: Box) -> None:
    response = Browser().send("petition-new", **filled(box, kind="", text=TEXT))
    assert response.status_code == 400
    assert TEXT in html.unescape(response.content.decode())
    assert not Petition.objects.exists()


def test_followed_by_code_and_pin(box: Box) -> None:
    petition, browser = box.answered(), Browser()
    response = browser.send("petition-look-up", code=petition.reference.lower(), pin=petition.pin)
    told = words(browser.client.get(response["Location"]))
    assert ANSWER in told
    assert petition.pin not in told


def test_a_wrong_code_and_a_wrong_pin_get_the_same_answer(box: Box) -> None:
    petition, browser = box.filed(), Browser()
    wrong = "000000" if petition.pin != "000000" else "000001"
    answers = [
        browser.send("petition-look-up", code=code, pin=pin)
        for code, pin in ((petition.reference, wrong), ("PA-AAAAA-AAAAA", petition.pin))
    ]
    assert [one.status_code for one in answers] == [400, 400]
    told = [re.sub(r'value="[^"]*"', "", one.content.decode()) for one in answers]
    assert words_of(told[0]) == words_of(told[1])


def words_of(page: str) -> str:
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", page))


def test_five_wrong_pins_lock_the_code(box: Box) -> None:
    petition, browser = box.filed(), Browser()
    wrong = "000000" if petition.pin != "000000" else "000001"
    for _time in range(5):
        browser.send("petition-look-up", code=petition.reference, pin=wrong)
    response = browser.send("petition-look-up", code=petition.reference, pin=petition.pin)
    assert response.status_code == 429


def test_the_address_of_somebody_else_opens_nothing(box: Box) -> None:
    box.filed()
    assert Client().get(reverse("services:petition-follow", args=["x:y:z"])).status_code == 404


def test_supplemented_and_rated_by_code(box: Box) -> None:
    petition, browser = box.asked(), Browser()
    token = token_of(petition.pk)
    assert "Vào ngày nào?" in browser.get("petition-follow", token)
    assert browser.send("petition-follow", token, deed="bo-sung", **{"add-text": ""}).status_code == 400
    assert browser.send("petition-follow", token, deed="bo-sung", **{"add-text": "Thứ Hai"}).status_code == 302
    assert box.again(petition).state == "processing"
    done = box.answered()
    token = token_of(done.pk)
    assert browser.send("petition-follow", token, deed="danh-gia", **{"score-score": "2"}).status_code == 302
    assert box.again(done).score == 2


def test_ones_own_petitions(box: Box) -> None:
    user = citizen()
    petition, other = box.asked(actor=user), box.filed()
    browser = Browser(sign_in(Client(), user))
    assert petition.reference in browser.get("own-petitions")
    assert other.reference not in browser.get("own-petitions")
    browser.get("own-petition", other.pk, status=404)
    assert browser.send("own-petition", petition.pk, deed="bo-sung", **{"add-text": "Thứ Hai"}).status_code == 302
    assert box.again(petition).state == "processing"
    assert petition.reference in browser.get("own-petition", petition.pk)


def test_everybody_reads_and_finds_what_was_published(box: Box) -> None:
    published = box.published()
    with scope():
        browser = Browser()
        assert published.title in browser.get("petitions")
        assert published.title in browser.get("petitions", query="?q=huong+dan")
        assert published.title not in browser.get("petitions", query="?q=zzzz")
        assert published.title not in browser.get("petitions", query="?loai=idea")
        page = browser.get("published-petition", published.pk)
        assert ANSWER in html.unescape(page)
        assert published.petition.reference not in page
        browser.get("published-petition", published.pk + 1, status=404)


def test_the_inbox_is_by_due_moment(box: Box) -> None:
    second, first = box.received(), box.filed()
    page = officer(box.people.vice_chair).get("petition-inbox")
    assert page.index(first.reference) < page.index(second.reference)
    assert second.reference not in officer(box.people.vice_chair).get("petition-inbox", query="?trang_thai=waiting")
    assert second.reference in officer(box.people.specialist).get("petition-inbox", query="?cua=on")


def test_an_officer_goes_from_one_to_the_next(box: Box) -> None:
    petition, following = box.filed(), box.filed()
    browser = officer(box.people.specialist)
    browser.client.post(reverse("services:petition-receive", args=[petition.pk]))
    assert box.again(petition).handler == box.handler
    assert browser.send("petition-answer", petition.pk, text="").status_code == 400
    response = browser.send("petition-answer", petition.pk, text=ANSWER)
    assert response["Location"] == reverse("services:petition", args=[following.pk])


def test_published_in_two_steps(box: Box) -> None:
    petition, browser = box.answered(contact={"name": "Vàng Thị Dở"}), officer(box.people.leader)
    said = {"title": "Hướng dẫn", "question": "Bà Vàng Thị Dở phản ánh", "answer": ANSWER}
    refused = browser.send("petition-publish", petition.pk, **said)
    assert refused.status_code == 400
    said["question"] = TEXT
    preview = browser.send("petition-publish", petition.pk, **said)
    assert (preview.status_code, PublishedPetition.objects.count()) == (200, 0)
    shown = preview.content.decode()
    unread = browser.send("petition-publish", petition.pk, shown=shown, step="publish", **said)
    assert (unread.status_code, PublishedPetition.objects.count()) == (400, 0)
    again = browser.send("petition-publish", petition.pk, shown=shown, step="edit", **said)
    assert TEXT in html.unescape(again.content.decode())
    done = browser.send("petition-publish", petition.pk, shown=shown, step="publish", clean="on", **said)
    assert done.status_code == 302
    assert PublishedPetition.objects.get().question == TEXT


def test_forwarded_to_the_unit_above(box: Box) -> None:
    petition, browser = box.filed(), officer(box.people.specialist)
    assert browser.send("petition-forward", petition.pk, text="x", **{"unit-find": ""}).status_code == 400
    response = browser.send("petition-forward", petition.pk, text="Thuộc tỉnh", upward="on", **{"unit-find": ""})
    assert response.status_code == 302
    assert box.again(petition).responsible_unit_id == box.people.province


def test_a_newer_version_is_looked_at_first(box: Box) -> None:
    petition, browser = box.received(), officer(box.people.specialist)
    shown = browser.get("petition-answer", petition.pk)
    browser.send("petition-classify", petition.pk, kind="cost", reference="")
    late = browser.send("petition-answer", petition.pk, shown=shown, text=ANSWER)
    assert late.status_code == 409
    assert ANSWER in html.unescape(late.content.decode())
    assert browser.send("petition-answer", petition.pk, shown=late.content.decode(), text=ANSWER).status_code == 302


@pytest.mark.parametrize("name", sorted(DEEDS))
def test_each_deed_where_it_is_possible_and_where_not(box: Box, name: str) -> None:
    where = {"publish": PetitionState.ANSWERED, "close": PetitionState.ANSWERED, "retract": PetitionState.PUBLISHED}
    petition = box.in_state(where.get(name, PetitionState.PROCESSING))
    member = box.people.leader if name in {*where, "bar", "assign"} else box.people.specialist
    assert officer(member).get(f"petition-{name}", petition.pk)
    if name != "note":
        refused = box.in_state(PetitionState.REFUSED)
        officer(member).get(f"petition-{name}", refused.pk, status=409)
    officer(box.people.outsider).get(f"petition-{name}", petition.pk, status=403)
    Browser(sign_in(Client(), citizen())).get(f"petition-{name}", petition.pk, status=404)


def test_whoever_is_complained_about_finds_nothing(box: Box) -> None:
    petition = box.filed(about_officer="Vàng Seo Páo")
    browser = officer(box.people.specialist)
    browser.get("petition", petition.pk, status=404)
    assert petition.reference not in browser.get("petition-inbox")
    assert petition.reference not in browser.client.get(reverse("ui:work")).content.decode()
    other = box.received()
    bar_officer(petition=other, officer=box.handler, text="x", actor=box.head, now=box.tick())
    browser.get("petition", other.pk, status=404)


def test_an_officer_writes_one_down(box: Box) -> None:
    browser = officer(box.people.desk_officer)
    response = browser.send("petition-desk", **filled(box, channel="phone", name="Vàng Thị Dở", phone="0912000321"))
    assert response.status_code == 302, words(response)
    petition = Petition.objects.get()
    assert (petition.channel, petition.assisted_by) == ("phone", box.people.desk_officer.user)
    assert petition.pin in words(browser.client.get(response["Location"]))
    officer(box.people.clerk).get("petition-desk", status=403)


def test_the_inbox_and_one_petition_cost_few_statements(box: Box) -> None:
    petition = box.received(contact={"name": "Vàng Thị Dở"})
    for _number in range(3):
        box.filed()
    browser = officer(box.people.specialist)
    for name, args, most in (("petition-inbox", [], 6), ("petition", [petition.pk], 9)):
        browser.get(name, *args)
        with CaptureQueriesContext(connection) as asked:
            browser.get(name, *args)
        told = [one["sql"] for one in asked.captured_queries if "services_" in one["sql"] or "calendar_" in one["sql"]]
        assert len(told) <= most, "\n".join(sql[:150] for sql in told)


def test_it_stands_in_the_one_list_of_work(box: Box) -> None:
    petition, answered = box.filed(), box.answered()
    told = officer(box.people.leader).client.get(reverse("ui:work")).content.decode()
    assert petition.reference in told
    assert answered.reference in told
    told = officer(box.people.specialist).client.get(reverse("ui:work")).content.decode()
    assert answered.reference not in told


def test_one_address_sends_so_many_and_no_more(box: Box, settings: Any) -> None:
    settings.PETITION_RATE = "1/hour"
    cache.clear()
    browser = Browser()
    assert browser.send("petition-new", **filled(box)).status_code == 302
    assert browser.send("petition-new", **filled(box)).status_code == 429
    assert Petition.objects.count() == 1


def test_the_signed_address_ends(box: Box, monkeypatch: pytest.MonkeyPatch) -> None:
    token = token_of(box.filed().pk)
    monkeypatch.setattr("services.petition_links.GOOD_FOR", timedelta(0))
    time.sleep(1.1)
    Browser().get("petition-follow", token, status=404)
