"""What citizens see of their dossiers after filing."""

from datetime import UTC

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from services.models import Message
from services.operations import citizen as deeds
from services.operations import reception
from services.queries import own
from services.queries.own import Part
from tests.services.build import Office
from tests.services.own import Home, citizen, filed
from tests.services.test_supplements import NOTICE, ask

MOST_QUERIES = 12


def test_what_waits_for_the_citizen_stands_first(office: Office) -> None:
    user = citizen()
    filed(office, user)
    asked = filed(office, user, summary="x")
    ask(office, asked, items=[NOTICE])
    told = Home(user).page("own-dossiers")
    assert told.index("Ông/bà có việc cần làm") < told.index(asked.reference) < told.index("Đang giải quyết")


def test_a_dossier_for_somebody_else_says_so(office: Office) -> None:
    user = citizen()
    filed(office, user)
    assert "Giàng Thị Nhuẫn" in Home(user).page("own-dossiers")
    filed(office, other := citizen("khac"), own=True)
    assert "Vàng Thị Dở" not in Home(other).page("own-dossiers")


def test_the_list_is_found_in_without_accents(office: Office) -> None:
    user = citizen()
    dossier = filed(office, user)
    home = Home(user)
    assert dossier.reference in home.page("own-dossiers", query="?q=khai+sinh")
    assert dossier.reference in home.page("own-dossiers", query=f"?q={dossier.reference.lower()}")
    assert dossier.reference not in home.page("own-dossiers", query="?q=ket+hon")
    home.page("own-dossiers", query="?phan=x", status=400)


def test_pages_go_on_after_the_last_dossier(office: Office) -> None:
    user = citizen()
    made = [filed(office, user) for _number in range(3)]
    first, more = own.page_of(own.mine(user, part=Part.OPEN), after=None, size=2)
    second, no_more = own.page_of(own.mine(user, part=Part.OPEN), after=first[-1].pk, size=2)
    assert [one.pk for one in (*first, *second)] == [one.pk for one in reversed(made)]
    assert (more, no_more) == (True, False)


def test_the_status_says_who_holds_it_what_comes_next_and_by_when(office: Office) -> None:
    user = citizen()
    dossier = filed(office, user)
    told = Home(user).page("own-dossier", dossier.pk)
    assert "chờ bộ phận một cửa" in told
    assert dossier.owner_name in told
    assert dossier.reference in told
    assert "Phường An" in told
    assert "Nộp hồ sơ" in told


def test_received_the_clock_is_explained(office: Office) -> None:
    user = citizen()
    dossier = reception.accept(
        dossier=office.checked(filed(office, user)), actor=office.people.desk_officer.user, now=office.tick()
    )
    told = Home(user).page("own-dossier", dossier.pk)
    assert dossier.code in told
    assert "3 ngày làm việc" in told


def test_late_is_said_with_an_apology(office: Office) -> None:
    user = citizen()
    dossier = reception.accept(
        dossier=office.checked(filed(office, user)), actor=office.people.desk_officer.user, now=office.tick()
    )
    told = Home(user).page("own-dossier", dossier.pk)
    late = dossier.due_at is not None and dossier.due_at < timezone.now()
    assert ("xin lỗi" in told) is late


def test_what_was_declared_stands_on_its_own_page(office: Office) -> None:
    user = citizen()
    dossier = filed(office, user)
    told = Home(user).page("own-content", dossier.pk)
    assert "Giấy chứng sinh" in told


def test_a_message_reaches_the_desk(office: Office) -> None:
    user = citizen()
    dossier = filed(office, user)
    home = Home(user)
    assert home.send("own-message", dossier.pk, token_of="-", **{"message-text": ""}).status_code == 400
    response = home.send("own-message", dossier.pk, token_of="-", **{"message-text": "Tôi đến lấy lúc nào?"})
    assert response.status_code == 302
    assert Message.objects.get(dossier=dossier).side == "citizen"
    assert "Tôi đến lấy lúc nào?" in home.page("own-dossier", dossier.pk)


def test_what_has_ended_takes_no_message(office: Office) -> None:
    user = citizen()
    dossier = filed(office, user)
    deeds.withdraw(dossier=dossier, reason="Nộp nhầm", actor=user, now=office.tick())
    shown = Home(user).get("own-dossier", dossier.pk).content.decode()
    assert reverse("services:own-message", args=[dossier.pk]) not in shown


def test_the_day_goes_into_a_calendar_without_a_name(office: Office) -> None:
    user = citizen()
    dossier = filed(office, user)
    response = Home(user).get("own-calendar", dossier.pk)
    text = response.content.decode()
    assert response["Content-Type"].startswith("text/calendar")
    assert f"DTSTART:{dossier.answer_due_at.astimezone(UTC):%Y%m%dT%H%M%SZ}" in text
    assert dossier.owner_name not in text
    deeds.withdraw(dossier=dossier, reason="Nộp nhầm", actor=user, now=office.tick())
    assert Home(user).get("own-calendar", dossier.pk).status_code == 404


@pytest.mark.parametrize("name", ["own-dossiers", "own-dossier", "own-content"])
def test_pages_cost_few_statements(office: Office, name: str) -> None:
    user = citizen()
    dossier = reception.accept(
        dossier=office.checked(filed(office, user)), actor=office.people.desk_officer.user, now=office.tick()
    )
    home = Home(user)
    args = [] if name == "own-dossiers" else [dossier.pk]
    home.page(name, *args)
    with CaptureQueriesContext(connection) as asked:
        home.page(name, *args)
    told = [one["sql"] for one in asked.captured_queries if one["sql"].lstrip().upper().startswith("SELECT")]
    told = [sql for sql in told if "set_config" not in sql]
    assert len(told) <= MOST_QUERIES, "\n".join(sql[:120] for sql in told)


def test_whoever_is_not_signed_in_is_asked_to(office: Office) -> None:
    dossier = filed(office, citizen())
    response = Client().get(reverse("services:own-dossier", args=[dossier.pk]))
    assert "/dang-nhap/" in response["Location"]


def test_my_work_lists_what_waits_for_me(office: Office) -> None:
    user = citizen()
    dossier = filed(office, user)
    ask(office, dossier, items=[NOTICE])
    text = Home(user).client.get(reverse("ui:work")).content.decode()
    assert dossier.reference in text
