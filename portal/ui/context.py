"""What every page may say about itself: names, theme, display, languages, navigation.

All of it lazy, so that an error page that must not touch the database simply doesn't ask.
"""

from dataclasses import dataclass
from functools import cached_property
from unicodedata import normalize

from django.conf import settings
from django.http import HttpRequest
from django.urls import translate_url
from django.utils.translation import get_language, get_language_info

from portal.ui import navigation
from portal.ui.display import Display, saves_data
from portal.ui.themes import Theme, theme


@dataclass(frozen=True)
class Language:
    code: str
    name: str
    url: str
    is_current: bool


def in_language(address: str, code: str) -> str:
    """The same page in the other language. Where none of ours answers, the language is changed all the same."""
    url = translate_url(address, code)
    here = get_language() or settings.LANGUAGE_CODE
    if url != address or code == here:
        return url
    bare = address.removeprefix(f"/{here}") if here != settings.LANGUAGE_CODE else address
    bare = "/" + bare.lstrip("/")  # two slashes would lead to another host
    return bare if code == settings.LANGUAGE_CODE else f"/{code}{bare}"


class Page:
    _stranger = False

    def __init__(self, request: HttpRequest) -> None:
        self._request = request

    @property
    def name(self) -> str:
        return str(settings.PORTAL_NAME)

    @property
    def place(self) -> str:
        return str(settings.PORTAL_PLACE)

    @property
    def full_name(self) -> str:
        return f"{self.name} {self.place}".strip()

    @property
    def responsible_body(self) -> str:
        return str(settings.PORTAL_OWNER)

    @property
    def phone(self) -> str:
        return str(settings.HELP_PHONE)

    @cached_property
    def theme(self) -> Theme:
        return theme(settings.PORTAL_THEME)

    @cached_property
    def display(self) -> Display:
        return Display.read(self._request)

    @cached_property
    def saves_data(self) -> bool:
        return saves_data(self._request)

    @cached_property
    def languages(self) -> list[Language]:
        """This page in every language; for a form that was just refused, the page it belongs to."""
        here = self._request.get_full_path()
        return [
            Language(
                code=code,
                # Django spells "Tiếng Việt" with combining marks
                name=normalize("NFC", get_language_info(code)["name_local"]),
                url=in_language(here, code),
                is_current=code == get_language(),
            )
            for code, _name in settings.LANGUAGES
        ]

    @cached_property
    def citizen_links(self) -> list[navigation.Link]:
        return navigation.links(navigation.Audience.CITIZEN, self._request, stranger=self._stranger)

    @cached_property
    def officer_links(self) -> list[navigation.Link]:
        return navigation.links(navigation.Audience.OFFICER, self._request)

    @cached_property
    def admin_links(self) -> list[navigation.Link]:
        return navigation.links(navigation.Audience.ADMIN, self._request)

    @cached_property
    def person_links(self) -> list[navigation.Link]:
        return navigation.links(navigation.Audience.PERSON, self._request)

    @cached_property
    def footer_links(self) -> list[navigation.Link]:
        return navigation.links(navigation.Audience.FOOTER, self._request, stranger=self._stranger)

    @cached_property
    def base(self) -> str:
        """The base page of the person who looks: officers keep their shell on pages that everybody has."""
        user = getattr(self._request, "user", None)
        is_officer = bool(user and user.is_authenticated and getattr(user, "is_officer", False))
        return "officer/base.html" if is_officer else "citizen/base.html"


def page(request: HttpRequest) -> dict[str, Page]:
    return {"ui": Page(request)}


class StrangersPage(Page):
    """The same for error pages, which must work when neither database nor session do: nobody is asked who looks."""

    _stranger = True

    @cached_property
    def person_links(self) -> list[navigation.Link]:
        return []

    @cached_property
    def base(self) -> str:
        return "citizen/base.html"
