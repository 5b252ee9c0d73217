"""From the finished form to the receipt: who decides, all answers once more, filed."""

import io
from collections.abc import Sequence
from typing import Any
from uuid import UUID

import segno
from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _

from portal.accounts import once
from portal.accounts.models import User
from portal.ui.wording import moment
from services import filing, versions
from services.declarations import check_whole
from services.errors import IncompleteError, NoMandateError, ServicesError, VersionEndedError
from services.forms.places import CHANNELS, PlacesForm
from services.kinds import Channel
from services.links import address_of
from services.models import Dossier, ProcedureVersion
from services.operations.drafts import choose_places, move_draft
from services.queries.catalogue import version_on
from services.queries.drafts import Competent, competent_unit
from services.queries.staffing import anybody_may
from services.states import Capability
from services.views import declaring, declaring_words
from services.views.draft_fees import fee_row
from services.views.filing import Drafting, DraftSheet
from services.views.mandates import lacks_mandate, mandate_rows


def _competent(sheet: DraftSheet) -> Competent | None:
    return competent_unit(sheet.walk().seen, sheet.about.residence, on=sheet.world.today)


class PlacesView(Drafting):
    """Who decides follows from where people live, and may be changed; split communes are chosen from."""

    def get(self, request: HttpRequest, draft: object) -> HttpResponse:
        return self.show(request, self.form())

    def post(self, request: HttpRequest, draft: object) -> HttpResponse:
        form = self.form(request.POST)
        if not form.is_valid():
            return self.show(request, form, status=400)
        choose_places(
            draft=self.sheet.draft,
            competent_unit_id=form.unit("competent") or 0,
            returning_unit_id=form.unit("returning"),
            return_channel=Channel(form.cleaned_data["return_channel"]),
            postal_address=form.cleaned_data["postal_address"],
            actor=self.sheet.user,
            now=timezone.now(),
        )
        if told := self.unworked(form.unit("competent")):
            messages.warning(request, told)
        return redirect(self.sheet.url("review"))

    def unworked(self, unit_id: int | None) -> str:
        """What a person should know before choosing an organ where nobody may decide at the moment."""
        today = self.sheet.world.today
        if unit_id is None or anybody_may(Capability.PROCESS, unit_id, today):
            return ""
        told = _(
            "Nobody at %(unit)s may work on dossiers today. You can file all the same: the dossier is received and its "
            "moments count. If the matter cannot wait, ask that unit before you file."
        )
        return told % {"unit": self.sheet.world.units.name(unit_id) or ""}

    def form(self, data: Any = None) -> PlacesForm:
        sheet, found = self.sheet, _competent(self.sheet)
        unit_id = sheet.draft.competent_unit_id or (found.unit_id if found else sheet.draft.desk_unit_id)
        usual = Channel.DESK if sheet.draft.desk_unit_id else Channel.ONLINE
        initial: dict[str, Any] = {"return_channel": sheet.draft.return_channel or usual.value}
        initial["postal_address"] = sheet.draft.postal_address
        if unit_id:
            initial["competent"] = {"unit": unit_id}
        desk = sheet.draft.desk_unit_id
        returning = sheet.draft.returning_unit_id or desk
        if returning and not returning == unit_id == (desk or unit_id):  # else it is where an empty place leads
            initial["returning"] = {"unit": returning}
        candidates = found.candidates if found and unit_id is None else ()
        return PlacesForm(
            sheet.world, data, initial=initial, reason=self.reason(found), candidates=candidates, desk=desk
        )

    def reason(self, found: Competent | None) -> str:
        if found is None and self.sheet.at_desk:
            return _("Your desk, unless the law says otherwise. You may search another commune by its old or new name.")
        if found is None:
            return _("Search the commune by its old or new name.")
        question = self.sheet.definition.plain.get(found.answer)
        label = question.label if question else ""
        if found.unit_id is None:
            return _("The commune in “%(answer)s” was divided. Choose the one in which the place lies now.") % {
                "answer": label
            }
        return _("It follows from “%(answer)s”. You may search another commune by its old or new name.") % {
            "answer": label
        }

    def show(self, request: HttpRequest, form: PlacesForm, status: int = 200) -> HttpResponse:
        return render(
            request,
            "services/draft_places.html",
            {
                "sheet": self.sheet,
                "form": form,
                "tasks_url": self.sheet.url("tasks"),
                "unworked": "" if form.is_bound else self.unworked((form.initial.get("competent") or {}).get("unit")),
            },
            status=status,
        )


class ReviewView(Drafting, declaring.ReviewView):
    """GET shows everything; POST files it, once however often it is pressed."""

    def get(self, request: HttpRequest, **_arguments: Any) -> HttpResponse:
        faults = check_whole(self.sheet.definition, self.sheet.answers, self.sheet.world)
        if not faults and lacks_mandate(self.sheet):
            return redirect(self.sheet.url("mandate"))
        if not faults and not self.sheet.draft.competent_unit_id:
            return redirect(self.sheet.url("places"))
        return self.show_review(request)

    def post(self, request: HttpRequest, **_arguments: Any) -> HttpResponseBase:
        return once.once(request, lambda: self.file(request))

    def file(self, request: HttpRequest) -> HttpResponse:
        sheet = self.sheet
        if check_whole(sheet.definition, sheet.answers, sheet.world):
            return self.show_review(request, refused=True)
        if not sheet.draft.competent_unit_id:
            return redirect(sheet.url("places"))
        try:
            dossier = filing.send(sheet.packed(), sheet.citizen, timezone.now())
        except (VersionEndedError, NoMandateError) as error:
            return redirect(sheet.url("move" if isinstance(error, VersionEndedError) else "mandate"))
        except IncompleteError as error:
            return self.show_review(request, refused=True, told=[str(error), *self.missing()])
        except ServicesError as error:
            return self.show_review(request, refused=True, told=[str(error)])
        return redirect("services:receipt", dossier=dossier.pk)

    def missing(self) -> list[str]:
        sheet = self.sheet
        return [part.name for part in filing.lacking(sheet.packed(), sheet.citizen, sheet.now)]

    def show_review(self, request: HttpRequest, *, refused: bool = False, told: Sequence[str] = ()) -> HttpResponse:
        context = declaring_words.review_page(self.sheet)
        if told:
            context["problems"] = [{"text": text, "url": ""} for text in told]
        return self.show(
            request,
            "services/draft_review.html",
            refused=refused,
            places=[*mandate_rows(self.sheet), *places_rows(self.sheet), fee_row(self.sheet)],
            token=once.issue(request),
            field=once.FIELD,
            **context,
        )


def places_rows(sheet: DraftSheet) -> list[dict[str, Any]]:
    draft, name = sheet.draft, sheet.world.units.name
    if not draft.competent_unit_id:
        return []
    change = {"url": sheet.url("places"), "action": _("Change")}
    returning = name(draft.returning_unit_id or draft.competent_unit_id)
    return [
        {"key": _("Who decides"), "value": name(draft.competent_unit_id), **change},
        {
            "key": _("How the result comes to you"),
            "value": dict(CHANNELS)[draft.return_channel],
            "source": draft.postal_address,
            **change,
        },
        {"key": _("Desk where you collect it"), "value": returning, **change},
    ]


class MoveView(Drafting):
    """The rules changed since the draft was begun: what is unchanged is kept, the rest is listed to be asked again."""

    allows_ended_version = True
    at_desk = False

    def dispatch(self, request: HttpRequest, *args: Any, **arguments: Any) -> HttpResponseBase:
        if self.next_version() is None:
            return self.refused(request, VersionEndedError(_("This procedure is not filed here any more.")), 410)
        return super().dispatch(request, *args, **arguments)

    def next_version(self) -> ProcedureVersion | None:
        found = version_on(self.sheet.code, self.sheet.world.today)
        return found if found and versions.is_filed_here(found, at_desk=self.at_desk) else None

    def get(self, request: HttpRequest, draft: object) -> HttpResponse:
        return render(request, "services/draft_move.html", {"sheet": self.sheet})

    def post(self, request: HttpRequest, draft: object) -> HttpResponse:
        version = self.next_version()
        if version and version.pk != self.sheet.draft.version_id:
            move_draft(
                draft=self.sheet.draft,
                version=version,
                world=self.sheet.world,
                actor=self.sheet.user,
                now=timezone.now(),
            )
        return redirect(self.sheet.url("tasks"))


def receipt(request: HttpRequest, dossier: UUID) -> HttpResponse:
    """What the filer keeps: filed with a reference, or received with a code; and the PIN to look it up."""
    found = _own(request, dossier)
    return render(request, "services/receipt.html", {"dossier": found, "rows": _receipt_rows(found)})


def receipt_square(request: HttpRequest, dossier: UUID) -> HttpResponse:
    """The QR of the receipt as a picture: the content policy allows no pictures inside pages."""
    code = segno.make(address_of(_own(request, dossier).pk), error="m", micro=False)
    picture = io.BytesIO()
    code.save(picture, kind="svg", scale=4, border=4)
    return HttpResponse(picture.getvalue(), content_type="image/svg+xml")


def _own(request: HttpRequest, dossier: UUID) -> Dossier:
    user = request.user
    found = None
    if isinstance(user, User) and user.is_citizen:
        rows = Dossier.objects.of_citizen(user).select_related("version__procedure")
        found = rows.filter(pk=dossier).first()
    if found is None:
        raise Http404
    return found


def _receipt_rows(dossier: Dossier) -> list[dict[str, Any]]:
    told: list[dict[str, Any]] = [
        {"key": _("Procedure"), "value": dossier.version.name_vi, "lang": "vi"},
        {"key": _("Subject line"), "value": dossier.summary, "lang": "vi"},
        {"key": _("Filed at"), "value": moment(dossier.submitted_at)},
    ]
    if dossier.code:
        told.append({"key": _("Result due"), "value": moment(dossier.printed_due_at)})
    else:
        told.append({"key": _("Answer of the desk at the latest"), "value": moment(dossier.answer_due_at)})
    return [*told, {"key": _("PIN for looking it up"), "value": dossier.pin}]
