"""Publishing a version of a procedure, and withdrawing one."""

import copy
from datetime import date
from typing import Any

import pytest
from django.db import DatabaseError, transaction

from portal.events.actors import System
from portal.events.models import Event
from services.catalogue import fixture
from services.errors import EndedError, NotAllowedError, NotPublishableError, OutOfOrderError
from services.models import ProcedureVersion
from services.operations import publish_version, withdraw_version
from services.queries.catalogue import version_on
from tests.cast import NOW, cast

pytestmark = pytest.mark.django_db
CATALOGUE = fixture.read()
CODE = "1.001193"


def description() -> dict[str, Any]:
    return copy.deepcopy(CATALOGUE.full[CODE])


def publish(
    changed: dict[str, Any] | None = None, *, first_day: date | None = None, actor: Any = System.COMMAND
) -> ProcedureVersion:
    given = changed or description()
    return publish_version(description=given, form=CATALOGUE.form_of(given), first_day=first_day, actor=actor, now=NOW)


def later() -> dict[str, Any]:
    changed = description()
    changed["decision"]["number"] = "999/QĐ-BTP"
    changed["valid_from"] = "2027-03-01"
    return changed


def test_it_holds_from_its_day_and_is_in_the_trail() -> None:
    version = publish()
    assert version_on(CODE, date(2026, 7, 1)) == version
    assert version_on(CODE, date(2026, 6, 30)) is None
    event = Event.objects.get(name="services.procedure.published")
    assert event.facts["version"] == version.pk
    assert event.facts["decision"] == "163/QĐ-BTP"


def test_a_new_version_ends_the_one_before_and_changes_nothing_else_in_it() -> None:
    old = publish()
    parts, digest = old.parts, old.digest
    new = publish(later())
    assert version_on(CODE, date(2027, 2, 28)) == old
    assert version_on(CODE, date(2027, 3, 1)) == new
    old.refresh_from_db()
    assert (old.parts, old.digest, old.until) == (parts, digest, date(2027, 3, 1))


def test_the_same_again_changes_nothing() -> None:
    assert publish() == publish()
    assert Event.objects.filter(name="services.procedure.published").count() == 1


def test_two_versions_never_hold_on_one_day() -> None:
    publish(later())
    with pytest.raises(OutOfOrderError):
        publish()


def test_only_who_may_publish_does() -> None:
    people = cast()
    with pytest.raises(NotAllowedError):
        publish(actor=people.desk_officer.user)
    assert publish(actor=people.administrator.user)


@pytest.mark.parametrize(
    ("path", "value", "complaint"),
    [
        (("code",), "1001193", "does not match"),
        (("parts", "components", 2, "alternative_to"), "nothing", "no other component"),
        (("parts", "components", 2, "alternative_to"), "abandonment_minutes", "itself stands in"),
        (("parts", "components", 1, "key"), "application_form", "stands there 2 times"),
        (("parts", "results", 0, "code"), "KQ-1", "does not match"),
        (("parts", "forms", 0, "component"), "nothing", "no component nothing"),
        (("parts", "limit", "unit"), "week", "is not one of"),
        (("parts", "secret"), True, "unexpected"),
        (("steps", 0, "share_of_limit"), 0.9, "add up"),
        (("steps", 0, "parallel_with"), "return", "no earlier step"),
        (("handling", "filing"), "hand_off", "the address"),
        (("handling", "online_level"), "partial", "reason in public"),
        (("handling", "processing_system"), "ministry:G01", "not filed here"),
        (("valid_from",), "2026-02-31", "is not a 'date'"),
    ],
)
def test_what_is_not_complete_is_not_published(path: tuple[Any, ...], value: Any, complaint: str) -> None:
    broken = description()
    place = broken
    for step in path[:-1]:
        place = place[step]
    place[path[-1]] = value
    with pytest.raises(NotPublishableError) as refused:
        publish(broken)
    assert any(complaint in fault for fault in refused.value.faults), refused.value.faults
    assert not ProcedureVersion.objects.exists()


def test_a_form_that_names_a_component_which_is_not_there_is_not_published() -> None:
    broken = description()
    broken["parts"]["components"] = [
        row for row in broken["parts"]["components"] if row["key"] != "surrogacy_confirmation"
    ]
    with pytest.raises(NotPublishableError, match="surrogacy_confirmation"):
        publish(broken)


def test_withdrawing_ends_it_on_a_day() -> None:
    version = publish()
    withdraw_version(version=version, until=date(2027, 1, 1), decision_no="7/QĐ", actor=System.COMMAND, now=NOW)
    assert version_on(CODE, date(2027, 1, 1)) is None
    with pytest.raises(EndedError):
        withdraw_version(version=version, until=date(2027, 2, 1), decision_no="7/QĐ", actor=System.COMMAND, now=NOW)


def test_withdrawing_needs_the_right_and_a_day_after_the_first() -> None:
    people, version = cast(), publish()
    with pytest.raises(NotAllowedError):
        withdraw_version(version=version, until=date(2027, 1, 1), decision_no="7", actor=people.leader.user, now=NOW)
    with pytest.raises(EndedError):
        withdraw_version(version=version, until=date(2026, 7, 1), decision_no="7", actor=System.COMMAND, now=NOW)


@pytest.mark.parametrize(
    "change", [{"parts": {}}, {"name_vi": "Khác"}, {"decision_no": ""}, {"valid": ("2026-08-01", None)}]
)
def test_the_database_keeps_what_was_published(change: dict[str, Any]) -> None:
    version = publish()
    with pytest.raises(DatabaseError, match="history"), transaction.atomic():
        ProcedureVersion.objects.filter(pk=version.pk).update(**change)
    with pytest.raises(DatabaseError, match="never deleted"), transaction.atomic():
        ProcedureVersion.objects.filter(pk=version.pk).delete()
