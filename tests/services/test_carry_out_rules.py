"""Rules of retention are carried out: on time, once, never against a hold, and nothing about people is left."""

import json
from datetime import datetime, timedelta
from typing import Any

import pytest
from django.apps import apps
from django.db import IntegrityError, transaction
from django.db.models import BinaryField, Model

from documents import storage
from documents.models import Blob, RemovedContent, StoredFile
from documents.operations.files import store_made
from documents.operations.removing import remove_file
from documents.queries.files import read
from documents.states import FileState
from documents.sweeping import release_contents
from portal.accounts import vault
from portal.events import Event
from portal.events.actors import System
from portal.isolation import Purpose, scope
from services import retention
from services.events import Fact
from services.models import Attachment, Dossier, Draft, Evidence, Message, Note, PrintedForm, RetentionStep, Tombstone
from services.operations import citizen as deeds
from services.queries.retention import declared_digest
from tests.cast import Cast
from tests.services.build import NUMBER, Office
from tests.services.conftest import MONDAY
from tests.services.full import everything
from tests.services.own import citizen
from tests.services.working import real

YEARS_LATER = datetime(2038, 6, 1, 3, 0, tzinfo=MONDAY.tzinfo)
WORDS = ("Giàng Thị Nhuẫn", "Vàng Thị Dở", "Đã gọi trạm y tế", "Bao giờ xong", "Sai ngày sinh", "0912000321", NUMBER)


@pytest.fixture
def support(people: Cast) -> Office:
    """A field whose dossiers are not kept for ever, and need not go to the archive before."""
    return Office(people, real("1.001193", field="Chứng thực"), MONDAY)


def ended(office: Office, **more: Any) -> tuple[Dossier, Any]:
    """Something of everything, and withdrawn."""
    user = citizen()
    with scope(units=[office.people.home, office.people.neighbour, office.people.elsewhere], citizen=user.pk):
        dossier = everything(office, user)
        deeds.withdraw(dossier=dossier, reason="Không cần nữa", actor=user, now=office.tick())
    return office.again(dossier), user


def rows_of(dossier: Dossier) -> list[Model]:
    """Every row of this app that belongs to the dossier, whatever model."""
    found: list[Model] = [dossier]
    for model in apps.get_app_config("services").get_models():
        for field in model._meta.get_fields():
            if getattr(field, "related_model", None) is Dossier and getattr(field, "concrete", False):
                found += list(model._default_manager.filter(**{field.name: dossier}))
    found += list(Attachment.objects.filter(component__dossier=dossier))
    return found + list(Evidence.objects.filter(subject_id=dossier.pk))


def told(row: Model) -> str:
    """All that a row says, sealed columns opened."""
    values = {}
    for field in row._meta.concrete_fields:
        value = getattr(row, field.attname)
        if isinstance(field, BinaryField) and value:
            label, name = row._meta.label, field.name
            sealed = [one for one in vault.registered() if (one.model, one.field) == (label, name)]
            value = vault.unseal(value, context=sealed[0].context(row.pk)) if sealed else bytes(value).hex()
        values[field.attname] = str(value)
    return json.dumps(values, ensure_ascii=False)


def everything_said(dossier: Dossier) -> str:
    return "\n".join(told(row) for row in rows_of(dossier))


@pytest.mark.django_db
def test_personal_data_go_and_a_tombstone_stays(support: Office) -> None:
    dossier, user = ended(support)
    answers, before = dossier.answers, everything_said(dossier)
    assert all(word in before for word in WORDS)
    assert retention.carry_out_rules(now=YEARS_LATER) > 0
    with scope(purpose=Purpose.RETENTION):
        dossier = support.again(dossier)
        after = everything_said(dossier)
        stone = Tombstone.objects.get(dossier=dossier)
        assert not Draft.objects.filter(dossier=dossier).exists()
    assert not [word for word in WORDS if word in after]
    assert str(user.pk) not in after
    assert (dossier.answers, dossier.contact, dossier.owner_number) == ({}, {}, "")
    assert (stone.code, stone.outcome, stone.closed_at) == (dossier.code, dossier.state, dossier.closed_at)
    assert stone.digests["declared"] == declared_digest(answers)
    assert dossier.minimised_at == YEARS_LATER


@pytest.mark.django_db
def test_the_database_itself_lets_nothing_be_rewritten(support: Office) -> None:
    dossier, _user = ended(support)
    for purpose, text in ((Purpose.RETENTION, b"other"), (None, b"")):
        with pytest.raises(IntegrityError), transaction.atomic(), scope(units=dossier.unit_ids(), purpose=purpose):
            PrintedForm.objects.filter(dossier=dossier).update(data_sealed=text)
    with pytest.raises(IntegrityError), transaction.atomic(), scope(units=dossier.unit_ids()):
        Message.objects.filter(dossier=dossier).delete()
    with (
        pytest.raises(IntegrityError),
        transaction.atomic(),
        scope(units=dossier.unit_ids(), purpose=Purpose.RETENTION),
    ):
        Dossier.objects.filter(pk=dossier.pk).update(minimised_at=YEARS_LATER)  # with all its data


@pytest.mark.django_db
def test_a_second_run_changes_nothing(support: Office) -> None:
    dossier, _user = ended(support)
    assert retention.carry_out_rules(now=YEARS_LATER) > 0
    with scope(purpose=Purpose.RETENTION, units=dossier.unit_ids()):
        before = (Event.objects.count(), support.again(dossier).revision, RetentionStep.objects.count())
    assert retention.carry_out_rules(now=YEARS_LATER + timedelta(days=1)) == 0
    with scope(purpose=Purpose.RETENTION, units=dossier.unit_ids()):
        assert (Event.objects.count(), support.again(dossier).revision, RetentionStep.objects.count()) == before


@pytest.mark.django_db
def test_each_kind_goes_in_its_own_time_with_its_event(support: Office) -> None:
    dossier, _user = ended(support)
    assert dossier.closed_at is not None
    later = dossier.closed_at + timedelta(days=200)  # papers of copies: six months
    assert retention.carry_out_rules(now=later) == 1
    with scope(purpose=Purpose.RETENTION, units=dossier.unit_ids()):
        assert list(RetentionStep.objects.values_list("kind", "rule")) == [("papers", "papers-copies")]
        assert Event.objects.filter(name=Fact.PAPERS_REMOVED, subject_id=str(dossier.pk)).count() == 1
        assert Message.objects.filter(dossier=dossier).count() == 2
        assert Note.objects.filter(dossier=dossier).exists()
        assert support.again(dossier).owner_name == dossier.owner_name


@pytest.mark.django_db
def test_files_leave_the_storage_and_their_digests_stay(support: Office) -> None:
    dossier, _user = ended(support)
    file = Attachment.objects.filter(component__dossier=dossier).first()
    assert file is not None
    digest = file.file.blob_id
    assert storage.store().exists(storage.name_of(digest))
    retention.carry_out_rules(now=YEARS_LATER)
    with scope(purpose=Purpose.RETENTION, units=dossier.unit_ids()):
        row = StoredFile.objects.get(pk=file.file_id)
        stone = Tombstone.objects.get(dossier=dossier)
        events = Event.objects.filter(name="documents.file.removed", subject_id=str(row.pk)).count()
    assert (row.state, row.name, row.owner, row.uploaded_by, events) == (FileState.REMOVED, "", None, "", 1)
    assert digest in stone.digests["files"] or RetentionStep.objects.filter(kind="papers").exists()
    assert Blob.objects.filter(pk=digest, removed__isnull=False).exists()
    assert not storage.store().exists(storage.name_of(digest))


@pytest.mark.django_db
def test_a_crash_before_the_storage_loses_and_leaves_nothing(support: Office, monkeypatch: pytest.MonkeyPatch) -> None:
    dossier, _user = ended(support)
    file = Attachment.objects.filter(component__dossier=dossier).first()
    assert file is not None
    name = storage.name_of(file.file.blob_id)
    monkeypatch.setattr(retention, "release_contents", lambda **_more: 0)  # the worker died
    retention.carry_out_rules(now=YEARS_LATER)
    assert storage.store().exists(name)
    monkeypatch.undo()
    monkeypatch.setattr("documents.storage.remove", died)
    with pytest.raises(RuntimeError):
        retention.carry_out_rules(now=YEARS_LATER)
    assert not RemovedContent.objects.exists()
    monkeypatch.undo()
    retention.carry_out_rules(now=YEARS_LATER)
    assert not storage.store().exists(name)
    assert RemovedContent.objects.exists()


def died(*_where: str) -> None:
    raise RuntimeError


@pytest.mark.django_db
def test_content_that_somebody_else_keeps_stays(support: Office) -> None:
    dossier, user = ended(support)
    file = Attachment.objects.filter(component__dossier=dossier).first()
    assert file is not None
    with scope(citizen=user.pk, units=dossier.unit_ids()):
        copy = StoredFile.objects.get(pk=file.file_id)
        content = read(copy)
        other = store_made(
            content=content, name="x", media_type="image/png", unit_id=support.people.home, actor=System.COMMAND,
            now=support.now,
        )  # fmt: skip
    retention.carry_out_rules(now=YEARS_LATER)
    assert storage.store().exists(storage.name_of(other.blob_id))
    with scope(purpose=Purpose.RETENTION, units=dossier.unit_ids()):
        remove_file(file_id=other.pk, unit_id=support.people.home, ground="x", actor=System.COMMAND, now=YEARS_LATER)
    release_contents(now=YEARS_LATER)
    assert not storage.store().exists(storage.name_of(other.blob_id))
    with scope(units=dossier.unit_ids()):
        again = store_made(
            content=content, name="x", media_type="image/png", unit_id=support.people.home, actor=System.COMMAND,
            now=YEARS_LATER,
        )  # fmt: skip
        assert read(again) == content
    release_contents(now=YEARS_LATER)
    assert storage.store().exists(storage.name_of(again.blob_id))
