"""How a person wants pages shown on this device: density, text size, data saving, shortcuts.

Lives in a cookie, not in an account, because the same person reads on a phone at home and on two screens at work.
"""

from dataclasses import dataclass
from enum import StrEnum
from typing import Self

from django.conf import settings
from django.http import HttpRequest, HttpResponse

COOKIE = "hien_thi"
COOKIE_AGE_SECONDS = 365 * 24 * 3600


class Density(StrEnum):
    NORMAL = "normal"
    COMPACT = "compact"


class TextSize(StrEnum):
    NORMAL = "100"
    LARGE = "115"
    LARGEST = "130"


@dataclass(frozen=True)
class Display:
    text_size: TextSize = TextSize.NORMAL
    density: Density = Density.NORMAL
    save_data: bool = False
    shortcuts: bool = True

    @classmethod
    def read(cls, request: HttpRequest) -> Self:
        """What the cookie says; whatever it says wrongly is as if unsaid."""
        words = set(request.COOKIES.get(COOKIE, "")[:60].split("."))
        return cls(
            text_size=next((size for size in TextSize if size.value in words), TextSize.NORMAL),
            density=Density.COMPACT if Density.COMPACT.value in words else Density.NORMAL,
            save_data="save" in words,
            shortcuts="nokeys" not in words,
        )

    def cookie(self) -> str:
        words = [self.text_size.value, self.density.value]
        words += ["save"] if self.save_data else []
        words += [] if self.shortcuts else ["nokeys"]
        return ".".join(words)

    @property
    def is_compact(self) -> bool:
        return self.density == Density.COMPACT

    @property
    def text_class(self) -> str:
        return "" if self.text_size == TextSize.NORMAL else f"app-text-{self.text_size.value}"


def saves_data(request: HttpRequest) -> bool:
    """Whether fonts stay unloaded: the person's choice here, or the browser's own data saver (Save-Data: on)."""
    return Display.read(request).save_data or request.headers.get("Save-Data", "").strip().lower() == "on"


def remember(response: HttpResponse, chosen: Display) -> HttpResponse:
    """The answer with the choice as a cookie of this device."""
    response.set_cookie(
        COOKIE, chosen.cookie(), COOKIE_AGE_SECONDS, secure=settings.CSRF_COOKIE_SECURE, httponly=True, samesite="Lax"
    )
    return response
