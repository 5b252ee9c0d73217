"""What is typed about money. Amounts are whole dong; the dots between thousands may be typed or not."""

import re
from collections.abc import Iterable, Sequence
from datetime import date
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from portal.ui.forms import Number, Radios, Select, Text, TextArea
from services.fees import MOST
from services.forms.desk import DeedForm
from services.models.fees import EVIDENCE_LENGTH, GROUND_LENGTH
from services.models.payments import NOTE_LENGTH
from services.money_rules import Exemption
from services.money_states import Way
from services.operations.accounts import AccountData
from services.vietqr import ACCOUNT, BIN
from services.wording_money import WAYS, exemption, in_language

MONTH = re.compile(r"(20\d\d)-(0[1-9]|1[0-2])")
TAX_CODE = re.compile(r"\d{10}(-\d{3})?|\d{12}")
SHORTEN = _("Shorten it to %(limit_value)d characters")


def _text(label: Any, limit: int, *, missing: Any = "", help_text: Any = "", rows: int = 0) -> forms.CharField:
    return forms.CharField(
        label=label,
        max_length=limit,
        required=bool(missing),
        help_text=help_text,
        widget=TextArea(rows=rows, count=True) if rows else Text(),
        error_messages={"required": missing, "max_length": SHORTEN},
    )


class AmountField(forms.IntegerField):
    """16.000 and 16000 are one amount."""

    def to_python(self, value: Any) -> int | None:
        if isinstance(value, str):
            value = re.sub(r"(?<=\d)[. ](?=\d{3}(\D|$))", "", value.strip())
        found: int | None = super().to_python(value)
        return found


class PayForm(forms.Form):
    """`amount` is what the person saw."""

    amount = forms.IntegerField(min_value=1, max_value=MOST, widget=forms.HiddenInput())
    way = forms.ChoiceField(choices=[(Way.GATEWAY.value, ""), (Way.TRANSFER.value, "")], widget=forms.HiddenInput())


class CashForm(DeedForm):
    amount = forms.IntegerField(min_value=1, max_value=MOST, widget=forms.HiddenInput())


def _exemptions(offered: Iterable[Exemption]) -> list[tuple[str, str]]:
    return [(one.key, exemption(one)) for one in offered]


class ClaimForm(forms.Form):
    exemption = forms.ChoiceField(
        label=_("Why do you pay less, or nothing?"),
        widget=Radios(),
        error_messages=dict.fromkeys(("required", "invalid_choice"), _("Choose one of the reasons")),
    )
    evidence = _text(
        _("Number and date of the paper that proves it"),
        EVIDENCE_LENGTH,
        missing=_("Write number and date of the paper"),
        help_text=_(
            "For example: certificate of a poor household no. 12 of 05/01/2026. Bring it to the desk, or "
            "attach it to a message."
        ),
    )

    def __init__(self, data: Any, *, offered: Sequence[Exemption]) -> None:
        super().__init__(data, prefix="claim")
        chosen: Any = self.fields["exemption"]
        chosen.choices = _exemptions(offered)


class DraftClaimForm(forms.Form):
    """With the filing; the first choice asks for nothing."""

    exemption = forms.ChoiceField(
        label=_("Why do you pay less, or nothing?"),
        required=False,
        widget=Radios(),
        error_messages={"invalid_choice": _("Choose one of the reasons")},
    )
    evidence = _text(
        _("Number and date of the paper that proves it"),
        EVIDENCE_LENGTH,
        help_text=_("For example: certificate of a poor household no. 12 of 05/01/2026. Bring it to the desk."),
    )

    def __init__(self, data: Any, *, offered: Sequence[Exemption], claimed: tuple[str, str]) -> None:
        super().__init__(data, prefix="claim", initial={"exemption": claimed[0], "evidence": claimed[1]})
        chosen: Any = self.fields["exemption"]
        chosen.choices = [("", _("I pay the whole fee")), *_exemptions(offered)]
        chosen.widget.hints = {one.key: in_language(one.evidence, "evidence") for one in offered}

    def clean(self) -> dict[str, Any]:
        data = self.cleaned_data
        if data.get("exemption") and not data.get("evidence", "").strip() and "evidence" not in self.errors:
            self.add_error("evidence", _("Write number and date of the paper"))
        return data


class DenialForm(DeedForm):
    text = _text(_("Why the exemption is not accepted"), GROUND_LENGTH, missing=_("Write the reason."), rows=2)

    def __init__(self, data: Any, *, revision: int) -> None:
        super().__init__(data, prefix="deny", initial={"revision": revision})


class AssessForm(DeedForm):
    amount = AmountField(
        label=_("Amount, VND"),
        required=False,
        min_value=0,
        max_value=MOST,
        help_text=_("Leave it empty to take what the procedure says"),
        widget=Number(width=10),
        error_messages=dict.fromkeys(("invalid", "min_value", "max_value"), _("Enter a whole number, such as 16000")),
    )
    ground = _text(_("Legal ground of the amount"), GROUND_LENGTH, help_text=_("Needed with an amount of your own"))
    exemption = forms.ChoiceField(label=_("Exemption"), required=False, widget=Select())
    evidence = _text(
        _("Evidence: number and date of the paper"), EVIDENCE_LENGTH, help_text=_("Needed with an exemption")
    )

    def __init__(self, data: Any, *, offered: Sequence[Exemption], revision: int, claimed: tuple[str, str]) -> None:
        initial = {"revision": revision, "exemption": claimed[0], "evidence": claimed[1]}
        super().__init__(data, prefix="assess", initial=initial)
        chosen: Any = self.fields["exemption"]
        chosen.choices = [("", _("None")), *_exemptions(offered)]

    def clean(self) -> dict[str, Any]:
        data = self.cleaned_data
        if data.get("amount") is not None and not data.get("ground", "").strip():
            self.add_error("ground", _("Write by which text the amount is this one"))
        if data.get("exemption") and not data.get("evidence", "").strip():
            self.add_error("evidence", _("Write number and date of the paper"))
        return data


class MonthFilter(forms.Form):
    """Names stand in addresses, hence Vietnamese."""

    thang = forms.CharField(
        label=_("Month"),
        max_length=7,
        required=False,
        help_text=_("For example 2026-11"),
        widget=Text(width=10),
        error_messages={"max_length": _("Write year and month, such as 2026-11")},
    )
    cach = forms.ChoiceField(
        label=_("How it was paid"),
        required=False,
        choices=[("", _("All")), *((way.value, WAYS[way]) for way in Way)],
        widget=Select(),
    )

    def clean_thang(self) -> date | None:
        said = self.cleaned_data["thang"].strip()
        if not said:
            return None
        found = MONTH.fullmatch(said)
        if found is None:
            raise forms.ValidationError(_("Write year and month, such as 2026-11"))
        return date(int(found[1]), int(found[2]), 1)


class WhyForm(forms.Form):
    """Reason of a denial, or proof that money went."""

    text = _text("", NOTE_LENGTH, missing=_("Write it in a few words"), rows=2)

    def __init__(self, data: Any, *, label: Any, prefix: str) -> None:
        super().__init__(data, prefix=prefix)
        self.fields["text"].label = label


class AccountForm(forms.Form):
    first_day = forms.DateField(
        label=_("First day"),
        help_text=_("For example 2026-12-01. The account before ends on the day before."),
        widget=Text(width=10),
        input_formats=["%Y-%m-%d", "%d/%m/%Y"],
        error_messages=dict.fromkeys(("required", "invalid"), _("Write the day, such as 2026-12-01")),
    )
    bank_bin = forms.RegexField(
        BIN,
        label=_("Bank code (BIN)"),
        max_length=6,
        help_text=_("Six digits of NAPAS, for example 970415"),
        widget=Number(width=10),
        error_messages=dict.fromkeys(("required", "invalid", "max_length"), _("The bank code has six digits")),
    )
    bank_name = _text(_("Bank"), 120, missing=_("Write the name of the bank"))
    account = forms.RegexField(
        ACCOUNT,
        label=_("Account number"),
        max_length=19,
        widget=Text(width=20),
        error_messages=dict.fromkeys(
            ("required", "invalid", "max_length"), _("The account number has up to 19 digits and letters")
        ),
    )
    account_name = _text(_("Account name"), 120, missing=_("Write the name of the account"))
    tax_code = forms.RegexField(
        TAX_CODE,
        label=_("Tax code"),
        max_length=14,
        widget=Text(width=20),
        error_messages=dict.fromkeys(("required", "invalid", "max_length"), _("A tax code has 10 or 12 digits")),
    )
    receipt_form = _text(_("Form symbol of receipts"), 20, missing=_("Write the form symbol, such as 01BLP0-001"))
    receipt_symbol = _text(_("Symbol of receipts"), 20, missing=_("Write the symbol, such as AN-26E"))

    def account_data(self) -> AccountData:
        return AccountData(**{name: value for name, value in self.cleaned_data.items() if name != "first_day"})
