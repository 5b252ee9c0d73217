"""What a filing will cost, and an exemption that is asked for with it: before anything is filed."""

from http import HTTPStatus
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _

from services.errors import ServicesError, StaleError
from services.forms.money import DraftClaimForm
from services.operations.draft_claims import claim_with_filing
from services.queries.draft_fees import asked_of, offered_for, told_of
from services.views.filing import Drafting, DraftSheet
from services.wording import money
from services.wording_money import dong, exemption, line


def fee_row(sheet: DraftSheet) -> dict[str, Any]:
    """What will be paid, for the page before the filing."""
    draft, on = sheet.draft, sheet.world.today
    told, asked = told_of(draft, on), asked_of(draft, on)
    parts = ["; ".join(line(one) for one in told.lines)] if told.amount or told.amount is None else []
    row = {"key": _("Fee"), "value": money(told.amount)}
    if told.amount == 0:
        return {**row, "source": ""}
    if sheet.at_desk:
        parts.append(_("Who is exempt says so; the fee is assessed anew after filing."))
    elif asked is None:
        row |= {"url": sheet.url("fee"), "action": _("Ask for an exemption")}
    else:
        row |= {"url": sheet.url("fee"), "action": _("Change")}
        parts.append(_("Exemption that you ask for: %(name)s.") % {"name": exemption(asked)})
        if told.amount is not None:
            less = told_of(draft, on, asked).amount
            parts.append(_("If the desk accepts it: %(amount)s.") % {"amount": dong(less or 0)})
    return {**row, "source": " ".join(f"{one}." if one and one[-1] not in ".!" else one for one in parts if one)}


class DraftFeeView(Drafting):
    def get(self, request: HttpRequest, draft: object) -> HttpResponse:
        return self.show(request, self.form())

    def post(self, request: HttpRequest, draft: object) -> HttpResponse:
        form, sheet = self.form(request.POST), self.sheet
        if not form.is_valid():
            return self.show(request, form, HTTPStatus.BAD_REQUEST)
        said = form.cleaned_data
        try:
            claim_with_filing(
                draft=sheet.draft,
                exemption=said["exemption"],
                evidence=said["evidence"],
                actor=sheet.user,
                now=timezone.now(),
                revision=sheet.draft.revision,
            )
        except StaleError:
            raise
        except ServicesError as refusal:
            form.add_error(None, str(refusal))
            return self.show(request, form, HTTPStatus.BAD_REQUEST)
        return redirect(sheet.url("review"))

    def form(self, data: Any = None) -> DraftClaimForm:
        draft = self.sheet.draft
        claimed = (draft.claimed, draft.claim_evidence)
        return DraftClaimForm(data, offered=offered_for(draft, self.sheet.world.today), claimed=claimed)

    def show(self, request: HttpRequest, form: DraftClaimForm, status: int = HTTPStatus.OK) -> HttpResponse:
        sheet = self.sheet
        told = told_of(sheet.draft, sheet.world.today)
        context = {
            "sheet": sheet,
            "form": form,
            "amount": money(told.amount),
            "lines": [line(one) for one in told.lines],
            "offered": offered_for(sheet.draft, sheet.world.today),
            "back_url": sheet.url("review"),
        }
        return render(request, "services/money/draft.html", context, status=status)
