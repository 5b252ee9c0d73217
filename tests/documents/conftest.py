from collections.abc import Iterator

import pytest

from portal.isolation import scope
from tests.cast import Cast, cast


@pytest.fixture
def people_without_scope(db: None) -> Cast:
    return cast()


@pytest.fixture
def people(people_without_scope: Cast) -> Iterator[Cast]:
    """The cast, with all of their units in scope; a request narrows it to its own user's."""
    made = people_without_scope
    with scope(units=[made.home, made.neighbour, made.province, made.elsewhere]):
        yield made
