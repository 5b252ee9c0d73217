"""The dossiers of the demonstration say what such dossiers say."""

import pytest
from django.utils import timezone

from services import demo, demo_split
from services.declarations import World, check_whole, read
from services.queries.catalogue import version_on
from services.queries.places import UnitsOn
from staff.demo import CODES, HOME, SPLIT
from units.queries import bearer

pytestmark = pytest.mark.usefixtures("country_catalogue")


def test_each_declares_what_its_form_asks() -> None:
    today = timezone.localdate()
    code, level = CODES[HOME]
    home = bearer(code, today, level=level).pk
    for row in demo.rows(home):
        version = version_on(row["procedure"], today)
        assert version
        faults = check_whole(read(version.form.definition), row["answers"], World(today, UnitsOn(today)))
        told = [(fault.pointer, fault.code) for fault in faults if not fault.pointer.endswith("_files")]
        assert not told, row["owner"]  # papers are shown at the desk


def test_those_of_the_split_commune_do_so_too() -> None:
    today, said = timezone.localdate(), demo_split.words()
    code, level = CODES[SPLIT]
    unit_id = bearer(code, today, level=level).pk
    version = version_on(said["procedure"], today)
    assert version
    for row in said["dossiers"]:
        given = demo_split.answers(said, row, unit_id)
        faults = check_whole(read(version.form.definition), given, World(today, UnitsOn(today)))
        assert not [fault.pointer for fault in faults if not fault.pointer.endswith("_files")], row["owner"]
