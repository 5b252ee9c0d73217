"""What people type about petitions: those who send them, and the officers who handle them."""

from collections.abc import Iterable
from typing import Any

from django import forms
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from portal.ui.forms import Checkbox, Radios, Search, Select, Text, TextArea
from services.declarations import Kind, Question, World
from services.declarations.words import Words
from services.forms.answers import field_of
from services.forms.desk import DeedForm
from services.forms.own import SCORES
from services.forms.widgets import Uploads
from services.models import PetitionChannel
from services.models.dossiers import NAME_LENGTH
from services.models.petitions import CODE_LENGTH, TEXT_LENGTH, TITLE_LENGTH
from services.petition_rules import petition_types
from services.petition_states import PetitionState
from services.queries.petitions import TEXT_LIMIT
from services.wording_petitions import STANDINGS

OPINION, PHONE, EMAIL, ADDRESS = 2000, 30, 200, 300
SHORTER = _("Shorten it to %(limit_value)d characters")
Choices = Iterable[tuple[str, Any]]


def _words(
    label: Any,
    limit: int,
    *,
    missing: Any = "",
    help_text: Any = "",
    rows: int = 0,
    attrs: dict[str, str] | None = None,
) -> Any:
    return forms.CharField(
        label=label,
        max_length=limit,
        required=bool(missing),
        help_text=help_text,
        widget=TextArea(rows=rows, count=True) if rows else Text(attrs=attrs),
        error_messages={"required": missing, "max_length": SHORTER},
    )


class PlainUploads(Uploads):
    """Sent with the form: whoever has no account has no place for files that come in parts."""

    template_name = "django/forms/widgets/file.html"


class SentFiles(forms.Field):
    widget = PlainUploads

    def __init__(self, *, most: int, label: Any) -> None:
        self.most = most
        hint = gettext("PDF files or photos, at most %(most)d. Leave out what shows other people.") % {"most": most}
        super().__init__(label=label, help_text=hint, required=False)

    def clean(self, value: Any) -> list[Any]:
        new = list(value["new"])
        if len(new) > self.most:
            raise forms.ValidationError(gettext("Choose at most %(most)d files") % {"most": self.most})
        return new


class PetitionForm(forms.Form):
    """For everybody. `desk`: an officer types for somebody, and says how they came."""

    use_required_attribute = False

    def __init__(self, world: World, data: Any, files: Any, *, most: int, desk: bool, initial: Any) -> None:
        super().__init__(data, files, initial=initial)
        add = self.fields
        if desk:
            add["channel"] = forms.ChoiceField(
                label=_("How it was told"),
                choices=[(one.value, one.label) for one in (PetitionChannel.DESK, PetitionChannel.PHONE)],
                widget=Radios(inline=True),
                error_messages={"required": _("Choose how it was told")},
            )
        told, hint = gettext("Commune that it is about"), gettext("It may be the old name; you choose from the list.")
        missing = gettext("Enter the commune that it is about")
        question = Question(
            "unit", Kind.UNIT, {}, Words(told, told), hint=Words(hint, hint), missing=Words(missing, missing)
        )
        add["unit"] = field_of(question, world)
        add["kind"] = forms.ChoiceField(
            label=_("What is it about?"),
            choices=[(one.key, one.name) for one in petition_types().values()],
            widget=Radios(),
            error_messages=dict.fromkeys(("required", "invalid_choice"), _("Choose what it is about")),
        )
        add["text"] = _words(
            _("What happened, or what do you propose?"),
            TEXT_LENGTH,
            missing=_("Write what happened, or what you propose"),
            help_text=_("When, where, and what you would like. Leave out personal numbers."),
            rows=8,
        )
        add["dossier_code"] = _words(
            _("Dossier code or reference"),
            CODE_LENGTH,
            help_text=_("If it is about a dossier"),
            attrs={"spellcheck": "false"},
        )
        add["about_officer"] = _words(
            _("Name of the officer"),
            NAME_LENGTH,
            help_text=_("If it is about somebody's conduct. That officer will not handle it and does not see it."),
        )
        add["uploads"] = SentFiles(most=most, label=_("Photos or papers"))
        self._contact(desk)
        add["procedure"] = forms.CharField(required=False, max_length=20, widget=forms.HiddenInput())

    def _contact(self, desk: bool) -> None:
        note = _("You need not give it. Only the officers who handle your petition see it; it is never published.")
        own = {} if desk else {"autocomplete": "name"}
        self.fields["name"] = _words(_("Your name"), NAME_LENGTH, help_text=note, attrs=own)
        self.fields["phone"] = _words(_("Phone"), PHONE, attrs={} if desk else {"autocomplete": "tel"})
        self.fields["email"] = forms.EmailField(
            label=_("E-mail"),
            required=False,
            max_length=EMAIL,
            widget=Text(attrs={} if desk else {"autocomplete": "email"}),
            error_messages={"invalid": _("Enter an e-mail address such as ten@vi-du.vn"), "max_length": SHORTER},
        )

    def contact(self) -> dict[str, str]:
        data = self.cleaned_data
        return {key: data[key].strip() for key in ("name", "phone", "email")}


class FollowForm(forms.Form):
    code = forms.CharField(
        label=_("Code of the petition"),
        max_length=80,
        help_text=_("For example PA-RYDQG-JQFU8"),
        widget=Text(width=20, attrs={"autocomplete": "off", "spellcheck": "false"}),
        error_messages={"required": _("Enter the code that you were given"), "max_length": SHORTER},
    )
    pin = forms.RegexField(
        r"^\d{6}$",
        strip=True,
        label=_("PIN of the petition"),
        max_length=20,
        help_text=_("Six digits"),
        widget=Text(width=10, attrs={"autocomplete": "off", "inputmode": "numeric"}),
        error_messages=dict.fromkeys(("invalid", "max_length"), _("The PIN has six digits"))
        | {"required": _("Enter the PIN that you were given")},
    )


class AddForm(forms.Form):
    """What the unit asked for."""

    text = _words(_("Your reply"), TEXT_LENGTH, missing=_("Write what you add or correct"), rows=5)

    def __init__(self, data: Any, files: Any, *, most: int) -> None:
        super().__init__(data, files, prefix="add")
        if most > 0:
            self.fields["uploads"] = SentFiles(most=most, label=_("Photos or papers"))


class SatisfactionForm(forms.Form):
    score = forms.TypedChoiceField(
        label=_("How satisfied are you with the answer?"),
        coerce=int,
        choices=SCORES,
        widget=Radios(),
        error_messages=dict.fromkeys(("required", "invalid_choice"), _("Choose one of the five answers")),
    )
    text = _words(_("What should be better?"), OPINION, rows=3)

    def __init__(self, data: Any) -> None:
        super().__init__(data, prefix="score")


class WithdrawForm(forms.Form):
    text = _words(_("Why do you withdraw it?"), OPINION, rows=2, help_text=_("You need not say it."))

    def __init__(self, data: Any) -> None:
        super().__init__(data, prefix="withdraw")


class PublicFilter(forms.Form):
    """Names stand in addresses, hence Vietnamese."""

    use_required_attribute = False
    q = forms.CharField(
        label=_("Words of the petition"),
        help_text=_("With or without accents"),
        required=False,
        max_length=TEXT_LIMIT,
        widget=Search(),
        error_messages={"max_length": SHORTER},
    )
    loai = forms.ChoiceField(label=_("Type"), required=False, widget=Select())

    def __init__(self, data: Any) -> None:
        super().__init__(data)
        chosen: Any = self.fields["loai"]
        chosen.choices = [("", _("All")), *((one.key, one.name) for one in petition_types().values())]


class InboxFilter(PublicFilter):
    trang_thai = forms.ChoiceField(label=_("State"), required=False, widget=Select())
    cua = forms.BooleanField(label=_("Only what I handle"), required=False, widget=Checkbox())
    tre = forms.BooleanField(label=_("Only late petitions"), required=False, widget=Checkbox())

    def __init__(self, data: Any) -> None:
        super().__init__(data)
        self.fields["q"].label = _("Code, dossier or words")
        states: Any = self.fields["trang_thai"]
        known = [(one.value, STANDINGS[one].phase) for one in PetitionState]
        states.choices = [("", _("Everything open")), *known]


class PetitionDeed(DeedForm):
    """A deed on a petition: its revision, and what stands in the fields at first."""

    use_required_attribute = False

    def __init__(self, data: Any, *, revision: int, **initial: Any) -> None:
        super().__init__(data, initial={"revision": revision, **initial})


class SayForm(PetitionDeed):
    """One text. `missing` is said when it is left out."""

    def __init__(self, data: Any, *, revision: int, label: Any, missing: Any, help_text: Any = "") -> None:
        super().__init__(data, revision=revision)
        self.fields["text"] = _words(label, TEXT_LENGTH, missing=missing, help_text=help_text, rows=6)


class GiveForm(PetitionDeed):
    """To whom. `why`: a reason is asked for."""

    def __init__(self, data: Any, *, revision: int, people: Choices, label: Any, why: bool) -> None:
        super().__init__(data, revision=revision)
        self.fields["chosen"] = forms.ChoiceField(
            label=label,
            choices=list(people),
            widget=Radios(),
            error_messages=dict.fromkeys(("required", "invalid_choice"), _("Choose an officer.")),
        )
        if why:
            self.fields["text"] = _words(_("Reason"), OPINION, missing=_("Write the reason."), rows=3)


class ForwardForm(PetitionDeed):
    def __init__(self, world: World, data: Any, *, revision: int, above: tuple[int, str] | None) -> None:
        super().__init__(data, revision=revision)
        told, hint = gettext("Competent commune"), gettext("Its name; you choose from the list.")
        question = Question("unit", Kind.UNIT, {}, Words(told, told), hint=Words(hint, hint), optional=bool(above))
        self.fields["unit"] = field_of(question, world)
        self.above = above
        if above:
            label = _("Or the unit above: %(name)s") % {"name": above[1]}
            self.fields["upward"] = forms.BooleanField(label=label, required=False, widget=Checkbox())
        self.fields["text"] = _words(_("Reason"), OPINION, missing=_("Write the reason."), rows=4)

    def clean(self) -> dict[str, Any]:
        given = super().clean() or {}
        unit = given.get("unit")
        given["to_unit"] = unit["unit"] if unit else None
        if self.above and given.get("upward"):
            given["to_unit"] = self.above[0]
        if not given["to_unit"] and "unit" not in self.errors:
            self.add_error("unit", gettext("Choose the unit that is competent."))
        return given


class MergeForm(PetitionDeed):
    reference = _words(
        _("Code of the petition that this one repeats"), 20, missing=_("Enter the code of the other petition.")
    )


class ClassifyForm(PetitionDeed):
    reference = _words(_("Repeats the petition with the code"), 20, help_text=_("Leave it empty if it repeats none."))

    def __init__(self, data: Any, *, revision: int, kind: str, repeats: str) -> None:
        super().__init__(data, revision=revision, kind=kind, reference=repeats)
        self.fields["kind"] = forms.ChoiceField(
            label=_("Type"),
            choices=[(one.key, one.name) for one in petition_types().values()],
            widget=Radios(),
            error_messages={"required": _("Choose a type.")},
        )
        self.order_fields(["revision", "kind", "reference"])


class PublishForm(PetitionDeed):
    """Twice the same words: written, then read as they will be public and confirmed."""

    title = _words(_("Title for the public"), TITLE_LENGTH, missing=_("Write a title."))
    question = _words(
        _("What was told, for the public"),
        TEXT_LENGTH,
        missing=_("Write what was told."),
        help_text=_("Without names, numbers, phones, addresses and anything else that leads to a person."),
        rows=8,
    )
    answer = _words(_("The answer, for the public"), TEXT_LENGTH, missing=_("Write the answer."), rows=8)
