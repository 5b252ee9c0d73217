"""A file and its earlier revisions: what pyHanko reads there, in fewer steps.

pyHanko looks through an object stream anew for each object in it; here its table of contents is read once.
Comparing revisions asks by which ways each object is reached. Most of what lies on the way are numbers and names, which
lead nowhere: pyHanko visits them one by one and notes the way to each. Here they are passed over, and the ways are
written out only for objects that somebody asks about. `tests/signing/test_revisions.py` compares the answers.
"""

import io
import re
from collections.abc import Iterator
from typing import Any

from pyhanko.pdf_utils import generic, misc
from pyhanko.pdf_utils.decode_limits import DecodePurpose
from pyhanko.pdf_utils.reader import HistoricalResolver, PdfFileReader, RawPdfPath

from documents.signing.engine.quicker import theirs

Number = tuple[int, int]  # of an object, with its generation
Way = tuple[Any, "Way | None"]  # the last step, and the way to it
HEADER = re.compile(rb"[0-9 \r\n\t]+")
# Nothing lies below these, and nothing in them belongs to a revision.
PLAIN = frozenset(
    {
        generic.NullObject,
        generic.BooleanObject,
        generic.NumberObject,
        generic.FloatObject,
        generic.NameObject,
        generic.TextStringObject,
        generic.ByteStringObject,
    }
)
THEIR_OBJECT = theirs(PdfFileReader, "_get_object_from_stream")
THEIR_COPY = theirs(HistoricalResolver, "_subsume_object")
PAGES: Way = ("/Pages", ("/Root", None))
TAGS: Way = ("/StructTreeRoot", ("/Root", None))


class Reader(PdfFileReader):
    def __init__(self, stream: io.BytesIO) -> None:
        self._contents: dict[int, list[Number] | None] = {}  # of object streams: number and place of each object
        super().__init__(stream)

    def _get_object_from_stream(self, idnum: int, stmnum: int, idx: int) -> Any:
        """Whatever is unusual goes to their own function, so that errors stay theirs."""
        found = self._plainly(idnum, stmnum, idx)
        return THEIR_OBJECT(self, idnum, stmnum, idx) if found is None else found

    def _plainly(self, idnum: int, stmnum: int, idx: int) -> Any:
        stream: Any = generic.Reference(stmnum, 0, self).get_object()
        if stmnum not in self._contents:
            self._contents[stmnum] = _table_of(stream)
        places = self._contents[stmnum]
        if places is None or idx >= len(places) or places[idx][0] != idnum:
            return None
        content = io.BytesIO(stream.read_data(DecodePurpose.OBJECT_STREAM))
        content.seek(places[idx][1])
        try:
            found = generic.read_object(content, generic.Reference(idnum, 0, self))
            misc.read_non_whitespace(content, seek_back=True, allow_eof=True)
        except (misc.PdfStreamError, misc.PdfReadError):
            return None
        return None if isinstance(found, generic.StreamObject | generic.IndirectObject) else found

    def get_historical_resolver(self, revision: int) -> HistoricalResolver:
        kept = self._historical_resolver_cache
        if revision not in kept:
            kept[revision] = Revision(self, revision)
        return kept[revision]

    def forget(self) -> None:
        self.resolved_objects.clear()
        for revision in self._historical_resolver_cache.values():
            if isinstance(revision, Revision):
                revision.forget()
        self._historical_resolver_cache.clear()
        self._embedded_signatures = None


def _table_of(stream: Any) -> list[Number] | None:
    """None when it is not as plain as everybody writes it."""
    if not isinstance(stream, generic.StreamObject) or stream.get("/Type") != "/ObjStm":
        return None
    first, count = stream["/First"], stream["/N"]
    header = stream.read_data(DecodePurpose.OBJECT_STREAM)[:first]
    words = header.split() if HEADER.fullmatch(header) else []
    numbers = [int(word) for word in words[::2]]
    if len(words) != 2 * count or len(set(numbers)) != count:
        return None
    return [(number, first + int(place)) for number, place in zip(numbers, words[1::2], strict=True)]


class Revision(HistoricalResolver):
    """Files with a password are refused before this, so what is read here is never hidden in a proxy."""

    def __init__(self, reader: PdfFileReader, revision: int) -> None:
        super().__init__(reader, revision)
        self._ways: dict[Number, set[Way]] = {}
        self._asked: dict[Number, set[RawPdfPath]] = {}

    def forget(self) -> None:
        self.cache.clear()
        self._ways.clear()
        self._asked.clear()

    def _subsume_object(self, obj: Any) -> Any:
        """A copy whose references lead to this revision."""
        if type(obj) in PLAIN:
            return obj
        holder = obj.get_container_ref()
        return self._copy(obj, holder, generic.Reference(holder.idnum, holder.generation, self))

    def _copy(self, obj: Any, holder: Any, own: generic.Reference) -> Any:
        kind = type(obj)
        if kind in PLAIN:
            return obj
        if kind is generic.IndirectObject:
            return generic.IndirectObject(obj.idnum, obj.generation, self)
        if obj.container_ref is not holder:
            return THEIR_COPY(self, obj)
        made: Any
        if kind is generic.ArrayObject:
            made = generic.ArrayObject([one if type(one) in PLAIN else self._copy(one, holder, own) for one in obj])
        elif kind in {generic.DictionaryObject, generic.StreamObject}:
            parts = {key: one if type(one) in PLAIN else self._copy(one, holder, own) for key, one in dict.items(obj)}
            is_stream = kind is generic.StreamObject
            made = generic.StreamObject(parts, encoded_data=obj.encoded_data) if is_stream else kind(parts)
        else:
            return THEIR_COPY(self, obj)
        made.container_ref = own
        return made

    def _get_usages_of_ref(self, ref: generic.Reference) -> set[RawPdfPath]:
        number = (ref.idnum, ref.generation)
        if number not in self._asked:
            self._asked[number] = {RawPdfPath(*_steps(way)) for way in self._ways.get(number, ())}
        return self._asked[number]

    def _load_reverse_xref_cache(self) -> None:
        if self._indirect_object_access_cache is not None:
            return
        walk = _Walk(self, _page_ways(self), _tags(self))
        walk.go(self.trailer_view, None, in_tags=False)
        self._ways = walk.found
        self._indirect_object_access_cache = {}


def _steps(way: Way | None) -> list[Any]:
    steps = []
    while way is not None:
        step, way = way
        steps.append(step)
    return steps[::-1]


def _page_ways(revision: Revision) -> dict[Number, Way]:
    """The way to each page by which it belongs to the document; by any other, nothing below it is looked at."""
    pages = revision.root.raw_get("/Pages")
    found = {_number(pages): PAGES} if isinstance(pages, generic.IndirectObject) else {}
    for number, way in _kids(pages.get_object(), PAGES):
        if number in found:
            raise misc.PdfReadError("A page belongs to itself.")
        found[number] = way
    return found


def _kids(pages: Any, way: Way) -> Iterator[tuple[Number, Way]]:
    for place, kid in enumerate(pages["/Kids"]):
        to_kid: Way = (place, ("/Kids", way))
        if isinstance(kid, generic.IndirectObject):
            yield _number(kid), to_kid
        page = kid.get_object()
        if page.get("/Type", None) == "/Pages":
            yield from _kids(page, to_kid)


def _tags(revision: Revision) -> set[Number]:
    """The elements of the tree of tags: below them one looks only when coming from its root."""
    found: set[Number] = set()
    try:
        for number in _elements(revision.root.raw_get("/StructTreeRoot").get_object()):
            if number in found:
                raise misc.PdfReadError("A tag belongs to itself.")
            found.add(number)
    except KeyError:
        pass
    return found


def _elements(tag: Any) -> Iterator[Number]:
    try:
        kids = tag["/K"]
    except KeyError:
        return
    for kid in kids if isinstance(kids, generic.ArrayObject) else (kids,):
        element = kid.get_object() if isinstance(kid, generic.IndirectObject) else kid
        if not isinstance(element, generic.DictionaryObject) or _is_content(element):
            continue
        if kid is not element:
            yield _number(kid)
        yield from _elements(element)


def _is_content(element: generic.DictionaryObject) -> bool:
    """No element of its own, but something on a page. What names no type is an element."""
    try:
        return bool(element["/Type"] != "/StructElem")
    except KeyError:
        return False


def _number(reference: Any) -> Number:
    return reference.idnum, reference.generation


class _Walk:
    """From the trailer to every object, by all ways but those back to a parent."""

    def __init__(self, revision: Revision, pages: dict[Number, Way], tags: set[Number]) -> None:
        self.found: dict[Number, set[Way]] = {}
        self._revision = revision
        self._pages = pages
        self._tags = tags
        self._passed: set[Number] = set()  # on the way to where we are

    def go(self, obj: Any, way: Way | None, *, in_tags: bool) -> None:
        if not isinstance(obj, generic.IndirectObject):
            self._below(obj, way, in_tags=in_tags)
            return
        number = _number(obj.reference)
        if number in self._passed:
            return
        if way is not None:
            self.found.setdefault(number, set()).add(way)
        target = self._revision(obj.reference)
        if self._pages.get(number, way) != way or (not in_tags and number in self._tags):
            return
        self._passed.add(number)
        self._below(target, way, in_tags=in_tags)
        self._passed.discard(number)

    def _below(self, obj: Any, way: Way | None, *, in_tags: bool) -> None:
        if isinstance(obj, generic.DictionaryObject):
            for key, one in dict.items(obj):
                if type(one) not in PLAIN and key != "/Parent" and not (in_tags and key == "/P"):
                    self.go(one, (key, way), in_tags=in_tags or (key == "/K" and way == TAGS))
        elif isinstance(obj, generic.ArrayObject):
            for place, one in enumerate(obj):
                if type(one) not in PLAIN:
                    self.go(one, (place, way), in_tags=in_tags)
