"""The owner of the tables has more rights than the application, but not that of rewriting history."""

import psycopg
import pytest

from tests.units.land import load_land


@pytest.mark.parametrize(
    "statement",
    [
        "delete from units_unit_version",
        "truncate units_unit_version cascade",
        "update units_unit_version set name = 'Khác'",
        "update units_unit set level = 'commune'",
        "update units_succession set is_default = false",
        "delete from units_reorg_event",
    ],
)
def test_the_owner_of_the_tables_rewrites_no_history_either(
    real_db: str, owner: psycopg.Connection, statement: str
) -> None:
    load_land()
    with pytest.raises(psycopg.errors.RestrictViolation):
        owner.execute(statement)
