"""What every printed file is, whatever it says: PDF/A-3u and PDF/UA-1 in one, one face, nothing fetched."""

import datetime
import hashlib
import os
import subprocess
import sys
import unicodedata

import pytest
from django.conf import settings

from documents.layouts import render
from documents.layouts.catalogue import layouts
from documents.layouts.samples import ON, sample
from documents.pdf import PrintError, compose, faces, finishing, print_html
from tests.documents import reading

CODES = sorted({layout.code for layout in layouts()})
NAMES = {
    "rdf": "http://www.w3.org/1999/02/22-rdf-syntax-ns#",
    "dc": "http://purl.org/dc/elements/1.1/",
    "a": "http://www.aiim.org/pdfa/ns/id/",
    "ua": "http://www.aiim.org/pdfua/ns/id/",
    "xmp": "http://ns.adobe.com/xap/1.0/",
}
PAGE = '<html lang="vi"><title>Thử</title><style>body {{ font: 12pt Tinos }}</style><body>{}'


@pytest.fixture(scope="module")
def printed() -> dict[str, bytes]:
    return {code: render(code, sample(code), on=ON).pdf for code in CODES}


@pytest.mark.parametrize("code", CODES)
def test_the_file_says_that_it_is_both_kinds(code: str, printed: dict[str, bytes]) -> None:
    root = reading.opened(printed[code]).root
    packet = reading.packet(root)
    told = {name: value for part in packet.iter() for name, value in part.attrib.items()}
    assert told[f"{{{NAMES['a']}}}part"] == "3"
    assert told[f"{{{NAMES['a']}}}conformance"] == "U"
    assert told[f"{{{NAMES['ua']}}}part"] == "1"
    assert len(packet.findall("rdf:RDF", NAMES)) == 1
    intent = root["/OutputIntents"][0].get_object()
    assert intent["/S"] == "/GTS_PDFA1"
    assert intent["/DestOutputProfile"]["/N"] == 3


@pytest.mark.parametrize("code", CODES)
def test_title_language_and_day_are_the_same_in_both_places(code: str, printed: dict[str, bytes]) -> None:
    pdf = reading.opened(printed[code])
    packet = reading.packet(pdf.root)
    title = packet.findtext(".//dc:title/rdf:Alt/rdf:li", namespaces=NAMES)
    info = pdf.trailer["/Info"].get_object()
    assert title
    assert title == info["/Title"]
    assert pdf.root["/Lang"] == "vi"
    assert pdf.root["/ViewerPreferences"]["/DisplayDocTitle"]
    assert packet.findtext(".//xmp:CreateDate", namespaces=NAMES) == "2026-11-20T00:00:00Z"
    assert info["/CreationDate"] == "D:20261120000000Z"


@pytest.mark.parametrize("code", CODES)
def test_everything_on_a_page_is_tagged_or_an_artefact(code: str, printed: dict[str, bytes]) -> None:
    pdf = reading.opened(printed[code])
    assert pdf.root["/MarkInfo"]["/Marked"]
    tree = pdf.root["/StructTreeRoot"]
    said = set(_elements(tree["/K"]))
    numbers = tree["/ParentTree"]["/Nums"]
    for index, page in enumerate(reading.pages(pdf)):
        assert reading.unmarked(page["/Contents"].data) == 0
        assert page["/Tabs"] == "/S"
        owners = [one for one in numbers[2 * index + 1] if hasattr(one, "idnum")]
        assert owners
        assert {one.idnum for one in owners} <= said, "marked, and no part of the text"


def _elements(kids: object) -> list[int]:
    found = []
    for kid in kids if isinstance(kids, list) else [kids]:
        if hasattr(kid, "idnum") and "/S" in (element := kid.get_object()):
            found += [kid.idnum, *(_elements(element.raw_get("/K")) if "/K" in element else [])]
    return found


def test_page_numbers_and_running_marks_are_artefacts() -> None:
    style = "<style>@page { @top-center { content: counter(page) } }</style>"
    pdf = reading.opened(print_html(PAGE.format(style + "<p>a<p style='break-before: page'>b")))
    assert all(b"/Artifact" in page["/Contents"].data for page in reading.pages(pdf))
    assert b"/Type /Pagination" in reading.pages(pdf)[1]["/Contents"].data


@pytest.mark.parametrize("code", CODES)
def test_pictures_have_words_and_tables_have_heads(code: str, printed: dict[str, bytes]) -> None:
    elements = reading.dictionaries(reading.opened(printed[code]), "/StructElem")
    figures = [one for one in elements if one["/S"] == "/Figure"]
    assert all("https://" in one["/Alt"] for one in figures)
    headings = {one["/S"] for one in elements} & {"/H1", "/H2", "/H3"}
    assert code == "official-letter" or "/H1" in headings
    if any(one["/S"] == "/Table" for one in elements):
        cells = [one for one in elements if one["/S"] == "/TD"]
        assert all(one["/A"]["/Headers"] for one in cells)


@pytest.mark.parametrize("code", CODES)
def test_fields_lie_the_right_way_up_and_have_a_name_and_an_appearance(code: str, printed: dict[str, bytes]) -> None:
    pdf = reading.opened(printed[code])
    form = pdf.root.get("/AcroForm")
    for reference in form["/Fields"] if form else []:
        field = reference.get_object()
        x1, y1, x2, y2 = map(float, field["/Rect"])
        assert x1 < x2
        assert y1 < y2
        assert field["/TU"].strip()
        assert "/N" in field["/AP"]
        assert "/StructParent" in field
        assert "/NeedAppearances" not in form


@pytest.mark.parametrize("code", CODES)
def test_one_family_is_embedded_and_no_other(code: str, printed: dict[str, bytes]) -> None:
    pdf = reading.opened(printed[code])
    descriptors = reading.dictionaries(pdf, "/FontDescriptor")
    assert {one["/FontFamily"] for one in descriptors} == {faces.FAMILY}
    assert all("/FontFile2" in one for one in descriptors)
    assert all("/ToUnicode" in one for one in reading.dictionaries(pdf, "/Font") if one["/Subtype"] == "/Type0")


def test_a_face_of_the_machine_is_never_taken() -> None:
    pdf = print_html('<html lang="vi"><title>x</title><p style="font-family: DejaVu Sans, serif">Chữ')
    found = {one["/FontFamily"] for one in reading.dictionaries(reading.opened(pdf), "/FontDescriptor")}
    assert found == {faces.FAMILY}


@pytest.mark.parametrize("code", CODES)
def test_the_data_go_with_the_file_as_json(code: str, printed: dict[str, bytes]) -> None:
    pdf = reading.opened(printed[code])
    file = pdf.root["/AF"][0].get_object()
    assert file["/AFRelationship"] == "/Data"
    assert file["/Desc"]
    stored = file["/EF"]["/F"]
    assert stored["/Subtype"] == "/application/json"
    assert sample(code)["organ"]["name"][0] in stored.data.decode()
    assert "/EmbeddedFiles" in pdf.root["/Names"]


@pytest.mark.parametrize(
    "address", ["https://example.invalid/a.png", "file:///etc/hostname", "data:image/png;base64,A"]
)
def test_nothing_is_loaded(address: str) -> None:
    with pytest.raises(PrintError, match="may not load"):
        print_html(PAGE.format(f'<img src="{address}" alt="x">'))


def test_a_style_sheet_of_somebody_else_is_not_loaded() -> None:
    with pytest.raises(PrintError, match="may not load"):
        print_html(PAGE.format('<link rel="stylesheet" href="https://example.invalid/a.css">'))


@pytest.mark.parametrize("head", ["<title>x</title>", '<html lang="vi">'])
def test_a_file_without_title_or_language_is_not_made(head: str) -> None:
    with pytest.raises(ValueError, match="title"):
        print_html(head + "<p>x")


def test_letters_of_the_central_highlands_come_back_as_they_went_in() -> None:
    written = "Ƀăn Čư Ĕa Ŏng ŭn, Êđê, ê̆ ơ̆ ư̆: ẤẦẨẪẬ ấầẩẫậ ữựỹỵ"
    read = reading.text_of(print_html(PAGE.format(f"<p>{written}")))
    assert unicodedata.normalize("NFC", read).strip() == unicodedata.normalize("NFC", written)


def test_places_are_measured_from_the_lower_left_corner() -> None:
    style = "<style>@page { size: 100pt 200pt; margin: 0 } #x { position: absolute; left: 10pt; top: 20pt; "
    made = compose(PAGE.format(style + 'width: 30pt; height: 40pt }</style><div id="x"></div>'))
    place = made.places["x"]
    assert (place.page, place.x1, place.y1, place.x2, place.y2) == pytest.approx((0, 10, 140, 40, 180), abs=0.01)
    assert made.size == pytest.approx((100, 200), abs=0.01)


def test_the_same_again_is_the_same_bytes_in_another_process_too(printed: dict[str, bytes]) -> None:
    words = (
        "import django; django.setup(); import hashlib\n"
        "from documents.layouts import render; from documents.layouts.samples import ON, sample\n"
        "for code in ('decision', 'form-01'): print(hashlib.sha256(render(code, sample(code), on=ON).pdf).hexdigest())"
    )
    environment = {**os.environ, "DJANGO_SETTINGS_MODULE": "portal.settings.test", "PYTHONHASHSEED": "7"}
    command = [sys.executable, "-c", words]
    told = subprocess.run(
        command, cwd=settings.BASE_DIR, env=environment, stdout=subprocess.PIPE, text=True, check=True
    )
    assert told.stdout.split() == [hashlib.sha256(printed[code]).hexdigest() for code in ("decision", "form-01")]


def test_another_day_is_another_file() -> None:
    days = (ON, ON + datetime.timedelta(days=1))
    one, other = (compose(PAGE.format("<p>x"), data=b"{}", made_on=day).pdf for day in days)
    assert one != other


def test_compressing_each_stream_once_changes_no_byte(monkeypatch: pytest.MonkeyPatch) -> None:
    page = '<html lang="vi"><title>Sổ</title><p>Một tờ <table><tr><td>1<td>2</table>'
    once = print_html(page)
    monkeypatch.setattr(finishing, "_compress_once", lambda _pdf: None)
    assert print_html(page) == once
