"""What is written about results that go by post: who carries them, under which numbers, and what became of each."""

from collections.abc import Iterable
from datetime import date, datetime
from typing import Any, cast

from django import forms
from django.utils.timezone import get_current_timezone
from django.utils.translation import gettext_lazy as _

from portal.ui.forms import Radios, Select, Text, TextArea
from services.forms.desk import DeedForm
from services.forms.lateness import SHORTEN, date_field, time_field, words
from services.models import PostalItem
from services.models.postal import (
    ADDRESS_LENGTH,
    COURIER_LENGTH,
    NOTE_LENGTH,
    PROOF_LENGTH,
    RECEIVER_LENGTH,
    TRACKING_LENGTH,
)
from services.operations.postal import Ended
from services.postal_rules import Carrier, postal_rules_on

Choices = Iterable[tuple[str, str]]


def line(label: Any, missing: Any, *, longest: int, help_text: Any = "") -> forms.CharField:
    return forms.CharField(
        label=label,
        max_length=longest,
        help_text=help_text,
        widget=Text(),
        error_messages={"required": missing, "max_length": SHORTEN},
    )


def _choices(form: forms.Form, name: str, found: Choices) -> None:
    cast("forms.ChoiceField", form.fields[name]).choices = list(found)


def moment_of(said: dict[str, Any]) -> datetime:
    """Of `day` and `time`, by the clock here."""
    return datetime.combine(said["day"], said["time"], get_current_timezone())


class SlipForm(forms.Form):
    use_required_attribute = False

    carrier = forms.ChoiceField(
        label=_("Who carries them"),
        widget=Select(),
        error_messages=dict.fromkeys(("required", "invalid_choice"), _("Choose who carries them")),
    )

    def __init__(self, data: Any, *, on: date) -> None:
        super().__init__(data)
        _choices(self, "carrier", [(one.key, one.name) for one in postal_rules_on(on).carriers.values()])


class HandSlipForm(forms.Form):
    """One number for each item, in the order of the slip."""

    use_required_attribute = False

    courier = line(_("Who took it"), _("Enter who took it"), longest=COURIER_LENGTH, help_text=_("As they signed it"))
    day = date_field(_("Day on which it was given to the carrier"), _("Enter the day"))
    time = time_field(_("Time at which it was given to the carrier"), _("Enter the time"))

    def __init__(self, data: Any, *, items: Iterable[PostalItem], carrier: Carrier | None, on: date) -> None:
        super().__init__(data, initial={"day": on})
        self.items = list(items)
        for item in self.items:
            self.fields[f"number-{item.pk}"] = line(
                _("Number on the envelope for %(dossier)s") % {"dossier": item.dossier},
                _("Enter the number that stands on the envelope for %(dossier)s") % {"dossier": item.dossier},
                longest=TRACKING_LENGTH,
                help_text=_("For example %(number)s") % {"number": carrier.example} if carrier else "",
            )

    def tracking(self) -> dict[Any, str]:
        return {item.pk: self.cleaned_data[f"number-{item.pk}"] for item in self.items}


class DeliveredForm(forms.Form):
    use_required_attribute = False

    receiver = line(_("Who received it"), _("Enter who received it"), longest=RECEIVER_LENGTH)
    day = date_field(_("Day on which it was delivered"), _("Enter the day"))
    time = time_field(_("Time at which it was delivered"), _("Enter the time"))
    proof = line(
        _("What proves it"),
        _("Enter what proves it"),
        longest=PROOF_LENGTH,
        help_text=_("For example the signed receipt, or the carrier's page of the tracking number"),
    )

    def __init__(self, data: Any, *, receiver: str = "") -> None:
        super().__init__(data, initial={"receiver": receiver})

    def said(self) -> Ended:
        told = self.cleaned_data
        return Ended(moment_of(told), receiver=told["receiver"], proof=told["proof"])


class CameBackForm(forms.Form):
    """On a page with another form, hence a prefix."""

    use_required_attribute = False

    reason = forms.ChoiceField(
        label=_("Why it came back"),
        widget=Radios(),
        error_messages=dict.fromkeys(("required", "invalid_choice"), _("Choose why it came back")),
    )
    note = forms.CharField(
        label=_("In words, where that is needed"),
        max_length=NOTE_LENGTH,
        required=False,
        widget=TextArea(rows=2, count=True),
        error_messages={"max_length": SHORTEN},
    )
    day = date_field(_("Day on which it came back"), _("Enter the day"))
    time = time_field(_("Time at which it came back"), _("Enter the time"))

    def __init__(self, data: Any, *, on: date) -> None:
        super().__init__(data, prefix="ve", initial={"day": on})
        _choices(self, "reason", postal_rules_on(on).reasons.items())

    def said(self) -> Ended:
        told = self.cleaned_data
        return Ended(moment_of(told), reason=told["reason"], note=told["note"])


class TakeOffForm(forms.Form):
    use_required_attribute = False

    reason = words(
        _("Why it is taken off the slip"),
        _("Write why it is taken off the slip"),
        longest=NOTE_LENGTH,
        help_text=_("For example: somebody came to collect it"),
        rows=2,
    )

    def __init__(self, data: Any) -> None:
        super().__init__(data, prefix="bo")


class AddressForm(DeedForm):
    use_required_attribute = False

    address = words(
        _("Address"),
        _("Enter the address"),
        longest=ADDRESS_LENGTH,
        help_text=_("House or village, commune and province; the post reads nothing else"),
        rows=3,
    )

    def __init__(self, data: Any, *, revision: int, address: str, on: date) -> None:
        super().__init__(data, initial={"revision": revision, "address": address})
        field = self.fields["address"]
        field.help_text = f"{field.help_text}. {postal_rules_on(on).charge}"
