"""What the desk types when it files for somebody: who stands there, their papers, the mandate, the confirmation."""

from collections.abc import Sequence
from datetime import date
from typing import Any

from django import forms
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from portal.ui.forms import Checkbox, DateBoxesField, Radios, Search, Select, Text, TextArea
from services.declarations import Kind, Question, World
from services.declarations.words import Words
from services.forms.answers import FilesAnswer, KeepFile, field_of
from services.identity_cards import MOST, Card, NotACardError, read_card
from services.models import Draft, Ground, Proof
from services.models.dossiers import NAME_LENGTH
from services.models.visits import REFERENCE_LENGTH, SCOPE_LENGTH
from services.operations.mandates import Right
from services.operations.visits import Shown
from services.queries.catalogue import TEXT_LIMIT
from services.versions import Part

FIRST_BIRTH = date(1900, 1, 1)
MISSING = {"required": _("Enter the name as it stands on the card")}


class VisitForm(forms.Form):
    """One box for the scanner; name and birth date are typed only where nothing was scanned."""

    use_required_attribute = False

    card = forms.CharField(
        label=_("Scan of the identity card, or the personal number"),
        help_text=_("12 digits. A scanner fills in everything and sends the page."),
        max_length=MOST,
        widget=Text(attrs={"autofocus": True, "autocomplete": "off", "spellcheck": "false"}),
        error_messages={"required": _("Scan the card or enter the 12 digits of the personal number")},
    )
    name = forms.CharField(
        label=_("Name on the card"),
        help_text=_("Only where the card was not scanned"),
        required=False,
        max_length=NAME_LENGTH,
        widget=Text(attrs={"autocomplete": "off"}),
    )
    birth_on = DateBoxesField(
        label=_("Date of birth on the card"), help_text=_("Only where the card was not scanned"), required=False
    )
    desk = forms.TypedChoiceField(label=_("Desk"), coerce=int, widget=Select())

    def __init__(self, data: Any, *, desks: Sequence[tuple[int, str]], today: date) -> None:
        super().__init__(data, initial={"desk": desks[0][0] if desks else None})
        self.today = today
        chosen: Any = self.fields["desk"]
        chosen.choices = desks
        if len(desks) == 1:
            chosen.widget = forms.HiddenInput()

    def clean(self) -> dict[str, Any]:
        given = super().clean() or {}
        try:
            self.read = read_card(given["card"]) if given.get("card") else None
        except NotACardError:
            self.read = None
            self.add_error(
                "card", _("This is neither an identity card nor a number of 12 digits. Scan or type it again.")
            )
        if self.read and not self.read.name:
            self._typed(given)
        born = self._born(given)
        if born and not FIRST_BIRTH <= born <= self.today:
            self.add_error("birth_on", _("The date of birth can't lie in the future or before 1900."))
        return given

    def _typed(self, given: dict[str, Any]) -> None:
        if not given.get("name") and "name" not in self.errors:
            self.add_error("name", MISSING["required"])
        if not given.get("birth_on") and "birth_on" not in self.errors:
            self.add_error("birth_on", _("Enter the date of birth as it stands on the card"))

    def _born(self, given: dict[str, Any]) -> date | None:
        return self.read.birth_on if self.read and self.read.name else given.get("birth_on")

    def shown(self) -> Shown:
        card: Card = self.read or Card("")
        data = self.cleaned_data
        scanned = bool(card.name)
        name = card.name or " ".join(data["name"].split())
        return Shown(card.number, name, self._born(data), scanned)


class ProcedureForm(forms.Form):
    """Names stand in addresses, hence Vietnamese."""

    q = forms.CharField(label=_("Procedure"), required=False, max_length=TEXT_LIMIT, widget=Search())

    def begin_here(self) -> None:
        """Until something was found."""
        self.fields["q"].widget.attrs["autofocus"] = True


class PapersForm(forms.Form):
    """Every paper that no register answers: digitised here, only shown, or not there."""

    use_required_attribute = False
    revision = forms.IntegerField(min_value=1, widget=forms.HiddenInput())

    def __init__(
        self, data: Any, files: Any, *, parts: Sequence[Part], draft: Draft, world: World, names: Any, keep: KeepFile
    ) -> None:
        self.parts = parts
        said = {key: one["proof"] for key, one in draft.desk_papers.items()}
        super().__init__(
            data,
            files,
            initial={"revision": draft.revision} | {f"{part.key}-proof": said.get(part.key, "") for part in parts},
        )
        for part in parts:
            self.fields[f"{part.key}-proof"] = forms.ChoiceField(
                label=part.name,
                choices=[(one.value, one.label) for one in (Proof.SHOWN, Proof.ATTACHED, Proof.MISSING)],
                widget=Radios(inline=True),
                required=part.required,
                error_messages={"required": gettext("%(paper)s: say how it is proven.") % {"paper": part.name}},
            )
            kept = [(one, names(one)) for one in draft.desk_papers.get(part.key, {}).get("files", ())]
            told = gettext("Scan or photo: %(paper)s") % {"paper": part.name}
            question = Question(
                f"{part.key}-files", Kind.FILES, {}, Words(told, told), component=part.key, optional=True
            )
            self.fields[f"{part.key}-files"] = field_of(question, world, kept=kept, keep=keep)

    def clean(self) -> dict[str, Any]:
        given = super().clean() or {}
        for part in self.parts:
            proof, files = given.get(f"{part.key}-proof"), given.get(f"{part.key}-files")
            if proof == Proof.ATTACHED and not files and f"{part.key}-files" not in self.errors:
                self.add_error(f"{part.key}-files", gettext("%(paper)s: add the scan.") % {"paper": part.name})
        return given

    def papers(self) -> dict[str, Any]:
        """As the draft keeps them; whatever was scanned is attached."""
        kept: dict[str, Any] = {}
        for part in self.parts:
            files = self.cleaned_data.get(f"{part.key}-files") or []
            proof = Proof.ATTACHED.value if files else self.cleaned_data.get(f"{part.key}-proof")
            if proof:
                kept[part.key] = {"proof": proof, "files": files}
        return kept

    def kept_files(self) -> dict[str, Any]:
        """What came although the page was refused, so that no scan has to be made twice."""
        rows = {}
        for part in self.parts:
            field = self.fields[f"{part.key}-files"]
            if isinstance(field, FilesAnswer) and getattr(field, "now", None):
                rows[part.key] = {"proof": Proof.ATTACHED.value, "files": field.now}
        return rows


class MandateForm(forms.Form):
    """By what right the filer acts for the principal."""

    use_required_attribute = False

    ground = forms.ChoiceField(
        label=_("By what right do you file for this person?"),
        choices=Ground.choices,
        widget=Radios(),
        error_messages=dict.fromkeys(
            ("required", "invalid_choice"), _("Choose by what right you file for this person")
        ),
    )
    scope = forms.CharField(
        label=_("What for"),
        help_text=_("As the paper says it, for example: to file and to collect the result"),
        max_length=SCOPE_LENGTH,
        widget=TextArea(rows=3, count=True),
        error_messages={
            "required": _("Enter what you were authorised for"),
            "max_length": _("Shorten it to %(limit_value)d characters"),
        },
    )
    valid_from = DateBoxesField(
        label=_("Holds from"), error_messages={"required": _("Enter the day from which the paper holds")}
    )
    valid_to = DateBoxesField(
        label=_("Last day"),
        required=False,
        help_text=_("Leave it empty if the paper names none: an authorisation then holds for one year."),
    )
    reference = forms.CharField(
        label=_("Number of the paper"), required=False, max_length=REFERENCE_LENGTH, widget=Text(width=20)
    )
    shown = forms.BooleanField(label=_("The paper was shown to me and handed back"), required=False, widget=Checkbox())

    def __init__(
        self,
        data: Any,
        files: Any,
        *,
        world: World,
        at_desk: bool,
        asks_file: bool,
        keep: KeepFile,
        kept: Any,
        **more: Any,
    ) -> None:
        super().__init__(data, files, **more)
        self.today, self.asks_file, self.at_desk = world.today, asks_file, at_desk
        if not at_desk:
            del self.fields["shown"]
        if asks_file:
            told = gettext("The paper, as a scan or photo")
            question = Question("file", Kind.FILES, {}, Words(told, told), component="mandate", optional=True)
            self.fields["file"] = field_of(question, world, kept=kept, keep=keep)

    def clean(self) -> dict[str, Any]:
        given = super().clean() or {}
        first, last = given.get("valid_from"), given.get("valid_to")
        if first and first > self.today:
            self.add_error("valid_from", _("The paper does not hold yet. It must hold on the day of filing."))
        if last and last < self.today:
            self.add_error("valid_to", _("The paper has ended. Let it be renewed before you file."))
        if first and last and last < first and "valid_to" not in self.errors:
            self.add_error("valid_to", _("The last day lies before the first."))
        if self.asks_file and not given.get("file") and not given.get("shown") and "file" not in self.errors:
            self.add_error("file", _("Add the paper as a scan or photo."))
        return given

    def right(self, principal: str, file: Any) -> Right:
        data = self.cleaned_data
        return Right(
            ground=Ground(data["ground"]),
            principal_name=principal,
            scope=data["scope"],
            valid_from=data["valid_from"],
            valid_to=data["valid_to"],
            reference=data["reference"],
            file=file,
            shown=data.get("shown", False),
        )


class ConfirmForm(forms.Form):
    """`revision` is that of the summary which was printed."""

    use_required_attribute = False
    revision = forms.IntegerField(min_value=1, widget=forms.HiddenInput())
    signed = forms.BooleanField(
        label=_("The citizen has read the summary and signed the printed copy (K)"),
        widget=Checkbox(attrs={"accesskey": "k"}),
        error_messages={"required": _("Let the citizen read the summary and sign it, then tick this box")},
    )
