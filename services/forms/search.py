"""What visitors may ask the catalogue. All by GET, so that every answer has an address."""

from datetime import date
from typing import Any

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from portal.ui.forms import Search, Select
from portal.ui.life_events import LIFE_EVENTS
from services import wording
from services.queries.catalogue import TEXT_LIMIT, Filter

ANY = ("", _("All"))


class Open(forms.Field):
    """Nothing in a search must be answered, so nothing is marked as optional either."""

    def validate(self, value: Any) -> None:
        if value:
            super().validate(value)


class OpenText(Open, forms.CharField):
    pass


class OpenChoice(Open, forms.ChoiceField):
    pass


class OpenBox(Open, forms.BooleanField):
    pass


class CatalogueForm(forms.Form):
    use_required_attribute = False

    q = OpenText(
        label=_("What do you need?"),
        help_text=_("Everyday words are enough, tone marks are not needed. For example: khai sinh cho con."),
        max_length=TEXT_LIMIT,
        widget=Search(),
        error_messages={"max_length": _("At most %(limit_value)d characters. Use fewer words.")},
    )
    linh_vuc = OpenChoice(label=_("Field"), widget=Select())
    cap = OpenChoice(label=_("Level"), choices=[ANY, *wording.LEVELS.items()], widget=Select())
    su_kien = OpenChoice(
        label=_("Event of life"),
        choices=[ANY, *((event.slug, event.title) for event in LIFE_EVENTS)],
        widget=Select(),
    )
    truc_tuyen = OpenBox(label=_("Only what can be filed online"))

    def __init__(self, *args: object, fields: list[str], **kwargs: object) -> None:
        super().__init__(*args, **kwargs)  # type: ignore[arg-type]  # forwarded as they came
        field = self.fields["linh_vuc"]
        if isinstance(field, forms.ChoiceField):
            field.choices = [ANY, *((name, name) for name in fields)]
        for field in self.fields.values():
            field.error_messages["invalid_choice"] = _("Choose one of the entries shown.")

    def filter(self) -> Filter:
        """What was asked; faulty parts are left out."""
        given = self.cleaned_data if self.is_valid() else getattr(self, "cleaned_data", {})
        return Filter(
            text=given.get("q", ""),
            field=given.get("linh_vuc", ""),
            level=given.get("cap", ""),
            life_event=given.get("su_kien", ""),
            online=given.get("truc_tuyen", False),
        )


def day_asked(text: str) -> date:
    """Today for no day, or for one that is none: the page says which day it shows."""
    try:
        return date.fromisoformat(text) if text else timezone.localdate()
    except ValueError:
        return timezone.localdate()
