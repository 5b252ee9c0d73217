"""Number and date are written into their fields by an update that the person's signature allows.

The text is set in the face that the field itself names and the file carries, so nothing is embedded twice and no font
of the machine can slip in.
"""

import io
import re
import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache

from fontTools.ttLib import TTFont, TTLibError
from pyhanko.pdf_utils import generic
from pyhanko.pdf_utils.generic import pdf_name
from pyhanko.pdf_utils.incremental_writer import IncrementalPdfFileWriter

from documents.signing.engine.reading import form_fields, inside, writable, written
from documents.signing.errors import NotPreparedError, UnprintableError

LOOK = re.compile(r"(/\S+)\s+([0-9.]+)\s+Tf")
SMALLEST = 8.0  # points, when a text is wider than its field
LONGEST = 100  # characters; as many as one table of a font may name
READ_ONLY = 1


@dataclass(frozen=True)
class Face:
    """What is needed of a TrueType face to set a line: glyphs by code point, widths in thousandths of an em."""

    glyphs: dict[int, int]
    widths: list[float]
    ascent: float
    descent: float


@lru_cache(maxsize=16)
def _face(program: bytes) -> Face:
    try:
        font = TTFont(io.BytesIO(program), lazy=True)
        scale = 1000 / font["head"].unitsPerEm
        order = {name: number for number, name in enumerate(font.getGlyphOrder())}
        widths = [font["hmtx"][name][0] * scale for name in font.getGlyphOrder()]
        glyphs = {point: order[name] for point, name in font.getBestCmap().items()}
        return Face(glyphs, widths, font["hhea"].ascent * scale, font["hhea"].descent * scale)
    except (TTLibError, KeyError, AttributeError, AssertionError) as error:
        raise UnprintableError(f"The embedded face cannot be read: {error}") from error


def fill(pdf: bytes, values: Mapping[str, str]) -> bytes:
    writer = writable(pdf)
    fields = form_fields(writer.root, "/Tx")
    if unknown := set(values) - set(fields):
        raise NotPreparedError(f"No such fields: {sorted(unknown)}")
    fonts = inside(writer.root, "/AcroForm", "/DR", "/Font") or generic.DictionaryObject()
    for name, value in values.items():
        _write(writer, fields[name], clean(value), fonts)
    return written(writer)


def clean(value: str) -> str:
    text = "".join(letter for letter in unicodedata.normalize("NFC", value) if unicodedata.category(letter)[0] != "C")
    if not text.strip() or len(text) > LONGEST:
        raise UnprintableError("A text to fill in is empty or too long.")
    return text.strip()


def _write(
    writer: IncrementalPdfFileWriter, field: generic.DictionaryObject, text: str, fonts: generic.DictionaryObject
) -> None:
    look = LOOK.search(str(inside(field, "/DA") or ""))
    if look is None or look.group(1) not in fonts:
        raise UnprintableError("The field names no embedded face.")
    font, size = fonts[look.group(1)], float(look.group(2))
    face = _face(_program(font))
    if lacking := {letter for letter in text if ord(letter) not in face.glyphs}:
        raise UnprintableError(f"The face lacks {', '.join(f'U+{ord(letter):04X}' for letter in sorted(lacking))}.")
    x1, y1, x2, y2 = map(float, field["/Rect"])
    width, height = x2 - x1, y2 - y1
    advance = sum(face.widths[face.glyphs[ord(letter)]] for letter in text) / 1000
    size = min(size, width / advance)
    if size < SMALLEST:
        raise UnprintableError("A text to fill in is wider than its field.")
    base = (height - (face.ascent - face.descent) * size / 1000) / 2 - face.descent * size / 1000
    codes = "".join(f"{face.glyphs[ord(letter)]:04X}" for letter in text)
    drawing = f"/Tx BMC q BT 0 g /F1 {size:.3f} Tf 0 {base:.3f} Td <{codes}> Tj ET Q EMC".encode("ascii")
    own = writer.add_object(_font(writer, font, face, text))
    resources = generic.DictionaryObject({pdf_name("/Font"): generic.DictionaryObject({pdf_name("/F1"): own})})
    box = generic.ArrayObject(
        [generic.NumberObject(0), generic.NumberObject(0), *map(generic.FloatObject, (width, height))]
    )
    form = generic.StreamObject(
        {
            pdf_name("/Type"): pdf_name("/XObject"),
            pdf_name("/Subtype"): pdf_name("/Form"),
            pdf_name("/BBox"): box,
            pdf_name("/Resources"): resources,
        },
        stream_data=drawing,
    )
    field["/V"] = generic.pdf_string(text)
    field["/AP"] = generic.DictionaryObject({pdf_name("/N"): writer.add_object(form)})
    field["/Ff"] = generic.NumberObject(int(inside(field, "/Ff") or 0) | READ_ONLY)  # the register gives the number
    writer.update_container(field)


def _program(font: generic.DictionaryObject) -> bytes:
    """The font file that the PDF carries."""
    try:
        descriptor = font["/DescendantFonts"][0]["/FontDescriptor"]
        stream = descriptor["/FontFile2"] if "/FontFile2" in descriptor else descriptor["/FontFile3"]
        program: bytes = stream.data
    except (KeyError, IndexError, TypeError) as error:
        raise UnprintableError("The face of the field is not embedded.") from error
    return program


def _font(
    writer: IncrementalPdfFileWriter, font: generic.DictionaryObject, face: Face, text: str
) -> generic.DictionaryObject:
    """The same face with the widths and the text of these letters: the printer noted those of the page only."""
    descendant = generic.DictionaryObject(font["/DescendantFonts"][0])
    widths = generic.ArrayObject()
    glyphs = {face.glyphs[ord(letter)]: letter for letter in text}
    for glyph in sorted(glyphs):
        widths += [
            generic.NumberObject(glyph),
            generic.ArrayObject([generic.FloatObject(round(face.widths[glyph], 3))]),
        ]
    descendant["/W"] = widths
    own = generic.DictionaryObject(font)
    own["/DescendantFonts"] = generic.ArrayObject([writer.add_object(descendant)])
    lines = "".join(
        f"<{glyph:04X}> <{letter.encode('utf-16-be').hex().upper()}>\n" for glyph, letter in sorted(glyphs.items())
    )
    mapping = (
        "/CIDInit /ProcSet findresource begin\n12 dict begin\nbegincmap\n/CMapType 2 def\n/CMapName /mc def\n"
        "1 begincodespacerange\n<0000> <FFFF>\nendcodespacerange\n"
        f"{len(glyphs)} beginbfchar\n{lines}endbfchar\nendcmap\nCMapName currentdict /CMap defineresource pop\nend\nend"
    )
    own["/ToUnicode"] = writer.add_object(generic.StreamObject(stream_data=mapping.encode("ascii")))
    return own
