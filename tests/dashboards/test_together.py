"""Every page of figures costs twelve statements at most, as every page of a dossier does."""

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from tests.cast import sign_in
from tests.dashboards.test_pages import counted
from tests.services.build import Office
from tests.services.test_together import MOST

__all__ = ["counted"]
CONTROL = ("SAVEPOINT", "RELEASE", "select set_config")
PAGES = {
    "overview": "",
    "overview of a year": "ky=2026",
    "overview of a procedure": "thu_tuc=1.001193",
    "late": "chi_so=late",
    "compare": "",
    "report": "",
    "list": "chi_so=received",
    "list of what lacks": "chi_so=online&thieu=on",
    "petitions": "",
    "procedures": "chi_so=3.1",
    "own": "",
    "own-list": "chi_so=finished",
}


def _address(name: str) -> str:
    return reverse(f"dashboards:{name.partition(' of ')[0]}") + f"?{PAGES[name]}"


def statements(client: Client, address: str) -> list[str]:
    assert client.get(address).status_code == 200
    with CaptureQueriesContext(connection) as caught:
        client.get(address)
    return [one["sql"] for one in caught.captured_queries if not one["sql"].startswith(CONTROL)]


@pytest.mark.parametrize("name", PAGES)
@pytest.mark.parametrize("who", ["commune", "province"])
def test_a_page_of_figures_costs_twelve_statements_at_most(counted: Office, name: str, who: str) -> None:
    people = counted.people
    user = (people.leader if who == "commune" else people.administrator).user
    found = statements(sign_in(Client(), user), _address(name))
    assert len(found) <= MOST, "\n".join(found)


@pytest.mark.parametrize(
    "path", ["/so-lieu/", "/so-lieu/don-vi/{unit}/", "/so-lieu/du-lieu-mo/", "/so-lieu/du-lieu-mo.jsonld"]
)
def test_an_open_page_costs_twelve_at_most(counted: Office, path: str) -> None:
    found = statements(Client(), path.format(unit=counted.people.home) + f"?ky={timezone.localdate():%Y-%m}")
    assert len(found) <= MOST, "\n".join(found)


@pytest.mark.parametrize("path", ["statistics", "statistics/dossiers", "statistics/index-reports"])
def test_the_same_over_rest(counted: Office, path: str) -> None:
    found = statements(sign_in(Client(), counted.people.administrator.user), f"/api/v1/{path}")
    assert len(found) <= MOST, "\n".join(found)
