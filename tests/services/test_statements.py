"""What the two deeds cost that a desk does eighty times a day: statements of the database, counted."""

from django.db import connection
from django.test.utils import CaptureQueriesContext

from services.models import Component, Proof
from services.operations import reception
from services.operations.checklist import Checked, check_papers
from tests.services.build import Office

CHECK, ACCEPT = 6, 35  # `CHECK` besides one event for each paper


def statements(captured: CaptureQueriesContext) -> list[str]:
    """Without what opens and closes savepoints."""
    return [one["sql"] for one in captured.captured_queries if "SAVEPOINT" not in one["sql"]]


def test_checking_the_papers_costs_one_more_for_each_paper_and_receiving_little(office: Office) -> None:
    dossier, desk = office.submitted(), office.people.desk_officer.user
    rows = [Checked(row.key, Proof.SHOWN, (0, 0, 1)) for row in Component.objects.filter(dossier=dossier)]
    assert len(rows) == 3
    with CaptureQueriesContext(connection) as checked:
        check_papers(dossier=dossier, rows=rows, actor=desk, now=office.tick())
    with CaptureQueriesContext(connection) as accepted:
        reception.accept(dossier=dossier, actor=desk, now=office.tick())
    assert len(statements(checked)) <= CHECK + len(rows), "\n".join(statements(checked))
    assert len(statements(accepted)) <= ACCEPT, "\n".join(statements(accepted))
