"""Results by post on the pages of the desk and of the citizen, and what others see of them."""

import html
import uuid
from datetime import datetime, timedelta

from django.test import Client
from django.urls import reverse
from django.utils import timezone
from django.utils.timezone import localdate, localtime

from portal.accounts.models import Kind, User
from portal.events import Event
from services.declarations import World
from services.forms.places import PlacesForm
from services.models import PostalItem, PostalSlip
from services.postal_rules import postal_rules_on
from services.queries.places import UnitsOn
from services.states import PostalState, Stage, State
from tests.cast import sign_in
from tests.services.build import Office
from tests.services.desk import TOKEN, Desk
from tests.services.posting import ADDRESS, NUMBER, issued_for_post, long_ago, packed, sent


def post(desk: Desk, url: str, shown_on: str = "", **data: object) -> int:
    """The status of the answer."""
    token = TOKEN.search(desk.client.get(shown_on or url).content.decode())
    assert token is not None
    return int(desk.client.post(url, {"form_token": token[1], **data}).status_code)


def at(moment: datetime, prefix: str = "") -> dict[str, str]:
    here = localtime(moment)
    return {f"{prefix}day": f"{here:%Y-%m-%d}", f"{prefix}time": f"{here:%H:%M}"}


def test_from_the_list_to_the_hand_that_took_it(office: Office) -> None:
    dossier = issued_for_post(long_ago(office))
    bare = issued_for_post(office, contact={"phone": "0912000321"})
    desk, home = Desk(office.people.desk_officer), reverse("services:post")
    shown = desk.page("post")
    assert dossier.code in shown
    assert ADDRESS not in shown
    assert reverse("services:desk-post", args=[bare.pk]) in shown
    assert post(desk, home, carrier="vnpost") == 400
    assert post(desk, home, pick=[str(dossier.pk)], carrier="vnpost") == 302
    slip = PostalSlip.objects.get()
    (item,) = slip.items.all()
    url = reverse("services:postal-slip", args=[slip.pk])
    for address in (url, reverse("services:postal-slip-print", args=[slip.pk])):
        assert ADDRESS in desk.client.get(address).content.decode()
    assert Event.objects.filter(subject_id=str(slip.pk), name__contains="viewed").exists()
    early = at(office.now - timedelta(days=3))
    told = {f"number-{item.pk}": NUMBER, "courier": "Lù A Páo"}
    assert post(desk, url, **told, **early) == 400
    assert post(desk, url, **told, **at(timezone.now())) == 302
    item.refresh_from_db()
    assert (item.state, item.tracking) == (PostalState.SENT, NUMBER)
    assert post(desk, url, reverse("services:postal-item", args=[item.pk]), **told, **early) == 409
    assert NUMBER in desk.client.get(home + "?nhom=tren-duong").content.decode()
    one = reverse("services:postal-item", args=[item.pk])
    assert post(desk, one, receiver="Giàng A Sử") == 400
    assert post(desk, one, receiver="Giàng A Sử", proof="Phiếu phát", **at(timezone.now() - timedelta(days=1))) == 400
    assert post(desk, one, receiver="Giàng A Sử", proof="Phiếu phát", **at(timezone.now())) == 302
    assert office.again(dossier).state == State.RETURNED
    assert dossier.code in desk.client.get(home + "?nhom=da-phat").content.decode()


def test_what_came_back_is_told_and_asked_for_once_more_by_its_citizen(office: Office) -> None:
    mother = User.objects.create(username="vang-thi-do", kind=Kind.CITIZEN, created_at=office.now)
    item = sent(office, issued_for_post(long_ago(office), filer=mother))
    client = sign_in(Client(), mother)
    own = reverse("services:own-dossier", args=[item.dossier_id])
    shown = client.get(own).content.decode()
    assert NUMBER in shown
    assert reverse("services:own-post", args=[item.dossier_id]) not in shown
    assert client.get(reverse("services:own-post", args=[item.dossier_id])).status_code == 409
    desk = Desk(office.people.desk_officer)
    one, back = (reverse(f"services:postal-item{name}", args=[item.pk]) for name in ("", "-came-back"))
    assert post(desk, back, one, **at(timezone.now(), "ve-")) == 400
    assert post(desk, back, one, **{"ve-reason": "absent"}, **at(timezone.now(), "ve-")) == 302
    assert item.dossier.code in desk.page("post", query="?nhom=ve")
    shown = client.get(own).content.decode()
    assert "Người nhận đi vắng" in shown
    ask = reverse("services:own-post", args=[item.dossier_id])
    assert ask in shown
    page = client.get(ask).content.decode()
    token, revision = TOKEN.search(page), office.again(item.dossier).revision
    assert token is not None
    data = {"form_token": token[1], "revision": revision, "address": "Thôn Mới, xã An"}
    assert client.post(ask, {**data, "address": ""}).status_code == 400
    assert client.post(ask, data).status_code == 302
    dossier = office.again(item.dossier)
    assert (dossier.stage, dossier.contact["address"]) == (Stage.IN_POST, "Thôn Mới, xã An")
    assert b"Th\xc3\xb4n M\xe1\xbb\x9bi" not in bytes(dossier.contact_sealed)
    assert "Thôn Mới" not in str(list(Event.objects.about("services.dossier", dossier.pk).values_list("facts")))


def test_the_desk_writes_the_address_and_takes_an_envelope_off_its_slip(office: Office) -> None:
    dossier = issued_for_post(long_ago(office), contact={"phone": "0912000321"})
    desk = Desk(office.people.desk_officer)
    assert reverse("services:desk-post", args=[dossier.pk]) in desk.page("desk-dossier", dossier)
    assert desk.send("desk-post", dossier, address=ADDRESS).status_code == 302
    (item,) = packed(office, dossier)
    off, one = (reverse(f"services:postal-item{name}", args=[item.pk]) for name in ("-taken-off", ""))
    assert post(desk, off, one) == 400
    assert post(desk, off, one, **{"bo-reason": "Người dân đến lấy"}) == 302
    assert PostalItem.objects.get().state == PostalState.TAKEN_OFF
    shown = desk.client.get(reverse("services:postal-slip", args=[item.slip_id])).content.decode()
    assert dossier.code not in shown


def test_who_asks_for_post_is_told_whom_they_pay_for_it(office: Office) -> None:
    told = str(postal_rules_on(localdate(office.now)).charge)
    assert "trả trực tiếp cho doanh nghiệp bưu chính" in told
    dossier = issued_for_post(long_ago(office), contact={"phone": "0912000321"})
    assert told in html.unescape(Desk(office.people.desk_officer).page("desk-post", dossier))
    form = PlacesForm(World(today=localdate(), units=UnitsOn(localdate())))
    assert told in form.fields["postal_address"].help_text


def test_others_see_nothing_of_it(office: Office) -> None:
    item = sent(office, issued_for_post(long_ago(office)))
    pages = [("postal-slip", item.slip_id), ("postal-slip-print", item.slip_id), ("postal-item", item.pk)]
    specialist, outsider = Desk(office.people.specialist), Desk(office.people.outsider)
    for name, pk in pages:
        url = reverse(f"services:{name}", args=[pk])
        assert specialist.client.get(url).status_code == 403
        assert outsider.client.get(url).status_code in {403, 404}
        assert Client().get(url).status_code in {302, 404}
    unknown = reverse("services:postal-item", args=[uuid.uuid4()])
    assert Desk(office.people.desk_officer).client.get(unknown).status_code == 404
    citizen = sign_in(Client(), User.objects.create(username="ai-do", kind=Kind.CITIZEN, created_at=office.now))
    assert citizen.get(reverse("services:own-post", args=[item.dossier_id])).status_code == 404
