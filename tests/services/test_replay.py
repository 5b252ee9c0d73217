"""The reform of 2025 once more, small: one province, in a database of its own, while people work."""

from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import datetime
from io import StringIO

import psycopg
import pytest
from django.core.management import call_command
from django.core.management.base import CommandError
from pytest_django.plugin import DjangoDbBlocker

from portal.events.actors import Actor
from services.reorganisation import Dossiers
from services.replay.crowd import Lived
from services.replay.locks import Wait
from services.replay.replaying import Replayed, Wanted, replay
from services.replay.report import lines, longest_wait
from services.replay.scratch import NoScratch, scratch
from services.replay.sums import Sums, differences
from tests import databases
from units.country import read
from units.handovers import Applied, Reorganisation, all_handovers, registered

LAI_CHAU, QUANG_NINH, BAC_NINH = "12", "22", "24"
Replaying = Callable[..., Replayed]


@pytest.fixture
def replaying(django_db_setup: None, django_db_blocker: DjangoDbBlocker) -> Iterator[Replaying]:
    """A replay of one province with 200 dossiers."""

    def one(province: str = LAI_CHAU, workers: int = 1) -> Replayed:
        with scratch(template=databases.template(country=False)) as name:
            return replay(Wanted(200, (province,), workers), name, lambda _line: None)

    with django_db_blocker.unblock():
        yield one


class Forgetful(Dossiers):
    """Hands over nothing of one commune."""

    def apply(self, act: Reorganisation, *, now: datetime, actor: Actor) -> Applied:
        heirs = dict(sorted(act.heirs.items())[:-1])
        left = Reorganisation(act.act_id, act.kind, act.legal_no, act.effective_on, heirs, act.made)
        return super().apply(left, now=now, actor=actor)


def test_a_province_is_as_the_files_say_and_adds_up_though_people_worked(replaying: Replaying) -> None:
    done = replaying()
    assert done.wrong == []
    assert done.before is not None
    assert sum(done.before.petitions.values()) > 0
    assert done.before.closed_petitions[0] > 0
    assert sum(run.dossiers for run in done.runs) > 0
    assert {one.outcome for one in done.lived} & {"done", "filed"}
    assert any(line == "Everything adds up." for line in lines(done))


def test_parts_that_no_rule_knew_wait_for_a_person_and_the_act_of_2026_comes_last(replaying: Replaying) -> None:
    done = replaying(QUANG_NINH, workers=0)
    assert sum(run.undecided for run in done.runs) > 0
    assert [run.legal_no for run in done.runs][1:] == ["36/2026/QH16"]
    assert done.wrong == []


def test_a_handover_that_forgets_a_unit_is_named(replaying: Replaying) -> None:
    others = [each for each in all_handovers() if each.name != Dossiers.name]
    with registered(*others, Forgetful()):
        done = replaying(workers=0)
    assert any("dossier-left" in wrong for wrong in done.wrong)
    assert any("lie with a unit that has ended" in wrong for wrong in done.wrong)


def test_the_command_fails_when_something_does_not_add_up(
    monkeypatch: pytest.MonkeyPatch, django_db_blocker: DjangoDbBlocker
) -> None:
    from services.management.commands import replay_2025

    def spoilt(*_given: object) -> Replayed:
        return Replayed(filled=None, wrong=["one dossier too few"])

    monkeypatch.setattr(replay_2025, "replay", spoilt)
    said = StringIO()
    with django_db_blocker.unblock(), pytest.raises(CommandError):
        call_command("replay_2025", template=databases.template(country=False), stdout=said)
    assert "one dossier too few" in said.getvalue()


def test_without_a_superuser_nothing_is_done(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("DATABASE_SUPERUSER_URL")
    with pytest.raises(NoScratch), scratch():
        pytest.fail("a database was made")


def test_the_scratch_database_is_dropped_and_the_own_one_is_back(
    django_db_setup: None, django_db_blocker: DjangoDbBlocker
) -> None:
    from django.db import connections

    before = connections["default"].settings_dict["NAME"]
    with django_db_blocker.unblock():
        with scratch(template=databases.template(country=False)) as name:
            assert connections["default"].settings_dict["NAME"] == name != before
        with databases.maintenance() as server, pytest.raises(psycopg.Error):
            server.execute(psycopg.sql.SQL("alter database {} rename to x").format(psycopg.sql.Identifier(name)))
    assert connections["default"].settings_dict["NAME"] == before


def test_a_part_of_the_country_has_all_that_its_provinces_were_made_of() -> None:
    part = read().part_of([BAC_NINH])
    assert {place.code for place in part.legacy if not place.parent} == {"24", "27"}
    assert {edge.new for edge in part.edges} <= {place.code for place in part.reformed}
    assert not part.before_reform().reformed


def test_a_wait_is_told_of_the_deed_whose_connection_stood_in_it() -> None:
    here = Lived("desk", "24", 10.0, 11.0, "done", pid=7)
    there = Lived("desk", "75", 10.0, 12.0, "done", pid=8)
    waits = [Wait(7, 10.9, 0.4), Wait(8, 11.5, 0.1), Wait(8, 15.0, 3.0)]
    assert longest_wait(waits, [here]) == 0.4
    assert longest_wait(waits, [there]) == 0.1
    assert longest_wait(waits, []) == 0.0


def test_a_petition_that_was_lost_or_touched_is_named() -> None:
    before = Sums((3, "x"), (1, "y"), {1: 5, 2: 6}, {"submitted": 2}, {1: 2}, 4)
    heirs = {1: 9, 2: 9}
    after = replace(before, petitions={9: 11}, by_province={9: 2})
    assert list(differences(before, after, {}, heirs)) == []
    lost = replace(after, petitions={9: 10}, closed_petitions=(1, "z"))
    told = list(differences(before, lost, {}, heirs))
    assert told == [
        "closed petitions: 1 before, 1 after, or one of them was touched",
        "open petitions of province 9: 11 expected, 10 found",
    ]
