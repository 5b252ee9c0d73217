"""Pointers lead to questions, also into rows, and an answer changes nothing else."""

import json
from datetime import date
from typing import Any

import pytest

from services.catalogue.parts import DATA
from services.declarations import Definition, World, read
from services.declarations.definition import embed
from services.declarations.pointers import merged
from services.declarations.world import Known
from services.forms.supplementing import AnswerItemForm
from services.pointers import spot_of
from tests.services.working import TYPES

ANSWERS: dict[str, Any] = {
    "documents": [
        {"title": "Bằng tốt nghiệp", "pages": 2, "copies": 1},
        {"id": "b7", "title": "Sổ hộ tịch", "pages": 4},
    ],
    "copy_form": ["paper"],
}


class NoUnits:
    def found(self, unit_id: int) -> None:
        return None

    def name(self, unit_id: int) -> str | None:
        return None


WORLD = World(date(2026, 11, 24), NoUnits(), Known({}))


@pytest.fixture(scope="module")
def definition() -> Definition:
    source = json.loads((DATA / "forms" / "2.000815.json").read_text("utf-8"))
    return read(embed(source, TYPES))


@pytest.mark.parametrize(
    ("pointer", "value", "row"),
    [
        ("/copy_form", ["paper"], None),
        ("/documents/0/title", "Bằng tốt nghiệp", 0),
        ("/documents/1/pages", 4, 1),
        ("/documents/1/title", "Sổ hộ tịch", 1),
    ],
)
def test_leads_to_the_answer(definition: Definition, pointer: str, value: object, row: int | None) -> None:
    spot = spot_of(definition, ANSWERS, WORLD, pointer)
    assert spot is not None
    assert (spot.value, spot.row) == (value, row)


@pytest.mark.parametrize(
    "pointer",
    ["", "/", "/nothing", "/documents", "/documents/2/title", "/documents/b7/title", "/documents/0/x", "/a/b"],
)
def test_leads_nowhere(definition: Definition, pointer: str) -> None:
    assert spot_of(definition, ANSWERS, WORLD, pointer) is None


def test_the_pointer_of_a_spot_leads_back_to_it(definition: Definition) -> None:
    for pointer in ("/copy_form", "/documents/1/title"):
        spot = spot_of(definition, ANSWERS, WORLD, pointer)
        assert spot is not None
        assert spot.pointer == pointer


def test_one_row_changes_and_the_others_stay(definition: Definition) -> None:
    spot = spot_of(definition, ANSWERS, WORLD, "/documents/1/title")
    assert spot is not None
    form = AnswerItemForm(
        {"a-value": "Sổ khác"}, prefix="a", spot=spot, definition=definition, answers=ANSWERS, world=WORLD
    )
    form.is_valid()
    assert form.answer == {"title": "Sổ khác"}  # what `answer_item` lays into the row that the request points to
    assert form.after["documents"] == [ANSWERS["documents"][0], {**ANSWERS["documents"][1], "title": "Sổ khác"}]
    assert form.after == merged(ANSWERS, "/documents/1/title", form.answer)
    assert ANSWERS["documents"][1]["title"] == "Sổ hộ tịch"
