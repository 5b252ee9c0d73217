"""What the browser gets: fonts that know every letter, sheets and scripts within their weight, nothing foreign."""

import gzip
import re
import subprocess
import sys
import unicodedata
from pathlib import Path

import pytest
from django.conf import settings
from django.contrib.staticfiles import finders
from fontTools.ttLib import TTFont

ASSETS = settings.BASE_DIR / "assets"
DIST = ASSETS / "dist"
WEIGHTS = {"css/citizen.css": 17, "css/officer.css": 27, "js/citizen.js": 5, "js/officer.js": 25, "js/board.js": 2}
PEOPLES = "ĂăÂâĐđÊêÔôƠơƯư Čč Ĕĕ Ĭĭ Ŏŏ Ŭŭ Ƀƀ Ññ ê̆ ơ̆ ư̆"  # Vietnamese, Ê Đê, Gia Rai, Ba Na, Mnông


@pytest.fixture(scope="module", autouse=True)
def built() -> None:
    result = subprocess.run([sys.executable, ASSETS / "build.py"], capture_output=True, text=True, check=False)
    assert result.returncode == 0, result.stderr


def glyphs(weight: int) -> set[int]:
    return set(TTFont(DIST / "fonts" / f"noto-sans-vn-{weight}.woff2").getBestCmap())


@pytest.mark.parametrize("weight", [400, 700])
def test_a_font_has_its_328_code_points(weight: int) -> None:
    found = glyphs(weight)
    assert len(found) == 328
    assert {ord(letter) for letter in unicodedata.normalize("NFC", PEOPLES)} <= found


def text_of_people() -> list[Path]:
    catalogues = [path for path in settings.BASE_DIR.glob("*/**/django.po") if ".venv" not in path.parts]
    data = [path for path in settings.BASE_DIR.glob("[a-z]*/**/data/*") if path.suffix in {".csv", ".json"}]
    ours = [path for path in data if "node_modules" not in path.parts]
    return [*catalogues, *(settings.BASE_DIR / "templates").rglob("*.html"), *ours]


def test_every_letter_of_our_texts_and_of_all_unit_names_has_a_glyph() -> None:
    known = glyphs(400) & glyphs(700)
    files = text_of_people()
    assert len(files) > 40
    lost = {}
    for path in files:
        letters = {x for x in path.read_text(encoding="utf-8") if unicodedata.category(x)[0] != "C"}
        if missing := sorted(letter for letter in letters if ord(letter) not in known):
            lost[str(path.relative_to(settings.BASE_DIR))] = missing
    assert lost == {}


STYLES = ["regular", "italic", "bold", "bold-italic"]


def document_face(style: str) -> Path:
    return DIST / "fonts-pdf" / f"tinos-vn-{style}.ttf"


def test_the_face_of_documents_draws_every_letter_of_our_texts_and_of_all_unit_names_in_every_style() -> None:
    known = set.intersection(*(set(TTFont(document_face(style)).getBestCmap()) for style in STYLES))
    assert {ord(letter) for letter in unicodedata.normalize("NFC", PEOPLES)} <= known
    used = {letter for path in text_of_people() for letter in path.read_text(encoding="utf-8")}
    lost = {letter for letter in used if ord(letter) not in known and unicodedata.category(letter)[0] != "C"}
    assert not lost


@pytest.mark.parametrize("style", STYLES)
def test_a_style_of_documents_weighs_little_and_is_as_wide_as_times(style: str) -> None:
    font = TTFont(document_face(style))
    assert document_face(style).stat().st_size < 40 * 1024  # it goes whole into a file with a field to fill in
    assert font["head"].unitsPerEm == 2048
    assert font["hmtx"][font.getBestCmap()[ord("0")]][0] == 1024  # half an em, as in Times New Roman


def test_the_face_of_documents_is_cut_the_same_each_time(tmp_path: Path) -> None:
    words = "import sys; from pathlib import Path; import fonts; fonts.cut_for_documents(Path(sys.argv[1]))"
    subprocess.run([sys.executable, "-c", words, tmp_path], cwd=ASSETS, check=True)
    for style in STYLES:
        assert (tmp_path / document_face(style).name).read_bytes() == document_face(style).read_bytes()


def test_the_face_of_documents_is_not_sent_to_browsers() -> None:
    assert finders.find("fonts/noto-sans-vn-400.woff2")
    assert not finders.find("fonts-pdf/tinos-vn-regular.ttf")


@pytest.mark.parametrize("weight", [400, 700])
def test_a_font_weighs_little(weight: int) -> None:
    assert (DIST / "fonts" / f"noto-sans-vn-{weight}.woff2").stat().st_size < 22 * 1024


@pytest.mark.parametrize(("name", "kilobytes"), WEIGHTS.items())
def test_a_file_keeps_within_its_weight(name: str, kilobytes: int) -> None:
    assert len(gzip.compress((DIST / name).read_bytes(), 9)) < kilobytes * 1024


@pytest.mark.parametrize("audience", ["citizen", "officer"])
def test_a_light_sheet_is_the_same_without_fonts(audience: str) -> None:
    whole, light = ((DIST / "css" / f"{audience}{kind}.css").read_text("utf-8-sig") for kind in ("", "-light"))
    assert "woff2" not in light
    assert re.sub(r"@font-face\{[^}]*\}", "", whole) == light


def test_style_sheets_name_only_files_that_exist() -> None:
    for sheet in (DIST / "css").glob("*.css"):
        for address in re.findall(r"url\([\"']?([^\"')]+)", sheet.read_text(encoding="utf-8")):
            path = DIST / address.removeprefix("/static/") if address.startswith("/") else sheet.parent / address
            assert path.resolve().is_file(), address


def test_no_crown_no_foreign_name_no_foreign_font() -> None:
    for path in [*(DIST / "css").glob("*"), *(DIST / "images").glob("*")]:
        source = path.read_text(encoding="utf-8")
        assert not re.search(r"crest|crown|GDS Transport|gov\.uk", source, re.IGNORECASE), path.name


def test_every_theme_has_its_class() -> None:
    for sheet in ("citizen", "officer"):
        source = (DIST / "css" / f"{sheet}.css").read_text(encoding="utf-8")
        assert ".app-theme-highland{--govuk-brand-colour: #14532d" in source
        assert "--app-rule-colour: #d9a520" in source


def test_the_lock_file_names_no_address() -> None:
    assert '"resolved"' not in (ASSETS / "package-lock.json").read_text(encoding="utf-8")


def test_building_twice_builds_once() -> None:
    result = subprocess.run([sys.executable, ASSETS / "build.py"], capture_output=True, text=True, check=True)
    assert result.stdout == ""
