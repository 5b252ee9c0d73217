"""The files of the repository become the catalogue, once; changed files make new versions."""

import copy
from dataclasses import replace
from datetime import UTC, date, datetime

import pytest

from portal.events.actors import System
from portal.events.models import Event
from services import wording
from services.catalogue import fixture
from services.catalogue.fixture import BadFixture
from services.declarations import faults_of_form, read
from services.errors import NotPublishableError
from services.models import Procedure, ProcedureVersion
from services.operations import Loaded, load_catalogue
from services.queries.catalogue import version_on

CATALOGUE = fixture.read()
NOW = datetime(2026, 11, 24, 3, 0, tzinfo=UTC)
SOME = replace(
    CATALOGUE,
    full={code: CATALOGUE.full[code] for code in ("1.001193", "1.004222")},
    in_name=CATALOGUE.in_name[:5],
)
FULL_FORMS = {
    "1.001193",
    "1.000656",
    "1.000894",
    "1.004873",
    "2.000635",
    "2.000815",
    "2.000986",
    "1.001612",
    "1.001776",
}


def load(catalogue: fixture.Catalogue = SOME) -> Loaded:
    return load_catalogue(catalogue=catalogue, actor=System.COMMAND, now=NOW)


@pytest.mark.django_db
def test_a_second_run_changes_nothing() -> None:
    assert load() == Loaded(published=2, in_name=5, unchanged=0)
    events = Event.objects.count()
    assert load() == Loaded(published=0, in_name=0, unchanged=7)
    assert Event.objects.count() == events


@pytest.mark.django_db
def test_a_file_that_changed_makes_a_version_from_today_and_keeps_the_old_one() -> None:
    load()
    changed = copy.deepcopy(dict(SOME.full))
    changed["1.001193"]["parts"]["conditions"].append("Thêm")
    rows = (replace(SOME.in_name[0], name_vi="Tên mới"), *SOME.in_name[1:])
    assert load(replace(SOME, full=changed, in_name=rows)) == Loaded(published=1, in_name=1, unchanged=5)
    old, new = version_on("1.001193", date(2026, 11, 23)), version_on("1.001193", date(2026, 11, 24))
    assert old is not None
    assert new is not None
    assert "Thêm" not in old.parts["conditions"]
    assert "Thêm" in new.parts["conditions"]
    renamed = version_on(rows[0].code, date(2026, 11, 24))
    assert renamed is not None
    assert renamed.name_vi == "Tên mới"


@pytest.mark.django_db
def test_a_file_that_changed_twice_on_a_day_holds_from_the_next() -> None:
    load()
    for word in ("Một", "Hai"):
        changed = copy.deepcopy(dict(SOME.full))
        changed["1.001193"]["parts"]["conditions"].append(word)
        load(replace(SOME, full=changed))
    tomorrow = version_on("1.001193", date(2026, 11, 25))
    assert tomorrow is not None
    assert "Hai" in tomorrow.parts["conditions"]


@pytest.mark.django_db
def test_everyday_words_change_without_a_new_version() -> None:
    load()
    hints = {**CATALOGUE.hints, "1.001193": fixture.Hints("từ mới", ("sinh-con",))}
    assert load(replace(SOME, hints=hints)).unchanged == 7
    assert ProcedureVersion.objects.filter(search_words__contains=" tu moi").count() == 1


@pytest.mark.django_db
def test_one_bad_description_keeps_all_out() -> None:
    broken = copy.deepcopy(dict(SOME.full))
    broken["1.004222"]["steps"] = []
    with pytest.raises(NotPublishableError, match=r"1\.004222"):
        load(replace(SOME, full=broken))
    assert not Procedure.objects.exists()


def test_a_description_without_its_form_is_refused() -> None:
    with pytest.raises(BadFixture, match="no form"):
        CATALOGUE.form_of({"code": "x", "form": "9.999999", "parts": {}})


@pytest.mark.parametrize("code", sorted(CATALOGUE.full))
def test_every_form_passes_its_own_checks(code: str) -> None:
    description = CATALOGUE.full[code]
    components = {component["key"] for component in description["parts"]["components"]}
    assert faults_of_form(CATALOGUE.form_of(description), components) == []


@pytest.mark.parametrize("code", sorted(CATALOGUE.full))
def test_every_paper_that_is_handed_in_is_asked_for_or_is_the_form(code: str) -> None:
    description = CATALOGUE.full[code]
    asked = {question.component for _page, question in read(CATALOGUE.form_of(description)).everything()}
    forms = {form["component"] for form in description["parts"]["forms"]}
    handed_in = {
        component["key"]
        for component in description["parts"]["components"]
        if (component["originals"] or component["copies"]) and not component["present"]
    }
    assert handed_in <= asked | forms


OURS = {"valid_from", "sets", "order", "conditions", "forms", "online_level", "filing", "form_questions"}


@pytest.mark.parametrize("code", sorted(CATALOGUE.full))
def test_what_was_not_read_anywhere_is_marked(code: str) -> None:
    assert set(CATALOGUE.full[code]["unverified"]) >= OURS
    assert set(CATALOGUE.full[code]["unverified"]) <= set(wording.UNVERIFIED)


def test_the_procedures_of_the_whole_stories_have_forms_of_their_own() -> None:
    assert {code for code, description in CATALOGUE.full.items() if description["form"] == code} == FULL_FORMS
