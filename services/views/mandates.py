"""The page on which a filer says by what right they act for another, and what is said of it later."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _

from documents.models import StoredFile
from portal.ui.wording import day
from services import versions
from services.errors import BadMandateError
from services.forms.visits import MandateForm
from services.models import Mandate
from services.operations.mandates import give_mandate
from services.views.filing import Drafting, DraftSheet


def mandate_of(sheet: DraftSheet) -> Mandate | None:
    return Mandate.objects.select_related("file").filter(draft=sheet.draft).first()


def lacks_mandate(sheet: DraftSheet) -> bool:
    if not sheet.about.needs_mandate(sheet.walk().seen):
        return False
    mandate = mandate_of(sheet)
    return mandate is None or not mandate.holds_on(sheet.world.today)


def mandate_rows(sheet: DraftSheet) -> list[dict[str, Any]]:
    """For the page of all answers."""
    mandate = mandate_of(sheet) if sheet.about.needs_mandate(sheet.walk().seen) else None
    change = {"url": sheet.url("mandate"), "action": _("Change")}
    return [row | change for row in in_words(mandate)] if mandate else []


def in_words(mandate: Mandate) -> list[dict[str, Any]]:
    """Whom the filer acts for, by what right, what for and until when; for citizens and officers."""
    until = day(mandate.valid_to) if mandate.valid_to else _("as long as the law says")
    term = _("from %(first)s to %(last)s") % {"first": day(mandate.valid_from), "last": until}
    right = mandate.get_ground_display()
    proof = _("shown at the desk") if mandate.shown else mandate.reference
    return [
        {"key": _("Filed for"), "value": mandate.principal_name, "lang": "vi"},
        {"key": _("By what right"), "value": f"{right}, {term}", "source": proof},
        {"key": _("What for"), "value": mandate.scope, "lang": "vi"},
    ]


class MandateView(Drafting):
    def get(self, request: HttpRequest, draft: object) -> HttpResponse:
        return self.show(request, self.form())

    def post(self, request: HttpRequest, draft: object) -> HttpResponse:
        sheet, form = self.sheet, self.form(request.POST, request.FILES)
        if not form.is_valid():
            return self.show(request, form, status=400)
        ids = form.cleaned_data.get("file") or []
        file = StoredFile.objects.filter(pk=ids[-1]).first() if ids else None
        try:
            give_mandate(
                draft=sheet.draft, right=form.right(self.principal, file), actor=sheet.user, now=timezone.now()
            )
        except BadMandateError as error:
            form.add_error("valid_to", str(error))
            return self.show(request, form, status=400)
        return redirect(sheet.url("review"))

    @property
    def principal(self) -> str:
        name, _number = self.sheet.about.owner_of(self.sheet.walk().seen)
        return name

    def form(self, data: Any = None, files: Any = None) -> MandateForm:
        sheet, mandate = self.sheet, mandate_of(self.sheet)
        keys = {part.key for part in versions.components(sheet.draft.version)}
        kept = [(str(mandate.file.pk), mandate.file.name)] if mandate and mandate.file else []
        names = ("ground", "scope", "valid_from", "valid_to", "reference", "shown")
        return MandateForm(
            data,
            files,
            world=sheet.world,
            at_desk=sheet.draft.desk_unit_id is not None,
            asks_file=not keys & set(sheet.about.mandate_paper),
            keep=sheet.keep_file,
            kept=kept,
            initial={name: getattr(mandate, name) for name in names} if mandate else {},
        )

    def show(self, request: HttpRequest, form: MandateForm, status: int = 200) -> HttpResponse:
        context = {"sheet": self.sheet, "form": form, "principal": self.principal, "tasks_url": self.sheet.url("tasks")}
        return render(request, "services/draft_mandate.html", context, status=status)
