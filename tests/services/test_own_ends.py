"""A citizen withdraws a dossier, and rates how it went."""

from services.models import Rating
from services.states import State
from tests.services.build import Office
from tests.services.own import Home, citizen, filed


def test_the_effect_is_said_before_and_the_reason_is_kept(office: Office) -> None:
    user = citizen()
    home, dossier = Home(user), filed(office, user)
    assert "không thể hoàn lại" in home.page("own-withdrawal", dossier.pk)
    assert home.send("own-withdrawal", dossier.pk, revision=dossier.revision).status_code == 400
    response = home.send("own-withdrawal", dossier.pk, revision=dossier.revision, reason="Nộp nhầm")
    assert response.status_code == 302
    again = office.again(dossier)
    assert (again.state, again.reason) == (State.WITHDRAWN, "Nộp nhầm")
    assert "Đã rút" in home.page("own-dossier", dossier.pk)


def test_an_older_page_is_refused_and_the_reason_stays(office: Office) -> None:
    user = citizen()
    home, dossier = Home(user), filed(office, user)
    response = home.send("own-withdrawal", dossier.pk, revision=dossier.revision + 5, reason="Nộp nhầm")
    assert response.status_code == 409
    assert "Nộp nhầm" in response.content.decode()
    assert office.again(dossier).state == State.SUBMITTED


def test_what_has_ended_is_not_withdrawn(office: Office) -> None:
    user = citizen()
    home, dossier = Home(user), filed(office, user)
    home.send("own-withdrawal", dossier.pk, revision=dossier.revision, reason="Nộp nhầm")
    assert "Không rút được" in home.page("own-withdrawal", dossier.pk, status=409)


def test_a_rating_counts_once(office: Office) -> None:
    user = citizen()
    home, dossier = Home(user), filed(office, user)
    assert home.send("own-rating", dossier.pk, "bien-nhan", score=4).status_code == 302
    row = Rating.objects.get(dossier=dossier)
    assert (row.moment, row.score, row.unit_id) == ("receipt", 4, office.people.home)
    assert "đã đánh giá" in home.page("own-rating", dossier.pk, "bien-nhan", status=409)


def test_a_low_score_needs_its_reason(office: Office) -> None:
    user = citizen()
    home, dossier = Home(user), filed(office, user)
    response = home.send("own-rating", dossier.pk, "bien-nhan", score=1)
    assert response.status_code == 400
    assert "lý do chưa hài lòng" in response.content.decode()
    assert home.send("own-rating", dossier.pk, "bien-nhan", score=1, text="Chờ lâu").status_code == 302
    assert not Rating.objects.exclude(score=1).exists()


def test_the_result_is_rated_when_it_is_there(office: Office) -> None:
    user = citizen()
    home, dossier = Home(user), filed(office, user)
    home.page("own-rating", dossier.pk, "ket-qua", status=409)
    home.page("own-rating", dossier.pk, "luc-nao-do", status=404)
    home.send("own-withdrawal", dossier.pk, revision=dossier.revision, reason="Nộp nhầm")
    assert home.send("own-rating", dossier.pk, "ket-qua", score=5).status_code == 302
