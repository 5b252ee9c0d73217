"""The first page of a filing, and the list of drafts to go on with."""

from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views import View

from portal.accounts import once
from portal.ui.errors import Step, problem_page
from portal.ui.wording import day
from services import versions
from services.errors import ServicesError
from services.fees import calculate
from services.filing import start
from services.kinds import Channel
from services.models import Draft
from services.operations.drafts import discard_draft
from services.operations.evidence import forget_evidence
from services.queries import drafts as queries
from services.queries.catalogue import version_on
from services.views import catalogue_words
from services.views.filing import Drafting, citizen_of
from services.wording import money


class BeginView(View):
    """What is needed, how long, how much; POST begins."""

    def dispatch(self, request: HttpRequest, *args: Any, **arguments: Any) -> HttpResponseBase:
        code = str(arguments["code"])
        version = version_on(code, timezone.localdate())
        page = reverse("services:procedure", kwargs={"code": code})
        if version is None or not versions.is_filed_here(version, at_desk=False):
            return problem_page(
                request,
                404,
                _("This procedure can't be filed online here"),
                _("Nothing was begun. The page of the procedure says where it is filed."),
                [Step(_("Read about the procedure"), page)],
            )
        citizen = citizen_of(request)
        if citizen is None:
            return problem_page(
                request,
                403,
                _("Only citizens file here"),
                _("You are signed in with an officer's account. Nothing was begun."),
                [Step(_("Sign out, and sign in with your electronic identity.")), Step(_("Procedures"), page)],
            )
        self.version, self.citizen = version, citizen
        return super().dispatch(request, *args, **arguments)

    def get(self, request: HttpRequest, code: str) -> HttpResponse:
        return self.show(request)

    def post(self, request: HttpRequest, code: str) -> HttpResponseBase:
        return once.once(request, lambda: self.begin(request))

    def begin(self, request: HttpRequest) -> HttpResponse:
        if self.citizen.level < versions.least_level(self.version):
            return self.show(request, status=403)
        try:
            draft = start(self.version, self.citizen, timezone.now())
        except ServicesError as error:
            return problem_page(request, 409, _("Nothing was begun"), str(error))
        return redirect("services:draft-tasks", draft=draft.pk)

    def fee(self) -> list[dict[str, Any]]:
        """What this way of filing costs; the exact amount stands on the page before the filing."""
        fees = self.version.parts.get("fees")
        if not fees:
            return []
        told = calculate(self.version, channel=Channel.ONLINE, answers={}, on=timezone.localdate())
        value = fees["rule_vi"] if told.amount is None and fees.get("formula") else money(told.amount)
        return [{"key": _("Fee when filed online"), "value": value, "source": fees["rule_vi"]}]

    def show(self, request: HttpRequest, status: int = 200) -> HttpResponse:
        drafts, dossiers = queries.alike(self.citizen.user, self.version.code, timezone.now())
        context = {
            "version": self.version,
            "token": once.issue(request),
            "field": once.FIELD,
            "level_too_low": self.citizen.level < versions.least_level(self.version),
            "level": versions.least_level(self.version),
            "drafts": [draft_row(one) for one in drafts],
            "dossiers": dossiers,
            **catalogue_words.facts(self.version),
        }
        context["summary"] = [*context.get("summary", []), *self.fee()]
        return render(request, "services/begin.html", context, status=status)


def draft_row(draft: Draft) -> dict[str, Any]:
    return {
        "title": draft.version.name_vi,
        "url": reverse("services:draft-tasks", kwargs={"draft": draft.pk}),
        "discard_url": reverse("services:draft-discard", kwargs={"draft": draft.pk}),
        "saved_at": draft.saved_at,
        "until": day(timezone.localdate(draft.expires_at)),
    }


class DraftsView(View):
    def get(self, request: HttpRequest) -> HttpResponse:
        citizen = citizen_of(request)
        if citizen is None:
            raise Http404
        rows = queries.open_drafts(citizen.user, timezone.now()).select_related("version")
        found = rows.order_by("-saved_at", "id")[: queries.SHOWN]
        return render(request, "services/drafts.html", {"drafts": [draft_row(one) for one in found]})


class DiscardView(Drafting):
    """Asks, then throws the draft away."""

    allows_ended_version = True
    after = "services:drafts"

    def get(self, request: HttpRequest, draft: object) -> HttpResponse:
        row = draft_row(self.sheet.draft) | {"url": self.sheet.url("tasks")}
        return render(request, "services/draft_discard.html", {"sheet": self.sheet, "row": row})

    def post(self, request: HttpRequest, draft: object) -> HttpResponse:
        now = timezone.now()
        discard_draft(draft=self.sheet.draft, actor=self.sheet.user, now=now)
        forget_evidence(draft_id=self.sheet.draft.pk, actor=self.sheet.user, now=now)
        return redirect(self.after)
