"""What a rule of retention takes away changes no figure: not when it is counted again, and not from the beginning."""

from datetime import UTC, datetime
from typing import Any

import pytest

from portal.dashboards.models import DossierFact, MonthFigure, TimeCount
from portal.dashboards.operations.refreshing import rebuild, refresh
from portal.dashboards.queries.checking import differences
from portal.events.actors import System
from portal.isolation import Purpose, scope
from services import retention
from services.models import Tombstone
from services.operations import citizen as deeds
from tests.cast import Cast
from tests.services.build import Office
from tests.services.conftest import MONDAY
from tests.services.full import everything
from tests.services.own import citizen
from tests.services.working import real

LATER = datetime(2060, 1, 1, tzinfo=UTC)


def figures() -> list[Any]:
    """All that is counted, without the rows' own numbers."""
    with scope(purpose=Purpose.STATISTICS):
        found: list[Any] = []
        for model in (DossierFact, MonthFigure, TimeCount):
            names = [field.attname for field in model._meta.concrete_fields if field.attname != "id"]
            found.append(sorted(map(str, model._default_manager.values_list(*names))))
        return found


@pytest.mark.django_db
def test_no_figure_changes(people: Cast) -> None:
    office, user = Office(people, real("1.001193", field="Chứng thực"), MONDAY), citizen()
    with scope(units=[people.home, people.neighbour, people.elsewhere], citizen=user.pk):
        dossier = everything(office, user)
        deeds.withdraw(dossier=dossier, reason="Không cần nữa", actor=user, now=office.tick())
    rebuild(actor=System.COMMAND, now=office.tick())
    before = figures()
    assert before[0]
    assert retention.carry_out_rules(now=LATER) > 0
    with scope(purpose=Purpose.RETENTION):
        assert Tombstone.objects.filter(dossier=dossier).exists()
    refresh(actor=System.COMMAND, now=LATER)
    assert figures() == before
    rebuild(actor=System.COMMAND, now=LATER)
    assert figures() == before
    assert differences() == []
