from collections.abc import Iterator

import pytest

from portal.isolation import Purpose, scope
from tests.cast import Cast, cast
from tests.documents.route.build import make_certificates
from tests.documents.route.marks import sign_with_marks


@pytest.fixture(autouse=True)
def marks(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> None:
    """Unless a test wants real signatures."""
    if "trust" not in request.fixturenames:
        sign_with_marks(monkeypatch)


@pytest.fixture
def people_without_scope(db: None) -> Cast:
    made = cast()
    with scope(purpose=Purpose.DEMO, units=[made.home, made.neighbour]):
        make_certificates(made)
    return made


@pytest.fixture
def people(people_without_scope: Cast) -> Iterator[Cast]:
    """The cast, with all of their units in scope, and certificates for those who sign and for their organ."""
    made = people_without_scope
    with scope(units=[made.home, made.neighbour, made.province, made.elsewhere]):
        yield made
