"""The fonts of pages and of documents, cut to Vietnamese and the Latin letters of the Central Highlands.

Pages: two weights of Noto Sans (package fontpkg-noto-sans) as woff2, about 14 kB each. Documents: four styles of Tinos,
which is as wide as Times New Roman (package @expo-google-fonts/tinos), as TrueType for the PDF engine. Both faces are
under the SIL Open Font License. A letter that a face lacks is an error here, not a foreign glyph on a page.
"""

from pathlib import Path

import fontpkg_noto_sans
from fontTools import subset
from fontTools.ttLib import TTFont
from fontTools.varLib import instancer

RANGES = [
    (0x20, 0x7E),  # ASCII
    (0xA0, 0xFF),  # Latin-1
    *((0x102, 0x103), (0x110, 0x111), (0x128, 0x129), (0x168, 0x169), (0x1A0, 0x1A1), (0x1AF, 0x1B0)),  # ă đ ĩ ũ ơ ư
    (0x1EA0, 0x1EF9),  # Vietnamese vowels with tone marks
    *(
        (0x10C, 0x10D),
        (0x114, 0x115),
        (0x12C, 0x12D),
        (0x14E, 0x14F),
        (0x16C, 0x16D),
    ),  # č ĕ ĭ ŏ ŭ: Ê Đê, Gia Rai, Mnông
    *((0x180, 0x180), (0x243, 0x243)),  # ƀ Ƀ: Ba Na, Mnông
    *((0x300, 0x303), (0x306, 0x306), (0x309, 0x309), (0x323, 0x323)),  # combining marks, for decomposed input
    *(
        (0x2010, 0x2015),
        (0x2018, 0x201E),
        (0x2022, 0x2022),
        (0x2026, 0x2026),
        (0x20AB, 0x20AB),
    ),  # dashes, quotes, • … ₫
]
CODE_POINTS = frozenset(point for first, last in RANGES for point in range(first, last + 1))
WEIGHTS = (400, 700)
FEATURES = ["kern", "mark", "mkmk", "ccmp", "locl", "liga"]
TINOS = Path(__file__).resolve().parent / "node_modules" / "@expo-google-fonts" / "tinos"
STYLES = {
    "regular": "400Regular/Tinos_400Regular.ttf",
    "italic": "400Regular_Italic/Tinos_400Regular_Italic.ttf",
    "bold": "700Bold/Tinos_700Bold.ttf",
    "bold-italic": "700Bold_Italic/Tinos_700Bold_Italic.ttf",
}
SIGNS = frozenset({0x2190, 0x2192, 0x2264, 0x2265, 0x25A0, 0x25A1})  # ← → ≤ ≥ ■ □: forms print boxes and arrows


def source() -> Path:
    return Path(fontpkg_noto_sans.__file__).parent / "files" / "NotoSans[wdth,wght].ttf"


def _whole(font: TTFont, points: frozenset[int], face: str) -> TTFont:
    if lacking := points - set(font.getBestCmap()):
        raise LookupError(f"{face} lacks " + ", ".join(f"U+{point:04X}" for point in sorted(lacking)))
    return font


def name(weight: int) -> str:
    return f"noto-sans-vn-{weight}.woff2"


def cut(folder: Path) -> None:
    """Writes one file per weight into the folder. Raises LookupError naming the code points the source can't draw."""
    folder.mkdir(parents=True, exist_ok=True)
    for weight in WEIGHTS:
        font = _whole(TTFont(source()), CODE_POINTS, "Noto Sans")
        options = subset.Options(flavor="woff2", layout_features=FEATURES)
        # Cutting first leaves the instancer a tenth of the work.
        cutter = subset.Subsetter(options)
        cutter.populate(unicodes=CODE_POINTS)
        cutter.subset(font)
        font = instancer.instantiateVariableFont(font, {"wght": weight, "wdth": 100})
        subset.save_font(font, str(folder / name(weight)), options)


def document_name(style: str) -> str:
    return f"tinos-vn-{style}.ttf"


def cut_for_documents(folder: Path) -> None:
    """Writes one file per style of Tinos, the same bytes each time. Without hints, which printers and PDF don't use."""
    folder.mkdir(parents=True, exist_ok=True)
    points = CODE_POINTS | SIGNS
    for style, file in STYLES.items():
        # A ligature would be one glyph for two letters: text that is read back out of a document must be exact.
        options = subset.Options(layout_features=[*FEATURES[:-1]], hinting=False, name_IDs=[1, 2, 4, 6])
        font = _whole(TTFont(TINOS / file, recalcTimestamp=False), points, "Tinos")
        cutter = subset.Subsetter(options)
        cutter.populate(unicodes=points)
        cutter.subset(font)
        subset.save_font(font, str(folder / document_name(style)), options)
