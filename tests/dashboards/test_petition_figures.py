"""Petitions in the index: by the clocks of the law, refreshed by the trail, and never shown to whom they are about."""

from datetime import timedelta
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from portal.dashboards.measures import Wish
from portal.dashboards.models import DossierFact, PetitionFact
from portal.dashboards.operations.refreshing import rebuild, refresh
from portal.dashboards.periods import Period
from portal.dashboards.queries import petitions as queries
from portal.dashboards.queries.reading import answer
from portal.dashboards.states import PetitionMeasure as P
from portal.dashboards.states import Role
from portal.events.actors import System
from portal.isolation import Purpose, scope
from services.models import Petition
from services.operations import petition_work as work
from services.operations.petitions import rate_petition
from services.petition_deadlines import note_breaches
from tests.cast import Cast, sign_in
from tests.dashboards import recount
from tests.services.build import Office
from tests.services.petitioning import Box


@pytest.fixture
def box(office: Office) -> Box:
    office.now = timezone.now() - timedelta(days=1)
    rebuild(actor=System.COMMAND, now=office.now)
    return Box(office.people, office.now)


def wish_of(box: Box, **more: Any) -> Wish:
    told: dict[str, Any] = {"period": Period.around(timezone.localdate(box.now)), "now": box.now} | more
    return Wish(role=Role.COMPETENT, ids=(box.people.home,), **told)


def figures(box: Box, **more: Any) -> queries.Figures:
    refresh(actor=System.SCHEDULE, now=box.tick())
    with scope(units=[box.people.home, box.people.neighbour]):
        return answer(queries.ask(wish_of(box, **more)))


def month() -> str:
    """Of what was done yesterday."""
    return Period.around(timezone.localdate(timezone.now() - timedelta(days=1))).code


def page(people: Cast, name: str, who: Any = None, **query: object) -> Any:
    user = (who or people.leader).user
    told = {"ky": month(), **query}
    return sign_in(Client(), user).get(reverse(f"dashboards:{name}"), told)


def test_each_figure_is_as_long_as_its_list(box: Box) -> None:
    box.answered()
    box.filed(kind="other")
    refused = box.received()
    work.refuse_petition(petition=refused, text="Đã có bản án", actor=box.handler, now=box.tick())
    told = figures(box)
    assert (told[P.FILED], told[P.SORTED], told[P.ANSWERABLE], told[P.KEPT]) == (3, 2, 2, 2)
    with scope(units=[box.people.home]):
        for measure in P:
            assert queries.listed(measure, wish_of(box)).count() == told[measure], measure
        for measure, whole in queries.WHOLE.items():
            assert queries.listed(measure, wish_of(box), lacking=True).count() == told[whole] - told[measure]
        assert answer(queries.ask_by_kind(wish_of(box))) == {"attitude": 2, "other": 1}


def test_a_limit_that_was_not_met_stays_on_it(box: Box) -> None:
    late = box.received()
    box.tick(days=27)
    with scope(purpose=Purpose.DEADLINES):
        note_breaches(now=box.now)
    work.answer_petition(petition=box.again(late), text="Đã xử lý xong", actor=box.handler, now=box.tick())
    told = figures(box)
    assert (told[P.ANSWERABLE], told[P.KEPT], told[P.BROKEN]) == (1, 0, 1)


def test_what_is_due_and_not_answered_counts_as_late(box: Box) -> None:
    box.received()
    assert figures(box)[P.ANSWERABLE] == 0
    fact = PetitionFact.objects.get()
    assert fact.answer_due_at is not None
    later = fact.answer_due_at + timedelta(minutes=1)
    told = figures(box, period=Period.around(timezone.localdate(later)), now=later)
    assert (told[P.ANSWERABLE], told[P.KEPT], told[P.BROKEN]) == (1, 0, 1)


def test_disliked_and_repeated_ones_lower_it(box: Box) -> None:
    first = box.answered()
    rate_petition(petition=first, score=1, text="", actor=System.RELAY, now=box.tick(), by_code=True)
    again = box.received()
    work.classify_petition(petition=again, kind="delay", repeats=box.again(first), actor=box.handler, now=box.tick())
    told = figures(box)
    assert (told[P.DISLIKED], told[P.REPEATED], told[P.LOWERING]) == (1, 1, 2)


def test_it_counts_with_the_unit_that_answers_for_it(box: Box) -> None:
    petition = box.filed()
    figures(box)
    work.forward_petition(
        petition=petition, to_unit=box.people.neighbour, text="Thuộc xã bạn", actor=box.handler, now=box.tick()
    )
    assert figures(box)[P.FILED] == 0
    assert PetitionFact.objects.get().unit_id == box.people.neighbour
    counted, plain = recount.petitions()
    assert counted == plain


def test_a_petition_about_a_dossier_lowers_its_satisfaction(box: Box, office: Office) -> None:
    dossier = office.accepted()
    figures(box)
    assert not DossierFact.objects.get().complained
    box.filed(dossier_code=dossier.code)
    figures(box)
    assert DossierFact.objects.get().complained


def test_pages_name_nobody_and_say_nothing_of_the_text(box: Box) -> None:
    petition = box.received()
    figures(box)
    html = page(box.people, "petitions", chi_so="filed").content.decode()
    assert petition.reference in html
    assert petition.text not in html
    assert "Thái độ, hành vi" in html
    report = page(box.people, "report").content.decode()
    assert reverse("dashboards:petitions") in report
    text = b"".join(page(box.people, "petitions", chi_so="filed", tep="csv").streaming_content).decode()
    assert text.count("\n") == 2
    assert petition.text not in text


def test_whoever_is_complained_about_finds_it_counted_and_not_listed(box: Box) -> None:
    petition = box.received()
    Petition.objects.filter(pk=petition.pk).update(barred=[box.people.leader.user.pk])
    rebuild(actor=System.COMMAND, now=box.now)
    html = page(box.people, "petitions", chi_so="filed").content.decode()
    assert petition.reference not in html
    assert ": 1</h1>" in html
    other = page(box.people, "petitions", box.people.administrator, don_vi=box.people.home, chi_so="filed")
    assert petition.reference in other.content.decode()


def test_strangers_find_no_petition(box: Box) -> None:
    box.received()
    figures(box)
    with scope(units=[box.people.elsewhere]):
        assert not PetitionFact.objects.exists()
    people = box.people
    for name in ("petitions", "procedures"):
        assert page(people, name, don_vi=people.neighbour).status_code == 404
        assert page(people, name, people.specialist).status_code in {302, 404}
        assert page(people, name, chi_so="x").status_code == 400


@pytest.mark.parametrize("indicator", ["1.3", "3.1", "3.5a", "4.CT"])
def test_procedures_behind_an_indicator(box: Box, indicator: str) -> None:
    counted = page(box.people, "procedures", chi_so=indicator).content.decode()
    lacking = page(box.people, "procedures", chi_so=indicator, thieu="on").content.decode()
    numbers = [int(html.split("</h1>")[0].rsplit(": ", 1)[1]) for html in (counted, lacking)]
    lines = page(box.people, "report").context["groups"]
    line = next(row for group in lines for row in group["rows"] if row[0]["text"].startswith(indicator))
    if sum(numbers):
        assert [line[1]["text"], line[2]["text"]] == [str(numbers[0]), str(sum(numbers))]


def test_the_same_lists_over_rest(box: Box) -> None:
    petition = box.received()
    figures(box)
    client = sign_in(Client(), box.people.leader.user)
    rows = client.get("/api/v1/statistics/petitions", {"measure": "filed", "period": month()}).json()["items"]
    assert [row["reference"] for row in rows] == [petition.reference]
    assert petition.text not in str(rows)
    assert client.get("/api/v1/statistics/petitions", {"measure": "disliked"}).json()["items"] == []
    counted, lacking = (
        client.get("/api/v1/statistics/procedures", {"indicator": "1.3", "counted": which}).json()["items"]
        for which in ("yes", "no")
    )
    assert len(counted) + len(lacking) == 1
    assert client.get("/api/v1/statistics/procedures", {"indicator": "2.1"}).status_code == 400
