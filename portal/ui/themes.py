"""A province's look: six colours over the design system's own properties, and the contrast they must keep.

The values lie in themes.json, which the style build reads too. Meanings stay as the system has them (green button,
yellow focus, red error); a theme colours the header, the links and the quiet surfaces.
"""

import json
import re
from collections.abc import Iterator
from dataclasses import dataclass, fields
from functools import cache
from pathlib import Path

WHITE = "#ffffff"
TEXT = "#0b0c0c"
TEXT_RATIO = 4.5  # WCAG 2.2, 1.4.3
SHAPE_RATIO = 3.0  # WCAG 2.2, 1.4.11


@dataclass(frozen=True)
class Theme:
    """Colours as `#rrggbb`."""

    key: str
    brand: str
    rule: str
    link: str
    link_hover: str
    surface: str
    border: str

    @property
    def css_class(self) -> str:
        return "" if self.key == DEFAULT else f"app-theme-{self.key}"

    def problems(self) -> Iterator[str]:
        """What would be hard to see, as sentences for the log and the form; nothing when the theme may be used."""
        for field in fields(self)[1:]:
            if not re.fullmatch(r"#[0-9a-f]{6}", getattr(self, field.name)):
                yield f"{field.name} is not a colour like #1a2b3c"
                return
        pairs = [
            ("header text on the brand", WHITE, self.brand, TEXT_RATIO),
            ("text on the surface", TEXT, self.surface, TEXT_RATIO),
            ("links on white", self.link, WHITE, TEXT_RATIO),
            ("links on the surface", self.link, self.surface, TEXT_RATIO),
            ("touched links on white", self.link_hover, WHITE, TEXT_RATIO),
            ("touched links on the surface", self.link_hover, self.surface, TEXT_RATIO),
            ("the rule on the brand", self.rule, self.brand, SHAPE_RATIO),
            ("the brand on white", self.brand, WHITE, SHAPE_RATIO),
        ]
        for what, one, other, least in pairs:
            if (found := contrast(one, other)) < least:
                yield f"{what}: contrast {found:.1f}, needs {least}"


DEFAULT = "state"


def _luminance(colour: str) -> float:
    """Relative luminance after WCAG 2.2."""
    channels = (int(colour[start : start + 2], 16) / 255 for start in (1, 3, 5))
    red, green, blue = (c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in channels)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(one: str, other: str) -> float:
    """Contrast ratio of two `#rrggbb` colours, 1 to 21."""
    lighter, darker = sorted((_luminance(one), _luminance(other)), reverse=True)
    return (lighter + 0.05) / (darker + 0.05)


@cache
def all_themes() -> dict[str, Theme]:
    raw = json.loads((Path(__file__).parent / "themes.json").read_text(encoding="utf-8"))
    return {
        key: Theme(key=key, **{name.replace("-", "_"): value for name, value in colours.items()})
        for key, colours in raw.items()
    }


def theme(key: str) -> Theme:
    """The theme, or the default one for a key nobody knows: a page without colours helps nobody."""
    return all_themes().get(key) or all_themes()[DEFAULT]
