"""The citizen's pages, for whom they are not: nothing of the dossier is in the answer."""

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from portal.accounts.models import User
from portal.events.actors import System
from portal.isolation import Purpose, scope
from services.models import Dossier, Message
from services.queries import own
from services.queries.parts import own_parts
from services.views.own_words import TOLD
from staff.operations import end_assignment
from tests.cast import DECISION, sign_in
from tests.services.build import Office
from tests.services.own import citizen, filed
from tests.services.test_supplements import NOTICE, ask

PAGES = (
    "own-dossier",
    "own-content",
    "own-calendar",
    "own-supplement",
    "own-confirmation",
    "own-withdrawal",
    "own-rating",
    "own-changes",
    "own-change",
)
DEEDS = (
    "own-message",
    "own-supplement",
    "own-supplement-item",
    "own-confirmation",
    "own-objection",
    "own-withdrawal",
    "own-rating",
    "own-change",
)


def address(name: str, dossier: Dossier) -> str:
    more: dict[str, list[object]] = {"own-rating": ["bien-nhan"], "own-supplement-item": [1]}
    return reverse(f"services:{name}", args=[dossier.pk, *more.get(name, [])])


@pytest.fixture
def dossier(office: Office) -> Dossier:
    asked = filed(office, citizen())
    ask(office, asked, items=[NOTICE])
    return asked


def strangers(office: Office) -> list[User]:
    """Another citizen, the desk of the next commune, the dossier's own desk (which has pages of its own), and one who
    left the post."""
    left = office.people.specialist
    with scope(purpose=Purpose.DEMO):
        end_assignment(
            assignment=left.assignment,
            until=timezone.localdate(),
            decision=DECISION,
            actor=System.COMMAND,
            now=timezone.now(),
        )
    return [citizen("khac"), office.people.outsider.user, office.people.desk_officer.user, left.user]


@pytest.mark.parametrize("name", PAGES)
def test_nobody_else_sees_anything(office: Office, dossier: Dossier, name: str) -> None:
    for user in strangers(office):
        response = sign_in(Client(), user).get(address(name, dossier))
        text = response.content.decode()
        assert response.status_code in {302, 403, 404}, user
        assert dossier.owner_name not in text
        assert dossier.reference not in text


@pytest.mark.parametrize("name", DEEDS)
def test_nobody_else_does_anything(office: Office, dossier: Dossier, name: str) -> None:
    before = office.again(dossier)
    for user in strangers(office):
        response = sign_in(Client(), user).post(address(name, dossier), {"message-text": "x", "reason": "x"})
        assert response.status_code in {302, 400, 403, 404}, user
        assert dossier.owner_name not in response.content.decode()
    assert office.again(dossier).revision == before.revision


@pytest.mark.parametrize("name", [*PAGES, "own-message", "own-supplement-item", "own-objection"])
def test_whoever_is_not_signed_in_is_asked_to(dossier: Dossier, name: str) -> None:
    response = Client().get(address(name, dossier))
    assert "/dang-nhap/" in response["Location"]


def test_the_list_of_another_citizen_is_empty(office: Office, dossier: Dossier) -> None:
    text = sign_in(Client(), citizen("khac")).get(reverse("services:own-dossiers")).content.decode()
    assert dossier.reference not in text
    response = sign_in(Client(), office.people.desk_officer.user).get(reverse("services:own-dossiers"))
    assert response.status_code == 404


def test_without_the_filter_the_database_shows_nothing(dossier: Dossier) -> None:
    other = citizen("khac")
    with scope(citizen=other.pk):
        assert not Dossier.objects.exists()
        assert own.open_request(dossier) is None
        assert not Message.objects.filter(dossier=dossier).exists()
        assert not any(getattr(own_parts(dossier, told=TOLD), name) for name in ("messages", "forms", "entries"))
