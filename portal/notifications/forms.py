"""What a citizen chooses, from the page's fields to an operation's words."""

import re
from datetime import time
from typing import Any, cast

from django import forms
from django.utils.translation import gettext_lazy as _

from portal.notifications import backends, kinds
from portal.notifications.kinds import Channel, Language
from portal.notifications.models import EMAIL_LENGTH, PHONE_LENGTH, NotificationPreference
from portal.notifications.operations.preferences import Choice
from portal.notifications.rules import Rules
from portal.ui.forms import Checkboxes, Number, Radios, Select, Text

PHONE = r"(?:\+84|0)\d{9}"
CODE = r"[0-9]{6}"
RULES, OWN, NONE = "chung", "rieng", "khong"
HOURS = [(f"{hour:02}:00", f"{hour:02}:00") for hour in range(24)]
CHANNELS = {
    Channel.VNEID: _("In the VNeID app on your telephone"),
    Channel.EMAIL: _("E-mail"),
    Channel.SMS: _("SMS: short, with the code of the dossier only"),
}


def phone_of(text: str) -> str:
    """Without the blanks, dots and hyphens that people write."""
    return re.sub(r"[\s.()-]", "", text)


class CodeForm(forms.Form):
    code = forms.CharField(
        label=_("The code"),
        help_text=_("Six digits."),
        max_length=20,
        widget=Number(width=10, attrs={"autocomplete": "one-time-code"}),
        error_messages={
            "required": _("Enter the six digits of the code"),
            "max_length": _("Enter the six digits of the code"),
        },
    )

    def clean_code(self) -> str:
        code = re.sub(r"[\s.-]", "", self.cleaned_data["code"])
        if not re.fullmatch(CODE, code):
            raise forms.ValidationError(_("Enter the six digits of the code"))
        return code


class PreferenceForm(forms.Form):
    """`revision` is what the citizen looked at."""

    revision = forms.IntegerField(min_value=0, widget=forms.HiddenInput())
    channels = forms.MultipleChoiceField(
        label=_("How shall we tell you?"),
        help_text=_("Choose one or several."),
        choices=list(CHANNELS.items()),
        widget=Checkboxes(),
        error_messages={"required": _("Choose at least one channel"), "invalid_choice": _("Choose from the list")},
    )
    email = forms.EmailField(
        label=_("Your e-mail address"),
        max_length=EMAIL_LENGTH,
        required=False,
        widget=Text(attrs={"type": "email", "autocomplete": "email", "spellcheck": "false"}),
        error_messages={
            "invalid": _("Enter an e-mail address such as ten@example.vn"),
            "max_length": _("Shorten it to %(limit_value)d characters"),
        },
    )
    phone = forms.CharField(
        label=_("Your mobile number"),
        max_length=PHONE_LENGTH * 2,
        required=False,
        widget=Text(width=20, attrs={"type": "tel", "inputmode": "tel", "autocomplete": "tel"}),
        error_messages={"max_length": _("Enter a number with ten digits that begins with 0")},
    )
    language = forms.ChoiceField(
        label=_("In which language?"),
        choices=Language.choices,
        widget=Radios(inline=True),
        error_messages={"required": _("Choose a language"), "invalid_choice": _("Choose a language")},
    )
    quiet = forms.ChoiceField(
        label=_("When shall no SMS come?"),
        help_text=_("What happens in these hours is told when they end. Later news replace earlier ones."),
        widget=Radios(),
        error_messages={"required": _("Choose the quiet hours"), "invalid_choice": _("Choose the quiet hours")},
    )
    quiet_from = forms.ChoiceField(label=_("Own quiet hours: from"), required=False, choices=HOURS, widget=Select())
    quiet_until = forms.ChoiceField(label=_("Own quiet hours: until"), required=False, choices=HOURS, widget=Select())
    kinds = forms.MultipleChoiceField(
        label=_("What else may we send you?"),
        help_text=_("Only if you agree. You can take it back here, or by the link in each e-mail."),
        required=False,
        widget=Checkboxes(),
        error_messages={"invalid_choice": _("Choose from the list")},
    )

    def __init__(self, data: Any, *, preference: NotificationPreference, rules: Rules) -> None:
        super().__init__(data, initial=_initial(preference, rules))
        cast("forms.MultipleChoiceField", self.fields["channels"]).choices = _offered()
        usual = f"{rules.quiet_from:%H:%M}–{rules.quiet_until:%H:%M}"
        cast("forms.ChoiceField", self.fields["quiet"]).choices = [
            (RULES, _("As usual: %(hours)s") % {"hours": usual}),
            (OWN, _("In the hours that I choose below")),
            (NONE, _("SMS may come at any time")),
        ]
        offered = kinds.optional()
        cast("forms.ChoiceField", self.fields["kinds"]).choices = [(one.key, one.title) for one in offered]
        cast("Checkboxes", self.fields["kinds"].widget).hints = {one.key: one.hint for one in offered}

    def clean_phone(self) -> str:
        number = phone_of(self.cleaned_data["phone"])
        if number and not re.fullmatch(PHONE, number):
            raise forms.ValidationError(_("Enter a number with ten digits that begins with 0"))
        return number

    def clean(self) -> dict[str, Any]:
        said = self.cleaned_data
        chosen = said.get("channels", [])
        if Channel.EMAIL in chosen and not said.get("email") and "email" not in self.errors:
            self.add_error("email", _("Enter your e-mail address, or do not choose e-mail"))
        if Channel.SMS in chosen and not said.get("phone") and "phone" not in self.errors:
            self.add_error("phone", _("Enter your mobile number, or do not choose SMS"))
        same = said.get("quiet_from") == said.get("quiet_until")
        if said.get("quiet") == OWN and (same or not said.get("quiet_from") or not said.get("quiet_until")):
            self.add_error("quiet_from", _("Choose two different hours"))
        return said

    def choice(self) -> Choice:
        said = self.cleaned_data
        begins, ends = _hours(said)
        return Choice(
            language=said["language"],
            channels=said["channels"],
            kinds=said["kinds"],
            email=said["email"],
            phone=said["phone"],
            quiet_from=begins,
            quiet_until=ends,
        )


def _hours(said: dict[str, Any]) -> tuple[time | None, time | None]:
    if said["quiet"] == OWN:
        return time.fromisoformat(said["quiet_from"]), time.fromisoformat(said["quiet_until"])
    return (time(0), time(0)) if said["quiet"] == NONE else (None, None)


def _offered() -> list[tuple[str, Any]]:
    """Channels that have a carrier; all of them while there is none, so that the page can be tried."""
    found = [(str(channel), words) for channel, words in CHANNELS.items() if backends.connected(channel)]
    return found or [(str(channel), words) for channel, words in CHANNELS.items()]


def _usable(preference: NotificationPreference) -> set[str]:
    """Nobody is greeted with a tick that the page would refuse."""
    given = {Channel.EMAIL: preference.email, Channel.SMS: preference.phone, Channel.VNEID: "known"}
    return {str(channel) for channel, address in given.items() if address}


def _initial(preference: NotificationPreference, rules: Rules) -> dict[str, Any]:
    begins, ends = preference.quiet_from, preference.quiet_until
    chosen = RULES if begins is None else NONE if begins == ends else OWN
    own = (begins, ends) if chosen == OWN and begins and ends else (rules.quiet_from, rules.quiet_until)
    return {
        "revision": preference.revision,
        "channels": [one for one in preference.channels if one in _usable(preference)],
        "email": preference.email,
        "phone": preference.phone,
        "language": preference.language,
        "quiet": chosen,
        "quiet_from": f"{own[0]:%H:00}",
        "quiet_until": f"{own[1]:%H:00}",
        "kinds": preference.kinds,
    }
