"""A machine reads the description and tries it out: no server error, no answer that the description doesn't promise."""

from collections.abc import Iterator

import pytest
import schemathesis
from django.core.wsgi import get_wsgi_application
from hypothesis import HealthCheck, settings
from schemathesis.checks import CHECKS

from tests.conftest import _fresh

# A day before the data, or a search text without a letter, fits the schema and is refused all the same.
EXCLUDED = ["positive_data_acceptance"]
EXAMPLES = 16  # for each of the 12 operations


@pytest.fixture(scope="module")
def whole_country(django_db_setup: None, django_db_blocker: object) -> Iterator[str]:
    yield from _fresh(django_db_blocker, country=True)


@pytest.fixture
def described(whole_country: str) -> schemathesis.BaseSchema:
    return schemathesis.openapi.from_wsgi("/api/v1/openapi.json", get_wsgi_application())


lazy = schemathesis.pytest.from_fixture("described")


@pytest.mark.long
@lazy.parametrize()
@settings(max_examples=EXAMPLES, deadline=None, suppress_health_check=list(HealthCheck))
def test_does_what_it_says(case: schemathesis.Case) -> None:
    case.call_and_validate(excluded_checks=[CHECKS.get_one(name) for name in EXCLUDED])
