"""Rows that come together say the same as rows that come alone, and nobody sees more of them."""

from datetime import timedelta

import pytest
from django.db import connection
from django.db.models import Model
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from documents.models import StoredFile
from portal.events import Event, viewed
from portal.isolation import Purpose, scope
from services.models import (
    Attachment,
    ClockEntry,
    Component,
    Confirmation,
    Dossier,
    Evidence,
    Message,
    Note,
    PrintedForm,
    Rating,
    Supplement,
    SupplementItem,
    WorkItem,
)
from services.queries.dossiers import happened
from services.queries.parts import desk_parts, detail_parts, own_parts, work_parts
from services.queries.together import together
from services.views.own_words import TOLD
from tests.cast import Cast, sign_in
from tests.services.build import Office
from tests.services.full import everything
from tests.services.own import Home, citizen
from tests.services.test_supplements import NOTICE
from tests.services.working import real

MODELS: tuple[type[Model], ...] = (
    Attachment, ClockEntry, Component, Confirmation, Evidence, Message, Note, PrintedForm, Rating, StoredFile,
    Supplement, SupplementItem, WorkItem,
)  # fmt: skip  # as a paragraph
MOST = 12


@pytest.fixture
def office(people: Cast) -> Office:
    return Office(people, real("1.001193"), timezone.now() - timedelta(minutes=50))


@pytest.fixture
def dossier(office: Office) -> Dossier:
    return everything(office, citizen())


def test_each_row_says_the_same_as_alone(dossier: Dossier) -> None:
    with scope(purpose=Purpose.OPERATIONS, units=sorted(dossier.unit_ids())):
        asked = {model.__name__: model._default_manager.order_by("-pk") for model in MODELS}
        brought = together(**asked)
        for name, rows in asked.items():
            alone = list(rows)
            assert alone, f"no {name} in a full dossier"
            fields = [field.attname for field in rows.model._meta.concrete_fields]
            told = [[_plain(getattr(row, field)) for field in fields] for row in brought[name]]
            assert told == [[_plain(getattr(row, field)) for field in fields] for row in alone], name


def _plain(value: object) -> object:
    return bytes(value) if isinstance(value, memoryview) else value


def test_what_is_sealed_opens_and_what_was_left_out_is_asked_for(dossier: Dossier) -> None:
    shown = desk_parts(dossier)
    assert shown.evidence[0].values == {"name": "Vàng Thị Dở"}
    with CaptureQueriesContext(connection) as asked:
        assert shown.forms[0].data
    assert len(asked) == 1
    assert work_parts(dossier, since=dossier.submitted_at, besides=citizen("khac")).confirmations[0].objection


def test_order_and_limit_of_each_list_hold(office: Office, dossier: Dossier) -> None:
    first, second = together(
        newest=Message.objects.filter(dossier=dossier).order_by("-id")[:1], all=Message.objects.order_by("id")
    ).values()
    assert [row.pk for row in first] == [second[-1].pk]
    assert len(second) == 2


def test_one_statement_brings_all_of_a_page(dossier: Dossier) -> None:
    with CaptureQueriesContext(connection) as asked:
        shown = desk_parts(dossier)
    assert len(asked) == 1
    [(request, items)] = shown.asked()
    assert (request.number, len(items)) == (1, 1)
    [files] = [files for files in shown.papers.files().values() if files]
    assert files[0].name == "giay-chung-sinh.png"


def test_the_database_shows_nobody_else_anything(dossier: Dossier) -> None:
    stranger = citizen("khac")
    with scope(citizen=stranger.pk):
        own, desk = own_parts(dossier, told=TOLD), desk_parts(dossier)
        work, detail = work_parts(dossier, since=dossier.submitted_at, besides=stranger), detail_parts(dossier)
    for parts in (own, desk, desk.papers, work, work.papers, detail):
        found = {
            name: getattr(parts, name) for name in parts.__slots__ if name not in {"papers", "events", "looks"}
        }  # events of this transaction are open to it
        assert not any(found.values()), found


def test_many_looks_do_not_push_out_what_happened(office: Office, dossier: Dossier) -> None:
    before = [event.pk for event in happened(dossier)]
    for _ in range(60):
        viewed(dossier, actor=office.people.desk_officer.user, unit=office.people.home, purpose="x", at=office.tick())
    assert [event.pk for event in happened(dossier)] == before
    assert Event.objects.about("services.dossier", dossier.pk).count() > 60


@pytest.mark.parametrize("name", ["desk", "work", "own", "content", "rest for officers", "rest for citizens"])
def test_a_full_dossier_costs_twelve_statements_at_most(office: Office, dossier: Dossier, name: str) -> None:
    users = {"desk": office.people.desk_officer.user, "work": office.people.specialist.user}
    users["rest for officers"] = users["desk"]
    item = office.open_step(dossier)
    path = {
        "desk": f"/mot-cua/ho-so/{dossier.pk}/",
        "work": f"/xu-ly/{item.pk}/",
        "own": f"/ho-so-cua-toi/{dossier.pk}/",
    }
    path["content"] = f"/ho-so-cua-toi/{dossier.pk}/noi-dung/"
    assert dossier.filer is not None
    client = sign_in(Client(), users.get(name, dossier.filer))
    address = path.get(name, f"/api/v1/dossiers/{dossier.pk}")
    assert client.get(address).status_code == 200
    with CaptureQueriesContext(connection) as caught:
        client.get(address)
    control = ("SAVEPOINT", "RELEASE", "select set_config")
    found = [one["sql"] for one in caught.captured_queries if not one["sql"].startswith(control)]
    assert len(found) <= MOST, "\n".join(found)


def test_nothing_is_left_out_of_a_page(office: Office, dossier: Dossier) -> None:
    said = ("Bao giờ xong ạ?", "Thứ Sáu, ông/bà nhé.")
    desk = Home(office.people.desk_officer.user).page("desk-dossier", dossier.pk)
    for text in (*said, "Đã gọi trạm y tế", NOTICE.text, "giay-chung-sinh.png", "Giấy tiếp nhận hồ sơ", "Thôn Na Áng"):
        assert text in desk
    work = Home(office.people.specialist.user).page("work-item", office.open_step(dossier).pk)
    for text in ("Sai ngày sinh", "Đã gọi trạm y tế", "giay-chung-sinh.png", "Lù Thị Hoa", "Cơ sở dữ liệu quốc gia"):
        assert text in work
    assert dossier.filer is not None
    own = Home(dossier.filer).page("own-dossier", dossier.pk)
    for text in (*said, "Giấy tiếp nhận hồ sơ", "Phường An"):
        assert text in own
