"""Capabilities: from posts as the dated catalogue says, at the unit or below, and from nothing else."""

import pytest
from django.apps import apps
from django.test import RequestFactory
from django.utils import timezone
from django.utils.module_loading import import_string

from portal.accounts.models import User
from portal.accounts.operations import close_user
from portal.events.actors import System
from portal.isolation import EMPTY
from staff import catalogue
from staff.scopes import scope_for, scope_of
from staff.states import TRANSITIONS, Action, Term
from staff.wording import CAPABILITIES
from tests.cast import Cast


def known_capabilities() -> set[str]:
    found = set()
    for app in apps.get_app_configs():
        for room in ("policies", "states", "signing.states"):
            try:
                enum = import_string(f"{app.name}.{room}.Capability")
            except ImportError:
                continue
            found |= {member.value for member in enum}
    return found


def test_catalogue_names_known_capabilities_and_posts_only() -> None:
    assert {grant.capability for grant in catalogue.grants()} <= known_capabilities()
    assert {grant.post for grant in catalogue.grants()} <= set(catalogue.kinds())


def test_every_capability_has_words() -> None:
    assert set(CAPABILITIES) == known_capabilities()


def test_post_of_the_province_reaches_its_communes_and_no_other(people: Cast) -> None:
    user = people.administrator.user
    held = [unit for unit in (people.province, people.home, people.neighbour, people.elsewhere)
            if user.has_perm("units.reorganisation.enter", unit)]  # fmt: skip
    assert held == [people.province, people.home, people.neighbour]


def test_post_of_a_commune_reaches_its_own_unit_only(people: Cast) -> None:
    user = people.deputy.user
    assert user.has_perm("calendar.hours.edit", people.home)
    assert user.has_perm("calendar.hours.edit")
    assert not user.has_perm("calendar.hours.edit", people.neighbour)
    assert not user.has_perm("calendar.hours.edit", people.province)


def test_nobody_has_a_right_that_no_post_brings(people: Cast) -> None:
    for member in (people.desk_officer, people.leader, people.administrator):
        assert not member.user.has_perm("units.reorganisation.sign", people.home)


def test_closed_user_has_none(people: Cast) -> None:
    close_user(user=people.deputy.user, reason="test", actor=System.COMMAND, now=timezone.now())
    assert not people.deputy.user.has_perm("calendar.hours.edit", people.home)


def test_scope_is_the_units_of_live_assignments(people: Cast) -> None:
    assert scope_of(people.desk_officer.user).units == (people.home,)
    below = set(scope_of(people.administrator.user).units)
    assert {people.province, people.home, people.neighbour} <= below
    assert people.elsewhere not in below


def test_scope_of_a_stranger_is_empty(rf: RequestFactory) -> None:
    assert scope_for(rf.get("/")) == EMPTY


def test_scope_of_a_citizen_is_the_citizen() -> None:
    user = User(kind="citizen", username="c-1")
    assert (scope_of(user).citizen, scope_of(user).units) == (user.pk, ())


@pytest.mark.parametrize("action", Action)
def test_table_is_complete(action: Action) -> None:
    terms, capability, fact = TRANSITIONS[action]
    assert capability.value in known_capabilities()
    assert fact.value.startswith("staff.")
    wanted = {
        Action.MOVE: {Term.CURRENT},
        Action.TAKE_BACK: {Term.COMING},
        Action.CORRECT: set(Term),
    }
    assert set(terms) == wanted.get(action, {Term.COMING, Term.CURRENT})
