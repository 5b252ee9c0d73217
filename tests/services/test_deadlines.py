"""What falls due by itself is carried out one by one: one that fails does not keep the others back."""

from typing import Any

import pytest

from services import deadlines, errors
from services.models import Dossier
from tests.services.build import Office


def test_one_that_fails_does_not_keep_the_others_back(office: Office, monkeypatch: pytest.MonkeyPatch) -> None:
    stuck, well = office.submitted(), office.submitted()
    alert = deadlines.alert_desk

    def sometimes(*, dossier: Dossier, **more: Any) -> Dossier | None:
        if dossier.pk == stuck.pk:
            raise errors.WrongStateError
        return alert(dossier=dossier, **more)

    monkeypatch.setattr(deadlines, "alert_desk", sometimes)
    assert deadlines.alert(now=office.tick()) == 1
    assert Dossier.objects.get(pk=well.pk).alerted_at == office.now
    assert Dossier.objects.get(pk=stuck.pk).alerted_at is None


def test_each_desk_is_told_once(office: Office) -> None:
    office.submitted()
    assert deadlines.alert(now=office.tick()) == 1
    assert deadlines.alert(now=office.tick()) == 0
