"""A machine reads the description and tries it out: no server error, no answer that the description doesn't promise."""

from collections.abc import Iterator

import pytest
import schemathesis
from django.core.wsgi import get_wsgi_application
from hypothesis import HealthCheck, given, settings
from pytest_django.plugin import DjangoDbBlocker
from schemathesis.checks import CHECKS

from tests.conftest import _fresh

# A day before the data, or a search text without a letter, fits the schema and is refused all the same.
EXCLUDED = ["positive_data_acceptance"]
EXAMPLES = 16  # for each operation; about 200 in all


@pytest.fixture(scope="module")
def whole_country(django_db_setup: None, django_db_blocker: DjangoDbBlocker) -> Iterator[str]:
    yield from _fresh(django_db_blocker, country=True)


@pytest.mark.long
def test_does_what_it_says(whole_country: str) -> None:
    described = schemathesis.openapi.from_wsgi("/api/v1/openapi.json", get_wsgi_application())
    operations = [result.ok() for result in described.get_all_operations()]
    assert len(operations) > 10
    for operation in operations:

        @given(case=operation.as_strategy())
        @settings(max_examples=EXAMPLES, deadline=None, suppress_health_check=list(HealthCheck))
        def tried(case: schemathesis.Case) -> None:
            case.call_and_validate(excluded_checks=[CHECKS.get_one(name) for name in EXCLUDED])

        tried()
