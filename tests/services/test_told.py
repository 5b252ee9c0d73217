"""An officer sees what the people of a dossier were told, and where it went in short."""

from datetime import timedelta
from typing import Any

import pytest
from django.urls import reverse

from portal.events import Event
from tests.notifications import carriers
from tests.services.api.talking import Rest
from tests.services.build import Office
from tests.services.notified import rows, tell
from tests.services.own import Home, citizen, filed


@pytest.fixture(autouse=True)
def connected(settings: Any) -> None:
    carriers.connect(settings)


def test_on_a_page_of_its_own(office: Office) -> None:
    dossier = office.accepted()
    tell(office.tick())
    assert len(rows()) == 2
    officer = Home(office.people.desk_officer.user)
    page = officer.page("desk-told", dossier.pk)
    assert f"Ho so {dossier.code} da tiep nhan" in page
    assert "người liên hệ của hồ sơ" in page
    assert "0912000321" not in page
    assert reverse("services:desk-told", args=[dossier.pk]) in officer.get("desk-dossier", dossier.pk).content.decode()
    assert Event.objects.filter(name="services.dossier.viewed").exists()


def test_nothing_was_told_yet(office: Office) -> None:
    assert "Chưa gửi gì về hồ sơ này" in Home(office.people.desk_officer.user).page("desk-told", office.submitted().pk)


def test_strangers_and_citizens_find_nothing(office: Office) -> None:
    filer = citizen()
    dossier = filed(office, filer)
    tell(office.tick(minutes=1))
    for user in (office.people.outsider.user, filer):
        assert Home(user).get("desk-told", dossier.pk).status_code == 404


def test_over_rest(office: Office) -> None:
    dossier = office.accepted()
    tell(office.tick())
    told = Rest(office.people.desk_officer.user).get(f"dossiers/{dossier.pk}/notifications")["items"]
    assert [one["channel"] for one in told] == ["sms", "sms"]
    assert "0912000321" not in str(told)
    Rest(office.people.outsider.user).get(f"dossiers/{dossier.pk}/notifications", status=404)
    own = citizen()
    mine = filed(office, own)
    Rest(own).get(f"dossiers/{mine.pk}/notifications", status=403)


def test_what_waits_says_until_when(office: Office) -> None:
    office.now = office.now.replace(hour=15, minute=30) + timedelta(days=0)  # 22:30 in Vietnam
    dossier = office.submitted()
    tell(office.tick())
    assert "sẽ gửi lúc" in Home(office.people.desk_officer.user).page("desk-told", dossier.pk)
