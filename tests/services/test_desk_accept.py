"""From the queue over the list of papers to the acceptance, by the pages."""

import pytest
from django.urls import reverse

from services.models import Component, Proof
from services.operations.citizen import send_message, withdraw
from services.queries.dossiers import Wish, queue
from services.states import State
from tests.services.build import Office
from tests.services.desk import Desk
from tests.services.own import citizen, filed

PAPERS = {
    "birth_notice-proof": "attached",
    "birth_notice-originals": "1",
    "birth_notice-certified": "0",
    "birth_notice-copies": "0",
    "birth_notice-note": "",
    "birth_statement-proof": "missing",
    "birth_statement-originals": "0",
    "birth_statement-certified": "0",
    "birth_statement-copies": "0",
    "birth_statement-note": "",
}


@pytest.fixture
def desk(office: Office) -> Desk:
    return Desk(office.people.desk_officer)


def test_the_queue_leads_to_the_dossier(office: Office, desk: Desk) -> None:
    dossier = office.submitted()
    html = desk.page("desk")
    assert dossier.reference in html
    assert reverse("services:desk-dossier", args=[dossier.pk]) in html
    assert "Giàng Thị Nhuẫn" in html


def test_checking_the_papers_leads_on_to_the_acceptance(office: Office, desk: Desk) -> None:
    dossier = office.submitted()
    response = desk.send("desk-papers", dossier, shown_on="desk-dossier", tiep="1", **PAPERS)
    assert response.status_code == 302
    assert response["Location"] == reverse("services:desk-acceptance", args=[dossier.pk])
    row = Component.objects.get(dossier=dossier, key="birth_notice")
    assert (row.proof, row.originals, row.checked_by) == (Proof.ATTACHED, 1, office.people.desk_officer.user)


def test_a_wrong_number_keeps_what_was_typed(office: Office, desk: Desk) -> None:
    dossier = office.submitted()
    response = desk.send(
        "desk-papers", dossier, shown_on="desk-dossier", **{**PAPERS, "birth_notice-originals": "1000"}
    )
    assert response.status_code == 400
    assert 'value="1000"' in response.content.decode()
    assert Component.objects.get(dossier=dossier, key="birth_notice").checked_at is None


def test_accepting_opens_the_next_dossier(office: Office, desk: Desk) -> None:
    first, second = office.checked(office.submitted()), office.submitted()
    response = desk.send("desk-acceptance", first)
    assert response["Location"] == reverse("services:desk-dossier", args=[second.pk])
    assert office.again(first).state == State.ACCEPTED


def test_the_last_one_leads_back_to_the_queue(office: Office, desk: Desk) -> None:
    dossier = office.checked(office.submitted())
    response = desk.send("desk-acceptance", dossier)
    assert response["Location"] == reverse("services:desk")


def test_a_paper_that_nobody_looked_at_stops_it(office: Office, desk: Desk) -> None:
    dossier = office.submitted()
    response = desk.send("desk-acceptance", dossier)
    assert response.status_code == 400
    assert "Giấy chứng sinh" in response.content.decode()
    assert office.again(dossier).state == State.SUBMITTED


def test_a_stale_page_is_a_conflict_that_can_be_sent_again(office: Office, desk: Desk) -> None:
    dossier = office.submitted()
    page = desk.page("desk-acceptance", dossier)
    office.checked(dossier)
    response = desk.send("desk-acceptance", dossier, page=page)
    assert response.status_code == 409
    assert office.again(dossier).state == State.SUBMITTED
    again = desk.send("desk-acceptance", dossier, page=response.content.decode())
    assert again.status_code == 302
    assert office.again(dossier).state == State.ACCEPTED


def test_a_stale_list_keeps_what_was_typed(office: Office, desk: Desk) -> None:
    dossier = office.submitted()
    page = desk.page("desk-dossier", dossier)
    office.checked(dossier)
    response = desk.send("desk-papers", dossier, page=page, **{**PAPERS, "birth_notice-originals": "7"})
    assert response.status_code == 409
    assert 'value="7"' in response.content.decode()


def test_a_dossier_that_moved_on_is_told(office: Office, desk: Desk) -> None:
    dossier = office.accepted()
    assert desk.page("desk-acceptance", dossier, status=409)
    assert desk.page("desk-refusal", dossier, status=409)


def test_sent_twice_it_counts_once(office: Office, desk: Desk) -> None:
    dossier = office.checked(office.submitted())
    page = desk.page("desk-acceptance", dossier)
    assert desk.send("desk-acceptance", dossier, page=page).status_code == 302
    assert desk.send("desk-acceptance", dossier, page=page).status_code == 302


def test_what_the_filer_did_stands_under_their_name(office: Office, desk: Desk) -> None:
    user = citizen()
    dossier = filed(office, user)
    assert dossier.filer_name
    send_message(dossier=dossier, text="Tôi đến lúc 9 giờ.", actor=user, now=office.tick())
    happened = desk.page("desk-dossier", dossier).split("Diễn biến")[1]
    assert dossier.filer_name in happened


def test_a_code_or_reference_finds_the_dossier_in_every_state(office: Office, desk: Desk) -> None:
    user = citizen()
    dossier = withdraw(dossier=filed(office, user), reason="Không cần nữa", actor=user, now=office.tick())
    office.submitted()
    found = desk.page("desk", query=f"?q={dossier.reference.lower()}+")
    assert found.count('<th scope="row"') == 1
    assert reverse("services:desk-dossier", args=[dossier.pk]) in found
    elsewhere = queue([office.people.neighbour], Wish(text=dossier.reference), office.now)
    assert not elsewhere.exists()
