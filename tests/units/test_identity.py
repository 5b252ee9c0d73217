"""Which units live on across the reform of 1 July 2025."""

from collections import Counter

import pytest

from units.checks import check_files
from units.country import BadData, Country, Edge, Place, check, keeps_identity, read
from units.kinds import Level, Share

COUNTRY = read()
C = Level.COMMUNE
KEPT = keeps_identity(COUNTRY.legacy, COUNTRY.reformed, COUNTRY.edges)


def commune(code: str) -> Place:
    return Place(C, code, code, "xa")


def edge(old: str, new: str, share: Share = Share.WHOLE) -> Edge:
    return Edge(C, old, C, new, share, is_default=True)


def test_132_communes_and_11_provinces_live_on() -> None:
    assert Counter(level for level, _ in KEPT) == {Level.COMMUNE: 132, Level.PROVINCE: 11}


def test_the_provinces_that_live_on_are_those_that_took_nobody_in() -> None:
    provinces = sorted(code for level, code in KEPT if level is Level.PROVINCE)
    assert provinces == ["01", "04", "11", "12", "14", "20", "22", "38", "40", "42", "46"]


@pytest.mark.parametrize("code", ["21997", "25822", "27007"])
def test_a_single_predecessor_that_was_split_does_not_live_on(code: str) -> None:
    assert [each.old for each in COUNTRY.edges if each.new == code and each.new_level is C] == [code]
    assert (C, code) not in KEPT


def test_a_commune_lives_on_under_another_parent() -> None:
    assert keeps_identity([commune("1")], [commune("1")], [edge("1", "1")]) == {(C, "1")}


def test_a_merger_is_a_new_unit_though_name_and_code_stay() -> None:
    assert not keeps_identity([commune("1"), commune("2")], [commune("1")], [edge("1", "1"), edge("2", "1")])


def test_another_code_is_a_new_unit_in_this_reform() -> None:
    assert not keeps_identity([commune("1")], [commune("2")], [edge("1", "2")])


def test_a_split_makes_only_new_units() -> None:
    edges = [edge("1", "1", Share.PART), edge("1", "2", Share.PART)]
    assert not keeps_identity([commune("1")], [commune("1"), commune("2")], edges)


@pytest.mark.parametrize("known", list(check_files(COUNTRY)), ids=lambda known: known.name)
def test_the_files_hold_the_known_figures(known) -> None:
    assert known.found == known.expected


@pytest.mark.parametrize(
    ("legacy", "reformed", "edges", "says"),
    [
        ([commune("1"), commune("1")], [], [], "twice"),
        ([Place(C, "1", "An", "xa", parent="9")], [], [], "lies in 9"),
        ([commune("1")], [], [edge("1", "2")], "Succession 1 → 2"),
        ([], [Place(C, "1", "An", "xa", act="5/NQ")], [], "names the act 5/NQ"),
    ],
)
def test_files_that_contradict_each_other_are_refused(legacy, reformed, edges, says) -> None:
    with pytest.raises(BadData, match=says):
        check(Country(COUNTRY.acts, tuple(legacy), tuple(reformed), tuple(edges), (), {}, {}))
