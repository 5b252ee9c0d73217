"""A theme may colour a province only as long as everybody can read it."""

from dataclasses import replace

import pytest

from portal.ui.themes import all_themes, contrast, theme


@pytest.mark.parametrize("key", sorted(all_themes()))
def test_every_theme_keeps_its_contrast(key: str) -> None:
    assert list(theme(key).problems()) == []


def test_contrast_is_that_of_wcag() -> None:
    assert contrast("#000000", "#ffffff") == pytest.approx(21)
    assert contrast("#ffffff", "#ffffff") == 1
    assert contrast("#767676", "#ffffff") == pytest.approx(4.54, abs=0.01)


@pytest.mark.parametrize(
    ("part", "colour"),
    [
        ("brand", "#e7c6c6"),
        ("link", "#9db7cc"),
        ("link_hover", "#aaaaaa"),
        ("surface", "#777777"),
        ("rule", "#a02020"),
        ("brand", "red"),
        ("rule", "#d9a520;}"),
    ],
)
def test_what_nobody_could_read_is_named(part: str, colour: str) -> None:
    assert list(replace(theme("state"), **{part: colour}).problems())


def test_an_unknown_theme_is_the_default_one() -> None:
    assert theme("nowhere") == theme("state")
    assert theme("state").css_class == ""
    assert theme("highland").css_class == "app-theme-highland"
