"""Papers of what an act handed on: its new unit opens the files, and reads what registers said and what happened."""

from typing import Any

import pytest
from django.test import Client
from django.utils.timezone import localdate

from documents.queries.files import readable
from portal.accounts.models import User
from portal.events.actors import System
from portal.isolation import Purpose, scope, use
from services.models import Attachment, Dossier, Evidence, ProcedureVersion
from services.queries.parts import desk_parts
from services.reorganisation import Dossiers, Petitions
from staff.scopes import scope_of
from tests.cast import Cast, officer, sign_in
from tests.documents.uploading import sent
from tests.services.after import merged
from tests.services.api.talking import Rest
from tests.services.build import Office
from tests.services.consulting import neighbour
from tests.services.full import everything
from tests.services.own import citizen
from tests.services.petitioning import Box
from tests.services.test_reorganisation import Act
from tests.services.working import real

UNKNOWN = ({"villages": ["Thôn Na Kim"]}, {"villages": ["Thôn Na Quang"]})


@pytest.fixture
def version(people: Cast) -> ProcedureVersion:
    return real("1.001193")


@pytest.fixture
def dossier(office: Office) -> Dossier:
    filer, people = citizen(), office.people
    with scope(units=[people.home, people.neighbour, people.elsewhere], citizen=filer.pk):
        return everything(office, filer)


def elsewhere(office: Office) -> User:
    unit = office.people.elsewhere
    return officer("van", name="Lò Thị Vân", number="000186000032", unit_id=unit, post="civil-status-specialist").user


def seen(user: User, dossier: Dossier, office: Office) -> tuple[int, int, int]:
    """How many of its files, answers of registers and events this officer reads."""
    with scope(purpose=Purpose.REORGANISATION):
        files = list(Attachment.objects.filter(component__dossier=dossier).values_list("file", flat=True))
    with use(scope_of(user)):
        mine = readable(user, localdate(office.now)).filter(pk__in=files)
        parts = desk_parts(Dossier.objects.get(pk=dossier.pk))
        return mine.count(), Evidence.objects.filter(subject_id=dossier.pk).count(), len(parts.events)


def test_after_a_merger_the_successor_opens_what_was_sent_to_the_old_unit(
    office: Office, dossier: Dossier, monkeypatch: pytest.MonkeyPatch, client: Client
) -> None:
    file = Attachment.objects.filter(component__dossier=dossier)[0].file_id
    merged(office, monkeypatch)
    specialist = office.people.specialist.user
    for visitor, path in ((sign_in(client, specialist), "/tep"), (Rest(specialist).client, "/api/v1/files")):
        response = visitor.get(f"{path}/{file}/" if path == "/tep" else f"{path}/{file}/content")
        assert response.status_code == 200
        assert response.getvalue()


@pytest.mark.parametrize("by", ["a rule", "a person"])
def test_who_gets_it_of_a_split_unit_reads_all_of_it(office: Office, dossier: Dossier, by: str) -> None:
    other = elsewhere(office)
    before = seen(office.people.specialist.user, dossier, office)
    assert min(before) > 0
    rules: Any = (None, {"procedures": [dossier.version.code]}) if by == "a rule" else UNKNOWN
    Act(office, rules).apply()
    if by == "a person":
        neighbour(office)
        with scope(purpose=Purpose.REORGANISATION):
            Dossiers().place(
                ("services.dossier", str(dossier.pk)),
                from_unit=office.people.neighbour,
                to_unit=office.people.elsewhere,
                now=office.tick(),
                actor=System.SCHEDULE,
            )
    files, answers, events = seen(other, dossier, office)
    assert (files, answers) == before[:2]
    assert events > before[2]  # all there were, and the hand-over
    assert len(Rest(other).get(f"dossiers/{dossier.pk}/events", limit=100)["items"]) == events


def test_the_files_of_a_petition_follow_it(office: Office) -> None:
    people, user = office.people, citizen()
    with scope(citizen=user.pk):
        kept = sent(actor=user, owner=user.pk)
        petition = Box(people, office.now).filed(actor=user, files=[kept])
    act = Act(office, ({"addresses": ["Xã khác"]}, None))
    with scope(purpose=Purpose.REORGANISATION):
        (undecided,) = Petitions().apply(act.act, now=office.tick(), actor=System.SCHEDULE).undecided
        assert undecided.subject == ("services.petition", str(petition.pk))
        places = {"from_unit": people.neighbour, "to_unit": people.elsewhere}
        Petitions().place(undecided.subject, **places, now=office.tick(), actor=System.SCHEDULE)
    reader = elsewhere(office)
    with use(scope_of(reader)):
        assert readable(reader, localdate(office.now)).get() == kept
