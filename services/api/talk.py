"""What the filer does after filing, and what is said both ways."""

from collections.abc import Iterator
from typing import Any
from uuid import UUID

from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from drf_spectacular.utils import extend_schema
from rest_framework.request import Request
from rest_framework.response import Response

from documents.models import StoredFile
from documents.queries.files import readable
from portal.api import bodies
from portal.api.base import Paged
from portal.api.bodies import Body
from portal.api.problems import Fault, Kind, Problem
from portal.api.schema import page_of
from services import filing as ways
from services import versions
from services.api import dossier_answers as answers
from services.api import dossier_schemas as schemas
from services.api import parameters
from services.api.base import TAGS, DossierView, fault, of_answers, refuse
from services.api.desk import DossierDeed, reason_field
from services.api.dossiers import path_of
from services.api.filing import Papers, answers_field, check_files, file_ids_field, uuid_field
from services.declarations import read
from services.errors import NotAllowedError
from services.models import Dossier, Message, Moment, Note, Rating, SupplementItem
from services.models.talk import TEXT_LENGTH
from services.operations import citizen, supplements
from services.petition_rules import rating_items
from services.policies import Capability, is_party
from staff.policies import today


def text_field(words: Any, **options: Any) -> bodies.Field:
    return bodies.text(
        "text", words, longest=TEXT_LENGTH, lines=True, example="I bring the original this afternoon", **options
    )


class SupplementItemDetail(DossierDeed):
    path_parameters = (parameters.DOSSIER_ID, parameters.REQUEST_ID, parameters.ITEM_ID)
    capability = Capability.FILE_FOR_CITIZEN.value
    must_match = frozenset({"PUT"})
    bodies = {
        "PUT": Body(
            "SupplementAnswer",
            file_ids_field(required=False, default=()),
            answers_field(required=False),
        )
    }

    @extend_schema(
        operation_id="answerSupplementItem",
        tags=TAGS,
        summary=_("Answer one thing that was asked for"),
        description=_("A paper takes files, an answer takes answers. Nothing is sent yet: see supplement-completions."),
        responses=schemas.SupplementItemSerializer,
    )
    def put(self, request: Request, pk: UUID, supplement: UUID, item: int) -> Response:
        found = self.locked(pk)
        rows = SupplementItem.objects.filter(supplement__dossier=found, supplement=supplement, pk=item)
        row = rows.select_related("supplement").first()
        if row is None:
            raise Problem(Kind.NOT_FOUND)
        row.supplement.dossier = found
        told = self._told(found, row)
        done = supplements.answer_item(item=row, actor=self.principal, now=self.now, files=self._files(), answer=told)
        return self.answer(answers.item(done), row=self.fresh(found))

    def _files(self) -> list[StoredFile]:
        ids = tuple(self.data["fileIds"])
        if not ids:
            return []
        refuse(check_files([Papers("/fileIds", ids)], self.principal, self.now))
        return versions.files(ids)

    def _told(self, dossier: Dossier, item: SupplementItem) -> dict[str, Any] | None:
        """The answers that were asked for, checked with all others."""
        said = self.data["answers"]
        refuse(self._faults(item, said, _asked(dossier, item)))
        if said is None:
            return None
        whole = {**dossier.answers, **said}
        changed = ways.checked_change(dossier, whole, actor=self.principal, now=self.now)
        refuse(of_answers(changed.faults))
        return {key: changed.answers.get(key, said[key]) for key in said}

    @staticmethod
    def _faults(item: SupplementItem, said: dict[str, Any] | None, key: str) -> Iterator[Fault]:
        if item.pointer and said is None:
            yield fault("/answers", "required", gettext("This field is needed."))
        for name in said or {}:
            if name != key:
                pointer = bodies.pointer_to("/answers", name[:60])
                yield fault(pointer, "not-asked", gettext("This was not asked for. Leave it out."))


def _asked(dossier: Dossier, item: SupplementItem) -> str:
    """The key of the answer that a pointer leads to; in rows it begins with their page."""
    first = item.pointer.lstrip("/").split("/")[0]
    definition = dossier.version.form.definition
    page = read(definition).by_key.get(first) if definition else None
    return page.repeat.key if page and page.repeat else first


class SupplementCompletions(DossierDeed):
    capability = Capability.FILE_FOR_CITIZEN.value

    @extend_schema(
        operation_id="completeSupplement",
        tags=TAGS,
        summary=_("Send what was asked for"),
        description=_("When every item is answered: back to the desk, or on with the work and the whole limit anew."),
        responses={201: schemas.DossierDetailSerializer},
    )
    def post(self, request: Request, pk: UUID) -> Response:
        found = self.locked(pk)
        return self.done(supplements.complete_supplement(dossier=found, actor=self.principal, now=self.now))


class Withdrawals(DossierDeed):
    capability = Capability.FILE_FOR_CITIZEN.value
    bodies = {"POST": Body("Withdrawal", reason_field())}

    @extend_schema(
        operation_id="withdrawDossier",
        tags=TAGS,
        summary=_("Withdraw a dossier"),
        description=_("At any time until the result is issued."),
        responses={201: schemas.DossierDetailSerializer},
    )
    def post(self, request: Request, pk: UUID) -> Response:
        found = self.locked(pk)
        done = citizen.withdraw(dossier=found, reason=self.data["reason"], actor=self.principal, now=self.now)
        return self.done(done)


class Talk(Paged, DossierView):
    """Adds something and changes nothing, so that no version is asked for."""

    keys = ("-id",)
    must_match = frozenset()

    def file(self) -> StoredFile | None:
        """One of the writer's own."""
        if not self.data["fileId"]:
            return None
        found = readable(self.principal, today()).filter(pk=self.data["fileId"]).first()
        sentence = gettext("One of these files does not exist, or belongs to others.")
        refuse([] if found else [fault("/fileId", "no-file", sentence)])
        return found

    def added(self, body: dict[str, Any], dossier: Dossier, noun: str) -> Response:
        return self.answer(body, status=201, location=f"{path_of(dossier)}/{noun}")


class Messages(Talk):
    capability = Capability.FILE_FOR_CITIZEN.value
    bodies = {
        "POST": Body(
            "Message", text_field(_("What is said.")), uuid_field("fileId", _("A file of one's own."), required=False)
        )
    }

    @extend_schema(
        operation_id="listMessages",
        tags=TAGS,
        summary=_("What filer and desk told each other"),
        description=_("Newest first."),
        responses=page_of(schemas.MessageSerializer),
    )
    def get(self, request: Request, pk: UUID) -> Response:
        found = self.seen(pk)
        return self.paged(request, self.page_of(request, Message.objects.filter(dossier=found)), answers.message)

    @extend_schema(
        operation_id="sendMessage",
        tags=TAGS,
        summary=_("Write to the desk, or to the filer"),
        responses={201: schemas.MessageSerializer},
    )
    def post(self, request: Request, pk: UUID) -> Response:
        found, user = self.locked(pk), self.principal
        file = self.file()
        if file is not None and not is_party(user, found):
            raise NotAllowedError
        done = citizen.send_message(dossier=found, text=self.data["text"], actor=user, now=self.now, file=file)
        return self.added(answers.message(done), found, "messages")


class Notes(Talk):
    bodies = {"POST": Body("Note", text_field(_("For colleagues only.")))}

    def colleague(self, pk: UUID, *, lock: bool = False) -> Dossier:
        found = self.locked(pk) if lock else self.seen(pk)
        if not self.principal.is_officer:
            raise Problem(Kind.FORBIDDEN)
        return found

    @extend_schema(
        operation_id="listNotes",
        tags=TAGS,
        summary=_("What officers noted among themselves"),
        description=_("Newest first. For officers only."),
        responses=page_of(schemas.NoteSerializer),
    )
    def get(self, request: Request, pk: UUID) -> Response:
        found = self.colleague(pk)
        return self.paged(request, self.page_of(request, Note.objects.filter(dossier=found)), answers.note)

    @extend_schema(
        operation_id="writeNote",
        tags=TAGS,
        summary=_("Write a note for colleagues"),
        responses={201: schemas.NoteSerializer},
    )
    def post(self, request: Request, pk: UUID) -> Response:
        found = self.colleague(pk, lock=True)
        done = citizen.write_note(dossier=found, text=self.data["text"], actor=self.principal, now=self.now)
        return self.added(answers.note(done), found, "notes")


class Ratings(Talk):
    keys = ("id",)
    bodies = {
        "POST": Body(
            "Rating",
            bodies.choice("after", _("After the receipt, or after the result."), Moment.values),
            bodies.number("score", _("From 1 to 5."), lowest=1, highest=5, example=5),
            text_field(_("In words."), shortest=0, required=False, default=""),
            bodies.group(
                "items",
                _("Point by point; leave out what you have no answer to."),
                *(
                    bodies.number(key, item.name_en, lowest=1, highest=5, required=False, default=None, example=4)
                    for key, item in rating_items().items()
                ),
                required=False,
                default={},
            ),
        )
    }

    @extend_schema(
        operation_id="listRatings",
        tags=TAGS,
        summary=_("How the citizen found it"),
        responses=page_of(schemas.RatingSerializer),
    )
    def get(self, request: Request, pk: UUID) -> Response:
        found = self.seen(pk)
        return self.paged(request, self.page_of(request, Rating.objects.filter(dossier=found)), answers.rating)

    @extend_schema(
        operation_id="rateDossier",
        tags=TAGS,
        summary=_("Say how it was"),
        description=_("Once after the receipt and once after the result; owner and filer only."),
        responses={201: schemas.RatingSerializer},
    )
    def post(self, request: Request, pk: UUID) -> Response:
        found, data = self.locked(pk), self.data
        done = citizen.rate(
            dossier=found,
            moment=Moment(data["after"]),
            score=data["score"],
            text=data["text"],
            items={key: value for key, value in data["items"].items() if value},
            actor=self.principal,
            now=self.now,
        )
        return self.added(answers.rating(done), found, "ratings")
