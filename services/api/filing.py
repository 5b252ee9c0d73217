"""What a filing says over REST, read into what `services.filing` takes."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from django.utils.timezone import localdate
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from documents.queries.files import readable
from portal.accounts.models import Citizen, User
from portal.api import bodies
from portal.api.bodies import Body, Reading
from portal.api.problems import Fault, Kind, Problem
from services import filing, versions
from services.api.base import fault, of_answers, refuse, wrong
from services.api.unit_fields import check_unit, follow, no_unit
from services.errors import ExpiredError, NotAllowedError, NotOfferedError
from services.filing import Behalf
from services.kinds import Channel, DataSource
from services.models import Draft, ProcedureVersion, Proof
from services.models.dossiers import NAME_LENGTH
from services.operations.filing import Paper, Places
from services.packing import Packed, files_of
from services.policies import Capability, may_at
from services.queries.catalogue import version_on
from services.queries.drafts import competent_unit
from services.queries.places import UnitsOn
from services.rules import rules_on

UUID_SHAPE = "[0-9a-fA-F]{8}(-[0-9a-fA-F]{4}){3}-[0-9a-fA-F]{12}"
UUID_EXAMPLE = "0f1e2d3c-4b5a-6978-8796-a5b4c3d2e1f0"
MOST_FILES = 30
MOST_COMPONENTS = 50
COPIES = 99
ALONE = frozenset({"draftId"})
OWN = frozenset({"procedure", "answers", "competentUnitId", "returningUnitId", "returnChannel"})
OTHERS = OWN | {"receivingUnitId", "channel", "owner", "filer", "components"}


def _object(value: Any, pointer: str, reading: Reading) -> Any:
    if not isinstance(value, dict):
        return reading.wrong(pointer, "not-an-object", gettext("Send a JSON object here."))
    return value


def answers_field(**options: Any) -> bodies.Field:
    return bodies.free(
        "answers",
        _("All answers, by the schema of the procedure's form. Pages that do not apply are left out."),
        check=_object,
        schema={"type": "object", "additionalProperties": True},
        example={"relation": "mother", "child_name": "Giang Thi Nhuan"},
        **options,
    )


def uuid_field(name: str, description: Any, **options: Any) -> bodies.Field:
    hint = _("Send an id as it was given: 32 hexadecimal digits in five groups.")
    return bodies.text(name, description, longest=36, pattern=UUID_SHAPE, hint=hint, example=UUID_EXAMPLE, **options)


def file_ids_field(**options: Any) -> bodies.Field:
    each = uuid_field("fileId", _("A file that was sent to files."))
    words = _("Files that were sent to files before, and belong to you or your unit.")
    return bodies.several("fileIds", words, each, most=MOST_FILES, **options)


def counted() -> tuple[bodies.Field, ...]:
    words = {"originals": _("Originals."), "certified": _("Certified copies."), "copies": _("Plain copies.")}
    return tuple(
        bodies.number(name, told, highest=COPIES, required=False, default=0, example=1) for name, told in words.items()
    )


def unit_field(name: str, description: Any, **options: Any) -> bodies.Field:
    return bodies.number(name, description, lowest=1, example=1, **options)


def procedure_field(**options: Any) -> bodies.Field:
    return bodies.text(
        "procedure", _("The code of the procedure."), longest=8, pattern=r"\d\.\d{6}", example="1.001193", **options
    )


def places_fields() -> tuple[bodies.Field, ...]:
    return (
        unit_field("competentUnitId", _("Who decides; when left out, it follows from the residence."), required=False),
        unit_field("returningUnitId", _("Where the result is handed out; else who decides."), required=False),
        bodies.choice(
            "returnChannel", _("How the result comes back."), list(Channel), required=False, example=Channel.ONLINE
        ),
    )


COMPONENT = bodies.group(
    "component",
    _("One paper, and how it is proven."),
    bodies.text("key", _("The component's key in the procedure."), longest=80, example="birth_notice"),
    bodies.choice("proof", _("How it is proven."), Proof.values, example=Proof.ATTACHED.value),
    file_ids_field(required=False),
    bodies.choice("sourceName", _("With data: the register that answered."), list(DataSource), required=False),
    bodies.text("sourceReference", _("With data: its reference."), longest=200, required=False, example="REF-1"),
    bodies.moment("sourceAt", _("With data: when it answered."), required=False),
)
DOSSIER = Body(
    "Dossier",
    procedure_field(required=False),
    answers_field(required=False),
    *places_fields(),
    uuid_field("draftId", _("Citizens: file this draft, with nothing else in the body."), required=False),
    unit_field("receivingUnitId", _("Officers and programs: the desk that takes it in."), required=False),
    bodies.choice("channel", _("Officers and programs: how it came."), [Channel.DESK, Channel.POST], required=False),
    bodies.group(
        "owner",
        _("Officers and programs: whose affair it is, where the answers do not say it."),
        bodies.text("name", _("Name"), longest=NAME_LENGTH, example="Giang Thi Nhuan"),
        bodies.text(
            "number", _("Personal number"), longest=12, pattern=r"\d{9}|\d{12}", required=False, example="000326000001"
        ),
        required=False,
    ),
    bodies.group(
        "filer",
        _("Officers and programs: who files, and how they are reached."),
        bodies.text("name", _("Name"), longest=NAME_LENGTH, example="Vang Thi Do"),
        bodies.text("phone", _("Phone"), longest=20, required=False, example="0912000321"),
        bodies.text("email", _("E-mail"), longest=200, required=False, example="do@example.vn"),
        bodies.text("address", _("Address"), longest=300, required=False, example="Na Ang village"),
        required=False,
    ),
    bodies.several(
        "components", _("Officers and programs: the papers."), COMPONENT, most=MOST_COMPONENTS, required=False
    ),
)


@dataclass(frozen=True, slots=True)
class Papers:
    """Files that a request names, with the place where it does."""

    pointer: str
    ids: tuple[str, ...]


def offered(code: str, now: datetime, *, at_desk: bool) -> ProcedureVersion:
    """The version of today. Raises the 400 for a procedure that does not hold, and NotOfferedError."""
    version = version_on(code, localdate(now))
    if version is None:
        raise wrong(fault("/procedure", "not-found", gettext("No procedure with this code holds today.")))
    if not versions.is_filed_here(version, at_desk=at_desk):
        raise NotOfferedError
    return version


def _units(data: Mapping[str, Any], now: datetime) -> UnitsOn:
    """Those that take part and those of the answers. Raises faults for those that should take part and do not live."""
    asked = {name: data[name] for name in ("receivingUnitId", "competentUnitId", "returningUnitId") if data[name]}
    units = UnitsOn(localdate(now), data["answers"], also=asked.values())
    refuse(no_unit(f"/{name}", unit_id, now) for name, unit_id in asked.items() if not units.lives(unit_id))
    return units


def check_files(named: Iterable[Papers], user: User, now: datetime) -> Iterator[Fault]:
    """Files of others are not there, and no dossier takes more than the law's number."""
    rows = list(named)
    asked = {one for row in rows for one in row.ids}
    on = localdate(now)
    if len(asked) > rules_on(on).files_per_dossier:
        sentence = gettext("A dossier takes at most %(most)d files.") % {"most": rules_on(on).files_per_dossier}
        yield fault(rows[0].pointer, "too-many-files", sentence)
        return
    known = {str(pk) for pk in readable(user, on).filter(pk__in=asked).values_list("pk", flat=True)} if asked else set()
    for row in rows:
        if not {one.lower() for one in row.ids} <= known:
            yield fault(row.pointer, "no-file", gettext("One of these files does not exist, or belongs to others."))


def only(data: Mapping[str, Any], allowed: frozenset[str]) -> None:
    """What somebody else sends: faults for all members that are not this person's to say."""
    sentence = gettext("This is not yours to say here. Leave it out.")
    refuse(
        fault(f"/{name}", "not-for-you", sentence)
        for name, value in data.items()
        if value is not None and name not in allowed
    )


def needed(data: Mapping[str, Any], *names: str) -> None:
    sentence = gettext("This field is needed.")
    refuse(fault(f"/{name}", "required", sentence) for name in names if data.get(name) is None)


# --- A citizen, for oneself -----------------------------------------------------------------------------------------


def for_oneself(data: Mapping[str, Any], citizen: Citizen, now: datetime) -> Packed:
    """Checked, and complete. Raises every fault there is."""
    draft = _kept(data, citizen, now) if data["draftId"] else _new(data, citizen, now)
    packed = filing.packed_of(draft, citizen, now)
    at = "" if data["draftId"] else "/answers"
    pointer = "/draftId" if data["draftId"] else "/answers"
    refuse(of_answers(filing.faults_of(packed), at=at))
    named = [Papers(pointer, tuple(ids)) for ids in files_of(packed.walk).values()]
    refuse(check_files(named, citizen.user, now))
    if draft.competent_unit_id is None:
        _place(draft, packed, now)
    if lacking := filing.lacking(packed, citizen, now):
        found = [fault(pointer, "component-missing", part.name) for part in lacking]
        raise Problem(Kind.NOT_POSSIBLE, gettext("A paper is missing. Nothing was filed; see errors."), errors=found)
    return packed


def _kept(data: Mapping[str, Any], citizen: Citizen, now: datetime) -> Draft:
    only(data, ALONE)
    rows = Draft.objects.of(citizen.user).filter(pk=UUID(data["draftId"]), desk_unit=None)
    draft = rows.select_related("version__procedure", "version__form", "dossier__version__procedure").first()
    if draft is None:
        raise wrong(fault("/draftId", "not-found", gettext("You have no draft of this id.")))
    if draft.expires_at <= now:
        raise ExpiredError
    if draft.competent_unit_id is None:
        sentence = gettext("The draft does not say who decides. Put competentUnitId and returnChannel to it first.")
        raise wrong(fault("/draftId", "no-places", sentence))
    return draft


def _new(data: Mapping[str, Any], citizen: Citizen, now: datetime) -> Draft:
    only(data, OWN)
    needed(data, "procedure", "answers")
    data = follow(dict(data), "competentUnitId", "returningUnitId", now=now)
    refuse(
        [
            *check_unit("/competentUnitId", data["competentUnitId"], now),
            *check_unit("/returningUnitId", data["returningUnitId"], now),
        ]
    )
    draft = Draft(
        version=offered(data["procedure"], now, at_desk=False),
        writer=citizen.user,
        competent_unit_id=data["competentUnitId"],
        returning_unit_id=data["returningUnitId"],
        return_channel=data["returnChannel"] or Channel.ONLINE.value,
    )
    draft.answers = data["answers"]
    return draft


def _place(draft: Draft, packed: Packed, now: datetime) -> None:
    found = competent_unit(packed.walk.seen, packed.about.residence, on=localdate(now))
    if found is None or found.unit_id is None:
        sentence = gettext("Say who decides: it does not follow from the residence alone.")
        raise wrong(fault("/competentUnitId", "required", sentence))
    draft.competent_unit_id = found.unit_id


# --- An officer or a program, for somebody --------------------------------------------------------------------------


def for_somebody(data: Mapping[str, Any], actor: User, now: datetime) -> Behalf:
    only(data, OTHERS)
    needed(data, "procedure", "answers", "receivingUnitId", "filer")
    receiving = data["receivingUnitId"]
    if not may_at(actor, Capability.FILE_FOR_CITIZEN, receiving):
        raise NotAllowedError
    version = offered(data["procedure"], now, at_desk=True)
    data = follow(dict(data), "competentUnitId", "returningUnitId", now=now)
    units = _units(data, now)
    sent = data["components"] or []
    refuse(_check_components(version, sent))
    shown = [_paper(row) for row in sent]
    judged = filing.judged_at_desk(version, data["answers"], shown, units)
    refuse(of_answers(judged.faults))
    named = [Papers(f"/components/{place}/fileIds", tuple(row["fileIds"] or ())) for place, row in enumerate(sent)]
    refuse(check_files([one for one in named if one.ids], actor, now))
    places = Places(receiving, data["competentUnitId"] or receiving, data["returningUnitId"] or receiving)
    filer, owner = data["filer"], data["owner"] or {}
    return Behalf(
        version=version,
        answers=data["answers"],
        filer_name=filer["name"],
        places=places,
        channel=Channel(data["channel"] or Channel.DESK),
        return_channel=Channel(data["returnChannel"] or Channel.DESK),
        owner_name=owner.get("name") or "",
        owner_number=owner.get("number") or "",
        contact={name: filer[name] or "" for name in ("phone", "email", "address")},
        papers=shown,
        way=judged.way,
        units={unit_id: units.full_name(unit_id) or "" for unit_id in places.all()},
    )


def _check_components(version: ProcedureVersion, sent: list[dict[str, Any]]) -> Iterator[Fault]:
    known = {part.key for part in versions.components(version)}
    for place, row in enumerate(sent):
        if row["key"] not in known:
            sentence = gettext("This procedure has no such paper. Known: %(names)s.")
            yield fault(f"/components/{place}/key", "not-a-choice", sentence % {"names": ", ".join(sorted(known))})
        if row["proof"] == Proof.DATA and not (row["sourceName"] and row["sourceAt"]):
            sentence = gettext("Data that replace a paper need sourceName and sourceAt.")
            yield fault(f"/components/{place}/proof", "no-source", sentence)
        if row["proof"] == Proof.ATTACHED and not row["fileIds"]:
            yield fault(f"/components/{place}/fileIds", "required", gettext("This field is needed."))


def _paper(row: Mapping[str, Any]) -> Paper:
    proof = Proof(row["proof"])
    ids = tuple(row["fileIds"] or ())
    if proof is not Proof.DATA:
        return Paper(row["key"], proof, ids)
    return Paper(row["key"], proof, ids, row["sourceName"], row["sourceReference"] or "", row["sourceAt"])
