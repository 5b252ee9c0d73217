"""What officers type about documents. Names of filters stand in addresses, hence Vietnamese."""

from collections.abc import Sequence
from dataclasses import replace
from typing import Any
from uuid import UUID

from django import forms
from django.utils.translation import gettext_lazy as _

from documents import wording
from documents.catalogue import DocumentType
from documents.drafts import RECIPIENT_LIMIT, RECIPIENTS_LIMIT, SUBJECT_LIMIT, Draft, RecipientLine
from documents.errors import FaultsError
from documents.kinds import Capacity, RecipientKind, SearchPurpose, Urgency
from documents.models import Document, Recipient
from documents.operations.result_searches import Search
from documents.queries.desk import TEXT_LIMIT, Signer
from portal.ui.forms import Checkbox, NativeDate, Number, Radios, Select, Text, TextArea

REASON_LIMIT = 500
LINES_LIMIT = 60_000
DAY_FORMATS = ["%Y-%m-%d", "%d/%m/%Y"]
# layout -> the parts of its content that the drafter writes; the rest the portal prints from its own rows
PARTS: dict[str, tuple[str, ...]] = {
    "decision": ("authority", "grounds", "proposal", "articles"),
    "official-letter": ("addressees", "paragraphs"),
    "notice": ("grounds", "paragraphs"),
}
NEEDED = {"authority", "articles", "addressees", "paragraphs"}


def _lines(text: str) -> list[str]:
    return [line.strip() for line in text.splitlines() if line.strip()]


def _day(label: Any) -> forms.DateField:
    return forms.DateField(
        label=label,
        required=False,
        widget=NativeDate(),
        input_formats=DAY_FORMATS,
        error_messages={"invalid": _("Enter a date such as 20/11/2026")},
    )


class DocumentFilter(forms.Form):
    """Which documents of the officer's organs."""

    cho_toi = forms.BooleanField(label=_("Only what waits for me"), required=False, widget=Checkbox())
    trang_thai = forms.ChoiceField(label=_("State"), required=False, widget=Select())
    loai = forms.ChoiceField(label=_("Type"), required=False, widget=Select())
    q = forms.CharField(
        label=_("Words"),
        required=False,
        max_length=TEXT_LIMIT,
        help_text=_("With or without accents"),
        widget=Text(),
        error_messages={"max_length": _("Shorten it to %(limit_value)d characters")},
    )
    tu = _day(_("From"))
    den = _day(_("To"))

    def __init__(self, data: Any, types: Sequence[DocumentType]) -> None:
        super().__init__(data)
        states: Any = self.fields["trang_thai"]
        states.choices = [("", _("All")), *((state.value, words) for state, words in wording.STATES.items())]
        kinds: Any = self.fields["loai"]
        kinds.choices = [("", _("All")), *((kind.code, kind.name) for kind in types)]

    def clean(self) -> dict[str, Any]:
        data = self.cleaned_data
        if data.get("tu") and data.get("den") and data["den"] < data["tu"]:
            self.add_error("den", _("The last day lies before the first one"))
        return data

    def chosen(self) -> dict[str, Any]:
        """The arguments of `of_officer`."""
        data = self.cleaned_data
        return {
            "mine": data["cho_toi"],
            "state": data["trang_thai"],
            "type_code": data["loai"],
            "text": data["q"],
            "first": data["tu"],
            "last": data["den"],
        }


class ReasonForm(forms.Form):
    revision = forms.IntegerField(min_value=1, max_value=2_000_000_000, widget=forms.HiddenInput())
    reason = forms.CharField(
        label=_("Reason"),
        max_length=REASON_LIMIT,
        help_text=_("It stays with the document, and the drafter reads it."),
        widget=TextArea(rows=4, count=True),
        error_messages={
            "required": _("Write why, so that the one who gets it back knows what to do"),
            "max_length": _("Shorten it to %(limit_value)d characters"),
        },
    )


class DraftForm(forms.Form):
    """Subject line, content by the layout's parts, recipients, signer. One line is one paragraph."""

    revision = forms.IntegerField(required=False, min_value=1, max_value=2_000_000_000, widget=forms.HiddenInput())
    subject = forms.CharField(
        label=_("Subject line"),
        max_length=SUBJECT_LIMIT,
        widget=TextArea(rows=2, count=True),
        error_messages={"required": _("Enter the subject line")},
    )
    authority = forms.CharField(
        label=_("Who decides"), max_length=300, error_messages={"required": _("Enter who decides")}, widget=Text()
    )
    addressees = forms.CharField(
        label=_("Addressed to"),
        max_length=6200,
        help_text=_("One organ or person per line"),
        widget=TextArea(rows=3),
        error_messages={"required": _("Enter to whom it is addressed")},
    )
    grounds = forms.CharField(
        label=_("Legal grounds"),
        required=False,
        max_length=LINES_LIMIT,
        help_text=_("One per line"),
        widget=TextArea(rows=4),
    )
    proposal = forms.CharField(label=_("On whose proposal"), required=False, max_length=2000, widget=TextArea(rows=2))
    articles = forms.CharField(
        label=_("Articles"),
        max_length=LINES_LIMIT,
        help_text=_("An empty line begins the next article. Leave out its number; the layout prints it."),
        widget=TextArea(rows=12),
        error_messages={"required": _("Enter at least one article")},
    )
    paragraphs = forms.CharField(
        label=_("Content"),
        max_length=LINES_LIMIT,
        help_text=_("Each line is a paragraph"),
        widget=TextArea(rows=12),
        error_messages={"required": _("Enter the content")},
    )
    recipients = forms.CharField(
        label=_("Recipients"),
        max_length=RECIPIENTS_LIMIT * RECIPIENT_LIMIT,
        help_text=_("One per line"),
        widget=TextArea(rows=4),
        error_messages={"required": _("Enter who receives it")},
    )
    keeper = forms.CharField(
        label=_("Who keeps a copy"), max_length=RECIPIENT_LIMIT, initial="VT", widget=Text(width=10),
        error_messages={"required": _("Enter who keeps a copy")},
    )  # fmt: skip
    signer = forms.ChoiceField(
        label=_("Signer and capacity"),
        widget=Select(),
        error_messages=dict.fromkeys(("required", "invalid_choice"), _("Choose who signs it")),
    )
    urgency = forms.ChoiceField(
        label=_("Urgency"), widget=Radios(), choices=Urgency.choices, initial=Urgency.NORMAL,
        error_messages={"invalid_choice": _("Choose one of the degrees")},
    )  # fmt: skip

    def __init__(self, data: Any, *, layout: str, signers: Sequence[Signer], initial: Any = None) -> None:
        super().__init__(data, initial=initial)
        self.layout = layout
        for name in {part for parts in PARTS.values() for part in parts} - set(PARTS[layout]):
            del self.fields[name]
        chosen: Any = self.fields["signer"]
        chosen.choices = [("", _("Choose")), *((one.key, _signer(one)) for one in signers)]
        if layout == "decision":
            self.fields["grounds"].required = True
            self.fields["grounds"].error_messages["required"] = _("Enter the legal grounds, one per line")

    def draft(self, *, unit_id: int, replaces: UUID | None = None, kept: Draft | None = None) -> Draft:
        """Of a draft that is changed, `kept` holds what the form does not show: owner, result code, days, units."""
        data = self.cleaned_data
        signer, capacity = data["signer"].split(":", 1)
        units = {line.name: line.unit_id for line in kept.recipients} if kept else {}
        lines = [RecipientLine(name=name, unit_id=units.get(name)) for name in _lines(data["recipients"])]
        lines.append(RecipientLine(name=data["keeper"], kind=RecipientKind.KEEP))
        written: dict[str, Any] = {
            "subject": data["subject"],
            "signer_id": int(signer),
            "capacity": Capacity(capacity),
            "content": self._content(),
            "recipients": tuple(lines),
            "urgency": Urgency(data["urgency"]),
        }
        if kept is not None:
            others = {name: value for name, value in kept.content.items() if name not in PARTS[self.layout]}
            return replace(kept, **written | {"content": {**others, **written["content"]}})
        return Draft(unit_id=unit_id, type_code=self.layout, layout=self.layout, replaces=replaces, **written)

    def _content(self) -> dict[str, Any]:
        found: dict[str, Any] = {}
        for name in PARTS[self.layout]:
            text = self.cleaned_data[name]
            if name == "articles":
                found[name] = [lines for block in _blocks(text) if (lines := _lines(block))]
            elif name in {"authority", "proposal"}:
                found[name] = text.strip()
            else:
                found[name] = _lines(text)
        return {name: value for name, value in found.items() if value}


def initial_of(document: Document) -> dict[str, Any]:
    """A draft as the form shows it."""
    found: dict[str, Any] = {"revision": document.revision, "subject": document.subject, "urgency": document.urgency}
    found["signer"] = f"{document.signer_id}:{document.capacity}"
    for name in PARTS.get(document.layout_code, ()):
        value = document.content.get(name, "")
        if name == "articles":
            found[name] = "\n\n".join("\n".join(lines) for lines in value)
        else:
            found[name] = value if isinstance(value, str) else "\n".join(value)
    rows = list(Recipient.objects.filter(document=document).order_by("place")[:RECIPIENTS_LIMIT])
    found["recipients"] = "\n".join(row.name for row in rows if row.kind != RecipientKind.KEEP)
    found["keeper"] = "; ".join(row.name for row in rows if row.kind == RecipientKind.KEEP)
    return found


def _blocks(text: str) -> list[str]:
    return "\n".join(line.strip() for line in text.splitlines()).split("\n\n")


def _signer(one: Signer) -> str:
    return f"{one.name}, {one.post}, {one.capacity.value or one.capacity.label}"


class SearchForm(forms.Form):
    """Whose results, and why. The number travels in the body of a POST only."""

    owner_number = forms.CharField(
        label=_("Personal number of the owner"),
        max_length=20,
        help_text=_("All 12 digits"),
        widget=Number(width=20, attrs={"autocomplete": "off"}),
        error_messages={"required": _("Enter the whole personal number, as it stands in the dossier or on the paper")},
    )
    purpose = forms.ChoiceField(
        label=_("Purpose"),
        widget=Radios(),
        choices=SearchPurpose.choices,
        error_messages=dict.fromkeys(("required", "invalid_choice"), _("Choose why you look for it")),
    )
    dossier = forms.CharField(
        label=_("Code of the dossier"),
        required=False,
        max_length=40,
        help_text=_("Needed when the result is to be used in a dossier"),
        widget=Text(width=30),
    )
    result_code = forms.CharField(
        label=_("Result-type code"),
        required=False,
        max_length=13,
        help_text=_("Such as KQ.G15.000216. Without it, every result of this person is shown."),
        widget=Text(width=20),
    )

    def search(self) -> Search:
        data = self.cleaned_data
        return Search(
            owner_number="".join(data["owner_number"].split()),
            purpose=SearchPurpose(data["purpose"]),
            result_code=data["result_code"].strip().upper(),
            dossier=data["dossier"].strip().upper(),
        )

    def say(self, refusal: FaultsError) -> None:
        for name, fault in refusal.faults.items():
            self.add_error(name, str(fault))
