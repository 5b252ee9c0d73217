"""The files of the repository become the catalogue, once."""

import pytest

from services.models import Procedure, ProcedureVersion

pytestmark = pytest.mark.usefixtures("catalogue")


def test_all_procedures_are_there_in_full_or_in_name() -> None:
    assert ProcedureVersion.objects.filter(in_name=False).count() == 25
    assert ProcedureVersion.objects.filter(in_name=True).count() == 572 - 24
    assert Procedure.objects.count() == 573
