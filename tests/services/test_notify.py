"""Every change of a dossier is told to its people, once, on their channels."""

import json
import uuid
from datetime import UTC, datetime, time
from typing import Any

import pytest
from django.db import IntegrityError, transaction

from portal.accounts.models import User
from portal.events import Delivery, Event
from portal.events.actors import System
from portal.isolation import Purpose, scope
from portal.notifications import sms
from portal.notifications.backends import Refused
from portal.notifications.kinds import kind
from portal.notifications.operations.preferences import Choice, choose
from portal.notifications.queries import own_notifications
from portal.notifications.states import Reason
from services.events import Fact
from services.notification_subscribers import on_fact
from services.notification_table import KINDS
from services.notification_table import rows as table
from services.operations.citizen import send_message, withdraw
from services.operations.filing import Owner
from services.operations.moving import tell as record_fact
from services.operations.owning import claim_dossiers
from services.states import TRANSITIONS
from tests.notifications import carriers
from tests.notifications.news import confirm, person
from tests.services.build import Office
from tests.services.notified import at, rows, send, tell
from tests.services.own import citizen, filed
from tests.services.working import work_off

NIGHT = datetime(2026, 11, 16, 15, 30, tzinfo=UTC)  # 22:30 in Vietnam


@pytest.fixture(autouse=True)
def connected(settings: Any) -> None:
    carriers.connect(settings)


def chosen(user: User, **more: Any) -> None:
    with scope(citizen=user.pk):
        choose(
            user=user,
            choice=Choice(**{"language": "vi", "channels": ["vneid"], "kinds": [], **more}),
            revision=None,
            actor=user,
            now=datetime(2026, 11, 1, tzinfo=UTC),
        )
    for channel, name in (("email", "email"), ("sms", "phone")):
        if more.get(name):
            confirm(user, channel, more[name])


def test_who_filed_by_account_is_told_in_the_app(office: Office) -> None:
    filer = citizen()
    dossier = filed(office, filer, own=True)
    tell(office.tick())
    [row] = rows()
    assert (row.channel, row.user_id, row.kind, row.state) == ("vneid", filer.pk, "dossier_status", "pending")
    assert row.content["title"] == f"Đã nhận hồ sơ {dossier.reference}"


def test_who_has_no_account_is_told_by_the_telephone_of_the_dossier(office: Office) -> None:
    dossier = office.accepted()
    tell(office.tick())
    first, second = rows()
    assert {one.channel for one in (first, second)} == {"sms"}
    assert (second.address, second.addressee) == ("0912000321", f"services.dossier:{dossier.pk}")
    assert second.content["text"].startswith(f"Ho so {dossier.code} da tiep nhan. Hen tra ")
    assert "Nhu" not in json.dumps(second.content)


def test_owner_and_filer_are_each_told_once(office: Office) -> None:
    owner, filer = citizen("chu"), citizen("nop")
    office.submitted(owner=Owner("Vàng Thị Dở", "000100000021", owner), filer=filer)
    tell(office.tick())
    assert {one.user_id for one in rows()} == {owner.pk, filer.pk}
    assert len(rows()) == 2


def test_the_same_fact_twice_is_told_once(office: Office) -> None:
    filed(office, citizen())
    tell(office.tick())
    with scope(purpose=Purpose.RELAY):
        again = Delivery.objects.get(topic=Fact.SUBMITTED)
    on_fact(again, now=office.tick())
    assert len(rows()) == 1


def test_the_database_itself_refuses_a_second_one(office: Office) -> None:
    filed(office, citizen())
    tell(office.tick())
    [row] = rows()
    row.pk = uuid.uuid4()
    with pytest.raises(IntegrityError), transaction.atomic(), scope(purpose=Purpose.NOTIFICATION):
        row.save(force_insert=True)


def test_organ_receiver_and_times_are_said(office: Office) -> None:
    filer = citizen()
    office.checked(filed(office, filer))
    dossier = office.accepted(filer=filer)
    tell(office.tick())
    facts = dict(rows(template__startswith=f"{Fact.ACCEPTED}/")[0].content["facts"])
    assert facts["Mã hồ sơ"] == dossier.code
    assert facts["Người tiếp nhận"] == office.people.desk_officer.person.name
    assert {"Cơ quan", "Thời điểm nộp", "Thời điểm tiếp nhận", "Hẹn trả lúc"} <= set(facts)


def test_english_for_who_chose_it(office: Office) -> None:
    filer = citizen()
    chosen(filer, language="en")
    dossier = filed(office, filer)
    tell(office.tick())
    [row] = rows()
    assert row.content["title"] == f"Dossier {dossier.reference} has arrived"
    assert "Organ" in dict(row.content["facts"])
    assert "/en/" in row.content["link"]


def test_each_channel_that_was_chosen_once(office: Office) -> None:
    filer = citizen()
    chosen(filer, channels=["email", "sms", "vneid"], email="do@example.vn", phone="0987654321")
    filed(office, filer)
    tell(office.tick())
    assert [(one.channel, one.address) for one in rows()] == [
        ("email", "do@example.vn"),
        ("sms", "0987654321"),
        ("vneid", ""),
    ]


def test_what_the_law_orders_reaches_who_chose_a_channel_that_is_gone(office: Office, settings: Any) -> None:
    filer = citizen()
    chosen(filer, channels=["vneid"])
    settings.NOTIFICATION_BACKENDS = {
        name: path for name, path in settings.NOTIFICATION_BACKENDS.items() if name != "vneid"
    }
    filed(office, filer)
    tell(office.tick())
    assert rows() == []  # nobody has confirmed the telephone of that dossier
    confirm(filer, "sms", "0912000321")
    filed(office, filer)
    tell(office.tick())
    assert [one.channel for one in rows()] == ["sms"]


def test_an_optional_kind_is_told_to_who_agreed_only(office: Office) -> None:
    agreed, silent = citizen("co"), citizen("khong")
    chosen(agreed, kinds=["dossier_steps", "dossier_status", "nonsense"])
    for user in (agreed, silent):
        dossier = filed(office, user)
        record_fact(Fact.STAGE_CHANGED, dossier, actor=office.people.desk_officer.user, now=office.tick(), facts={})
    tell(office.tick())
    assert {one.user_id for one in rows(kind="dossier_steps")} == {agreed.pk}


def test_the_desk_s_words_are_announced_and_the_citizen_s_own_are_not(office: Office) -> None:
    filer = citizen()
    dossier = filed(office, filer)
    send_message(dossier=dossier, text="Em hỏi", actor=filer, now=office.tick())
    send_message(dossier=dossier, text="Mời đến", actor=office.people.desk_officer.user, now=office.tick())
    tell(office.tick())
    told = rows(line="messages")
    assert len(told) == 1
    assert "Mời đến" not in json.dumps(told[0].content, ensure_ascii=False)


def test_in_quiet_hours_sms_wait_and_the_last_one_tells_it(office: Office) -> None:
    office.now = NIGHT
    dossier = office.accepted()
    tell(office.tick())
    first, last = rows()
    assert (first.state, first.replaced_by_id, last.state) == ("merged", last.pk, "pending")
    assert str(last.not_before) == "2026-11-17 00:00:00+00:00"
    assert dossier.code in last.content["text"]


def test_what_was_refused_finds_another_way_once(office: Office, monkeypatch: Any) -> None:
    dossier = office.submitted(contact={"phone": "0912000321", "email": "khong-con@example.vn"})
    tell(office.tick())
    carriers.Email.replies.append(Refused(Reason.BAD_ADDRESS))
    at(monkeypatch, office.tick())
    send(office.now)
    assert work_off(office.tick(), "notifications.notification.refused") == 1
    assert [(one.channel, one.state) for one in rows()] == [("email", "failed"), ("sms", "pending")]
    at(monkeypatch, office.tick())
    send(office.now)
    assert [one.to for one in carriers.Sms.taken] == ["0912000321"]
    assert str(dossier) in carriers.Sms.taken[0].text


def test_by_day_nothing_is_merged(office: Office) -> None:
    office.accepted()
    tell(office.tick())
    assert [one.state for one in rows()] == ["pending", "pending"]


def test_own_quiet_hours_win(office: Office) -> None:
    filer = citizen()
    chosen(filer, channels=["sms"], phone="0987654321", quiet_from=time(0), quiet_until=time(0))
    office.now = NIGHT
    filed(office, filer)
    now = office.tick()
    tell(now)
    assert [one.not_before for one in rows()] == [now]


def test_a_citizen_who_withdraws_is_told_though_nobody_of_the_organ_acted(office: Office) -> None:
    filer = citizen()
    dossier = filed(office, filer)
    with scope(citizen=filer.pk):
        withdraw(dossier=dossier, reason="Đổi ý", actor=filer, now=office.tick())
    tell(office.tick())
    assert len(rows(template__startswith=f"{Fact.WITHDRAWN}/")) == 1


def test_every_change_of_state_has_its_row() -> None:
    told = {row.fact for row in table()}
    assert {str(one.fact) for one in TRANSITIONS.values()} <= told
    assert told <= {str(fact) for fact in Fact}


def test_every_row_is_complete_and_short(office: Office) -> None:
    longest = {"code": "H15.26.03.1234-261116-00001", "at": "16:30 19/11/2026", "due": "16:30 19/11/2026"}
    values = longest | {"deadline": "16:30 19/11/2026", "unit": "Xã An"}
    for row in table():
        assert kind(row.kind) in KINDS
        for language, words in row.words.items():
            said = {name: text.format_map(values) for name, text in words.items()}
            assert set(said) == {"title", "text", "sms"}, row.fact
            assert "{unit}" not in words["sms"], row.fact
            plain = sms.without_accents(said["sms"])
            assert sms.is_gsm(plain)
            assert sms.parts(plain) == 1, (row.fact, language, len(plain))


def test_nothing_is_told_before_a_carrier_is_connected(office: Office, settings: Any) -> None:
    settings.NOTIFICATION_BACKENDS = {}
    office.accepted()
    tell(office.tick())
    assert rows() == []
    assert Event.objects.filter(name="notifications.notification.ordered").count() == 0


def test_who_signs_in_later_finds_what_the_contact_was_told(office: Office) -> None:
    user = person(number="000100000021")
    office.accepted(owner=Owner("Vàng Thị Dở", "000100000021"), filer_name="Vàng Thị Dở")
    other = office.accepted(owner=Owner("Vàng Thị Dở", "000100000021"), filer_name="Người Khác")
    tell(office.tick())
    assert {one.user_id for one in rows()} == {None}
    claim_dossiers(user=user, actor=user, now=office.tick())
    assert work_off(office.tick(), Fact.OWNER_RECOGNISED) >= 2
    assert [one.subject_id == str(other.pk) for one in rows(user=None)] == [True, True]
    with scope(citizen=user.pk):
        assert own_notifications(user).count() == 2


def test_a_dossier_that_followed_its_unit_is_told_once_however_often_its_delivery_comes(office: Office) -> None:
    dossier = filed(office, citizen(), own=True)
    tell(office.tick())
    event = record_moved(office, dossier)
    assert tell(office.tick()) == 1
    told = [row.pk for row in rows(event_id=event)]
    assert len(told) == 1
    with scope(purpose=Purpose.RELAY):
        delivery = Delivery.objects.get(event_id=event)
    on_fact(delivery, now=office.tick())
    assert [row.pk for row in rows(event_id=event)] == told


def record_moved(office: Office, dossier: Any) -> int:
    facts = {"act": 1, "legal_no": "12/NQ", "from": office.people.home, "to": office.people.home, "decided": True}
    with scope(units=[office.people.home]), transaction.atomic():
        return record_fact(Fact.MOVED, dossier, actor=System.REORGANISATION, now=office.tick(), facts=facts).pk
