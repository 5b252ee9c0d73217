"""WeasyPrint, set up once for the process: its import takes more than a second, and most processes never print."""

import datetime
import io
import json
import threading
import time
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from importlib import resources
from pathlib import Path
from typing import Any

from documents.pdf import faces
from documents.pdf.finishing import DATA, Finisher, Marks

POINTS = 0.75  # of a CSS pixel
# Pango's font map and the measurements that are kept beside it belong to one thread at a time.
LOCK = threading.Lock()


class PrintError(Exception):
    """A document could not be printed; the message says why."""


@dataclass(frozen=True)
class Place:
    """A box on a page, counted from 0, in points from its lower left corner."""

    page: int
    x1: float
    y1: float
    x2: float
    y2: float


@dataclass(frozen=True)
class Composed:
    """`places`: elements with an id; `fields`: names of inputs, in reading order; `size`: of the first page, points."""

    pdf: bytes
    pages: int
    size: tuple[float, float]
    places: dict[str, Place]
    fields: tuple[str, ...]


def compose(
    html: str,
    *,
    styles: Sequence[Path] = (),
    data: bytes | None = None,
    made_on: datetime.date | None = None,
    fillable: bool = False,
) -> Composed:
    """The pages of `html` under `styles`; `data` (JSON) goes with them as a file, `fillable` turns inputs into fields.

    Nothing is read but our own style sheets and face: an address in `html` that asks for more is an error.
    """
    with LOCK:
        engine = _engine()
        try:
            return engine.compose(html, styles, data, made_on, fillable=fillable)
        except engine.weasyprint.urls.FatalURLFetchingError as refused:
            raise PrintError(str(refused)) from refused


def print_html(html: str) -> bytes:
    """The pages of `html`, a whole document with its own style sheet, as a tagged PDF/A-3u and PDF/UA-1."""
    return compose(html).pdf


def warm_up() -> float:
    """Load everything that the first print would wait for; the seconds it took. For workers, when they start."""
    began = time.monotonic()
    compose('<html lang="vi"><title>.</title><p>.')
    return time.monotonic() - began


@dataclass
class Colours:
    """The colour profile of screens, in the shape WeasyPrint asks for.

    Its own would be opened anew for each file and left open; and kept, it is written in other bytes the second time.
    """

    content: bytes
    name: str = "sRGB2014"
    components: tuple[str, ...] = ("r", "g", "b")
    pdf_reference: bytes | None = None  # set for the file that is being written


@cache
def _engine() -> "_Engine":
    return _Engine()


class _Engine:
    """What is loaded once: the library, our face, parsed style sheets."""

    def __init__(self) -> None:
        absent = [faces.file(style).name for style in faces.STYLES if not faces.file(style).is_file()]
        if absent:
            raise PrintError(f"The face of documents is missing ({', '.join(absent)}): run assets/build.")
        with faces.only_ours():
            import weasyprint  # heavy: see above
            from weasyprint.text.fonts import FontConfiguration  # the same

            self.fonts = FontConfiguration()
        self.weasyprint: Any = weasyprint
        self.fetcher = _fetcher(weasyprint)
        self.sheets: dict[Path, Any] = {}
        self.colours = Colours(resources.files("weasyprint.pdf").joinpath("sRGB2014.icc").read_bytes())

    def compose(
        self, html: str, styles: Sequence[Path], data: bytes | None, made_on: datetime.date | None, *, fillable: bool
    ) -> Composed:
        options: dict[str, Any] = {
            "pdf_variant": "pdf/a-3u",
            "pdf_tags": True,
            "pdf_forms": fillable,
            "output_intent": "sRGB",
        }
        source = self.weasyprint.HTML(string=html, url_fetcher=self.fetcher)
        laid_out = source.render(
            font_config=self.fonts,
            color_profiles={"sRGB": self.colours},
            stylesheets=[self._sheet(path) for path in styles],
            **options,
        )
        finisher = Finisher(Marks.of(laid_out.metadata, made_on))
        attached = [self._attachment(data, made_on)] if data is not None else []
        pdf = laid_out.write_pdf(finisher=finisher, attachments=attached, **options)
        first = laid_out.pages[0]
        return Composed(
            pdf=pdf,
            pages=len(laid_out.pages),
            size=(first.width * POINTS, first.height * POINTS),
            places={
                name: Place(number, x1 * POINTS, (page.height - y2) * POINTS, x2 * POINTS, (page.height - y1) * POINTS)
                for number, page in enumerate(laid_out.pages)
                for name, (x1, y1, x2, y2) in page.anchors.items()
            },
            fields=finisher.fields,
        )

    def _sheet(self, path: Path) -> Any:
        if path not in self.sheets:
            self.sheets[path] = self.weasyprint.CSS(filename=path, font_config=self.fonts, url_fetcher=self.fetcher)
        return self.sheets[path]

    def _attachment(self, data: bytes, made_on: datetime.date | None) -> Any:
        day = made_on or datetime.date(2000, 1, 1)  # the same bytes each time need a moment that stands still
        moment = datetime.datetime(day.year, day.month, day.day, tzinfo=datetime.UTC)
        words = json.loads((DATA / "words.json").read_text(encoding="utf-8"))
        return self.weasyprint.Attachment(
            file_obj=io.BytesIO(data),
            name=words["attachment_name"],
            description=words["attachment_description"],
            relationship="Data",
            created=moment,
            modified=moment,
        )


def _fetcher(weasyprint: Any) -> Any:
    """Reads nothing: neither the network nor a file of this machine. Faces and style sheets come another way."""

    class Nothing(weasyprint.urls.URLFetcher):
        def fetch(self, url: str, headers: dict[str, str] | None = None) -> Any:
            raise weasyprint.urls.FatalURLFetchingError(f"A document may not load {url[:200]}")

    return Nothing()
