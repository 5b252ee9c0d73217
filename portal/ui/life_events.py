"""The six events of life that bring most people to the desk: what to know before going there.

Only what is the same in every commune of the country; what a province sets itself (most fees) is not here. The codes
beside the sentences are those of the public catalogue of procedures, where each can be read.
"""

from collections.abc import Callable
from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _


@dataclass(frozen=True)
class LifeEvent:
    """`picture` is a template; sentences stand in order of use."""

    slug: str
    picture: str
    title: str | Promise
    summary: str | Promise
    where: str | Promise
    know: tuple[str | Promise, ...]
    bring: tuple[str | Promise, ...]

    @property
    def procedures_url(self) -> str:
        return procedures_url(self.slug)


_addresses: list[Callable[[str], str]] = []


def register_procedures(address: Callable[[str], str]) -> None:
    """By the app that has procedures: slug of an event -> address of their list; the empty slug is the whole list."""
    _addresses[:] = [address]


def procedures_url(slug: str = "") -> str:
    """Empty while no app has procedures."""
    return _addresses[0](slug) if _addresses else ""


IDENTITY = _("Your identity card, or VNeID. It is only shown; nobody keeps a copy.")

LIFE_EVENTS = (
    LifeEvent(
        slug="sinh-con",
        picture="components/pictures/birth.html",
        title=_("Having a child"),
        summary=_("Birth registration, residence and health insurance of the child"),
        where=_("The People's Committee of the commune or ward"),
        know=(
            _("Register the birth within 60 days; then there is no fee."),  # 1.001193
            # Luật Hộ tịch 60/2014 Đ.5.3
            _("The certificate is handed out on the same day, or on the next working day if you come after 15:00."),
            _("One visit is enough for birth, permanent residence and the health insurance card."),  # 2.000986
        ),
        bring=(
            _("The medical notice of birth. Not needed if the hospital has sent it electronically."),
            IDENTITY,
            _("Without a medical notice: a witness's statement, or your own undertaking."),
        ),
    ),
    LifeEvent(
        slug="ket-hon",
        picture="components/pictures/marriage.html",
        title=_("Getting married"),
        summary=_("Marriage registration, certificate of marital status"),
        where=_("The People's Committee of the commune or ward where one of the two lives"),
        know=(
            _("Marriage registration is free of charge."),  # 1.000894
            # Luật Hộ tịch 60/2014 Đ.18.2
            _("It is settled at once when the conditions are met; if they must be verified, within 5 working days."),
            _("Both must come in person to sign the register and the certificate."),
        ),
        bring=(
            _("The registration form; both may fill in one together."),
            IDENTITY,
            _("No paper about your marital status: the office looks it up itself."),
        ),
    ),
    LifeEvent(
        slug="cu-tru",
        picture="components/pictures/residence.html",
        title=_("Moving house"),
        summary=_("Permanent residence, temporary residence, confirmation of residence"),
        where=_("The commune police"),
        know=(
            _("Permanent residence takes at most 7 working days, temporary residence 3."),  # 1.004222, 1.004194
            _("The police receive from Monday to Friday and on Saturday morning."),
        ),
        bring=(
            _("The residence form CT01."),
            _("Proof of a lawful dwelling, only if the data do not show it already."),
            _("For a rented or borrowed home: the agreement; for permanent residence a certified one."),
        ),
    ),
    LifeEvent(
        slug="nha-dat",
        picture="components/pictures/land.html",
        title=_("House and land"),
        summary=_("Land certificates, building permits, settling a dispute over land"),
        where=_("The People's Committee of the commune or ward; some matters at the land registration office"),
        know=(
            _("A dispute over land is first mediated by the commune, free of charge."),  # 1.012812
            _("A building permit for a family house takes at most 15 days."),  # 1.013225
        ),
        bring=(
            IDENTITY,
            _("The certificate of land use, if you have one, and papers on where the land came from."),
        ),
    ),
    LifeEvent(
        slug="kinh-doanh",
        picture="components/pictures/business.html",
        title=_("Starting a business"),
        summary=_("Household business: start, change, pause, end"),
        where=_("The business registration office of any commune or ward in the province"),
        know=(
            _("A household business is registered within 3 working days."),  # 1.001612
            _("Report changes within 10 days."),  # 2.000720
            _("A refusal, too, comes in writing within 3 working days, with the reason."),
        ),
        bring=(
            _("The request for registration of a household business."),
            IDENTITY,
            _("If members of the family register together: their certified authorisation for the head."),
        ),
    ),
    LifeEvent(
        slug="nguoi-than-qua-doi",
        picture="components/pictures/farewell.html",
        title=_("When a relative dies"),
        summary=_("Death registration and what follows from it"),
        where=_("The People's Committee of the commune or ward where the person last lived"),
        know=(
            _("Register within 15 days; then there is no fee."),  # 1.000656
            _("The extract is handed out on the same day, or on the next working day if you come after 15:00."),
            _("Close relatives need no certified authorisation to register for the family."),
        ),
        bring=(
            _("The death notice. Not needed if it has been sent electronically."),
            IDENTITY,
        ),
    ),
)
