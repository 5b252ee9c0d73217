from tests.documents.route.conftest import marks, people, people_without_scope
from tests.documents.route.test_real_signatures import authority, trust
from tests.documents.route.test_real_signatures import people as signing_people

__all__ = ["authority", "marks", "people", "people_without_scope", "signing_people", "trust"]
