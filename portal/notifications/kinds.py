"""Ways to reach people, and the kinds of notification that the apps above register when they start."""

from dataclasses import dataclass

from django.db import models
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

Words = str | Promise


class Channel(models.TextChoices):
    EMAIL = "email", _("e-mail")
    SMS = "sms", _("SMS")
    VNEID = "vneid", _("the VNeID app")


class Language(models.TextChoices):
    VIETNAMESE = "vi", _("Vietnamese")
    ENGLISH = "en", _("English")


@dataclass(frozen=True, slots=True)
class Kind:
    """What people choose between. One that the law orders is always sent, on whichever channel they prefer; any other
    only to those who agreed to it.
    """

    key: str
    title: Words
    hint: Words
    ordered: bool
    own_deed: bool = False  # answers at once what somebody just did: nobody chooses it, and no log shows its text


ADDRESS_CODE = "address_code"
_registered: dict[str, Kind] = {
    ADDRESS_CODE: Kind(
        ADDRESS_CODE,
        _("A code to confirm an address"),
        _("Only when you ask for it."),
        ordered=True,
        own_deed=True,
    )
}


def register(*kinds: Kind) -> None:
    """Called in AppConfig.ready; saying the same twice changes nothing."""
    _registered.update({kind.key: kind for kind in kinds})


def kind(key: str) -> Kind:
    """KeyError for one that no app has registered."""
    return _registered[key]


def ordered() -> list[Kind]:
    return [one for one in _registered.values() if one.ordered and not one.own_deed]


def optional() -> list[Kind]:
    return [one for one in _registered.values() if not one.ordered]
