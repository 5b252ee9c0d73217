"""What is published leads to nobody; personal matters are answered to the person alone."""

import pytest

from portal.accounts.models import User
from portal.isolation import scope
from services.errors import NoReasonError, NotAllowedError
from services.models import PublishedPetition
from services.operations.filing import Places
from services.operations.petition_publishing import close_petition, retract_petition
from services.personal_marks import personal_marks
from services.petition_errors import NotConfirmedCleanError, NoTextError, PersonalDataError, PetitionMovedError
from tests.cast import Cast, officer
from tests.services.build import Office
from tests.services.conftest import MONDAY
from tests.services.petitioning import ANSWER, Box


@pytest.fixture
def box(people: Cast) -> Box:
    return Box(people, MONDAY)


def test_everybody_reads_it(box: Box) -> None:
    published = box.published()
    petition = box.again(published.petition)
    assert (petition.state, petition.next_due_at) == ("published", None)
    row = petition.clocks.get(kind="publish")
    assert (row.outcome, row.breached_at) == ("met", None)
    with scope():
        assert PublishedPetition.objects.get().answer == ANSWER


def test_too_late_is_kept(box: Box) -> None:
    petition = box.answered()
    box.tick(days=7)
    box.publish(petition)
    assert petition.clocks.get(kind="publish").breached_at is not None


def test_only_a_head_who_has_read_and_confirmed_it(box: Box) -> None:
    petition = box.answered()
    with pytest.raises(NotConfirmedCleanError):
        box.publish(petition, confirmed=False)
    with pytest.raises(NoTextError):
        box.publish(petition, title="  ")
    for member in (box.people.specialist, box.people.outsider):
        with pytest.raises(NotAllowedError):
            close_petition(petition=petition, text="x", actor=member.user, now=box.tick())
    assert not PublishedPetition.objects.exists()


@pytest.mark.parametrize(
    "words",
    [
        "Số định danh 001188000001",
        "Số 001 188 000 001",
        "Điện thoại 0912.000.321",
        "Gọi +84 912 000 321 nhé",
        "Thư cho nguoi.dan@vi-du.vn",
        "Bà vàng thị dở đã đến",
    ],
)
@pytest.mark.parametrize("field", ["title", "question", "answer"])
def test_what_leads_to_a_person_is_refused(box: Box, field: str, words: str) -> None:
    petition = box.answered(contact={"name": "Vàng Thị Dở"})
    with pytest.raises(PersonalDataError) as refused:
        box.publish(petition, **{field: words})
    assert refused.value.field == field
    assert not PublishedPetition.objects.exists()


def test_names_of_the_dossier_as_well(office: Office) -> None:
    box, dossier = Box(office.people, office.now), office.submitted()
    petition = box.answered(kind="rules", dossier_code=dossier.reference)
    with pytest.raises(PersonalDataError):
        box.publish(petition, answer=f"Hồ sơ của {dossier.owner_name} đã xong.")


@pytest.mark.parametrize(
    "words", ["Theo NĐ 118/2025/NĐ-CP, ngày 20/11/2026", "Hồ sơ H01.00001-261124-0001", "Lệ phí 8.000 đồng, 15 ngày"]
)
def test_ordinary_words_pass(words: str) -> None:
    assert personal_marks(words, names=["An"]) == []


def test_a_personal_matter_stays_with_the_person(box: Box) -> None:
    petition = box.answered()
    with pytest.raises(NoReasonError):
        close_petition(petition=petition, text="", actor=box.head, now=box.tick())
    close_petition(petition=petition, text="Việc riêng của gia đình", actor=box.head, now=box.tick())
    assert box.again(petition).state == "closed"
    with scope():
        assert not PublishedPetition.objects.exists()


def test_taken_off_again_nobody_reads_it(box: Box) -> None:
    petition = box.published().petition
    retract_petition(petition=petition, text="Lộ tên người dân", actor=box.head, now=box.tick())
    assert box.again(petition).state == "closed"
    with scope():
        assert not PublishedPetition.objects.exists()
    with pytest.raises(PetitionMovedError):
        retract_petition(petition=petition, text="x", actor=box.head, now=box.tick())


def test_the_people_of_a_dossier_of_another_unit_are_kept_out(office: Office, box: Box) -> None:
    """The publisher sees neither the dossier nor its people, and must not tell of them."""
    there = office.people.elsewhere
    dossier = office.submitted(places=Places(there, there, there), actor=_desk_of(there))
    petition = box.answered(dossier_code=dossier.reference)
    with scope(units=[office.people.home], citizen=box.head.pk):
        with pytest.raises(PersonalDataError):
            box.publish(petition, answer=f"{ANSWER} Bà Giàng Thị Nhuẫn đã nhận kết quả.")
        assert box.publish(petition).published_at


def _desk_of(unit_id: int) -> User:
    return officer("xa", name="Vừ A Xa", number="000086000200", unit_id=unit_id, post="desk-officer").user
