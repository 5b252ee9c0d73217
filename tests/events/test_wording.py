"""Whoever reads the record of what was done reads sentences, not the names that programs use."""

import ast
from enum import StrEnum

import pytest
from django.utils import translation

from portal import house
from portal.events.wording import actor_in_words, event_in_words, registered


def in_enums(kind: type[StrEnum] = StrEnum) -> set[str]:
    """The values of every list of facts, by its place and name in the house."""
    found: set[str] = set()
    for one in kind.__subclasses__():
        if one.__name__ in {"Fact", "Name"} and one.__module__.split(".")[0] in house.PACKAGES:
            found |= {member.value for member in one}
        found |= in_enums(one)
    return found


def in_calls() -> set[str]:
    """Names that are written out where they are recorded."""
    calls = (
        node for path in house.product_files() for node in ast.walk(house.tree(path)) if isinstance(node, ast.Call)
    )
    return {
        call.args[0].value
        for call in calls
        if isinstance(call.func, ast.Name) and call.func.id == "record" and call.args
        if isinstance(call.args[0], ast.Constant) and isinstance(call.args[0].value, str)
    }


def test_every_event_has_its_words_and_no_words_are_left_over() -> None:
    names = in_enums() | in_calls()
    assert len(names) > 30
    assert names - registered() == set(), "Say them in the event_words.py of their app."
    assert registered() - names == set(), "Nobody records these: strike them."


@pytest.mark.parametrize("name", sorted(registered()))
def test_the_words_are_vietnamese(name: str) -> None:
    with translation.override("vi"):
        vietnamese = event_in_words(name)
    with translation.override("en"):
        english = event_in_words(name)
    assert len({vietnamese, english, name}) == 3
    assert english.isascii()


def test_a_look_names_its_purpose_and_an_unknown_event_stays_what_it_is() -> None:
    assert event_in_words("services.dossier.viewed", purpose="thẩm định").endswith("thẩm định")
    assert event_in_words("old.thing.done") == "old.thing.done"


def test_who_did_it_is_said_without_a_name() -> None:
    said = [actor_in_words(actor, own="user:1") for actor in ("user:1", "user:2", "system:seal", "anonymous")]
    assert len(set(said)) == 4
    assert not any("user:" in one for one in said)
