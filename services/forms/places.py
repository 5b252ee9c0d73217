"""Where it is decided, and how and where the result is handed out."""

from collections.abc import Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from portal.ui.forms import Radios, TextArea
from services.declarations import Kind, Question, World
from services.declarations.words import Words
from services.forms.answers import AnswerField, field_of
from services.forms.widgets import UnitPicker
from services.kinds import Channel
from services.models.postal import ADDRESS_LENGTH
from services.postal_rules import postal_rules_on
from services.queries.drafts import province_of

CHANNELS = (
    (Channel.DESK.value, _("At a one-stop desk")),
    (Channel.ONLINE.value, _("Online, as a signed document")),
    (Channel.POST.value, _("By post, to your address")),
)


def _unit(key: str, label: str, hint: str, world: World, *, optional: bool = False) -> AnswerField:
    told, missing = Words(label, label), gettext("Choose the commune that decides.")
    question = Question(
        key, Kind.UNIT, {}, told, hint=Words(hint, hint), missing=Words(missing, missing), optional=optional
    )
    return field_of(question, world)


class PlacesForm(forms.Form):
    """`candidates` are communes of today that followed a split one: they are offered, none is taken for the person.

    `desk`: where the citizen stands, when an officer types.
    """

    use_required_attribute = False

    def __init__(
        self,
        world: World,
        *args: Any,
        reason: str = "",
        candidates: Sequence[int] = (),
        desk: int | None = None,
        **kwargs: Any,
    ) -> None:
        super().__init__(*args, **kwargs)
        self.world = world
        competent = _unit("competent", gettext("Who decides"), reason, world)
        if candidates and isinstance(competent.widget, UnitPicker):
            competent.widget.found = [(one, world.units.name(one) or "") for one in candidates]
        self.fields["competent"] = competent
        self.fields["return_channel"] = forms.ChoiceField(
            label=gettext("How the result comes to you"),
            choices=CHANNELS,
            widget=Radios(),
            error_messages={"required": gettext("Choose how the result comes to you.")},
        )
        told = gettext(
            "Only when the result comes by post. Leave it empty to have it sent to the address in the declaration."
        )
        self.fields["postal_address"] = forms.CharField(
            label=gettext("Address for the post"),
            help_text=f"{told} {postal_rules_on(world.today).charge}",
            max_length=ADDRESS_LENGTH,
            required=False,
            widget=TextArea(rows=2),
            error_messages={"max_length": gettext("Shorten it to %(limit_value)d characters")},
        )
        hint = gettext("Any commune of the same province; the commune that decides if you leave this empty.")
        if desk is not None:
            hint = gettext("Any commune of the same province; your desk if you leave this empty.")
        self.fields["returning"] = _unit("returning", gettext("Desk where you collect it"), hint, world, optional=True)

    def clean(self) -> dict[str, Any]:
        given = super().clean() or {}
        competent, returning = self._living("competent"), self._living("returning")
        if competent is None and "competent" not in self.errors:
            self.add_error("competent", gettext("Choose the commune that decides."))
        if competent and returning:
            today = self.world.today
            if province_of(competent, today) != province_of(returning, today):
                self.add_error("returning", gettext("Choose a commune of the same province as the one that decides."))
        return given

    def _living(self, name: str) -> int | None:
        unit_id = self.unit(name)
        if unit_id is not None and not self.world.units.lives(unit_id):
            self.add_error(name, gettext("This commune does not exist any more. Search its name and choose again."))
            return None
        return unit_id

    def unit(self, name: str) -> int | None:
        answer = self.cleaned_data.get(name)
        return answer["unit"] if answer else None
