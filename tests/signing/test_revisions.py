"""Our reader finds in a file and its revisions what pyHanko's own finds, in good files and in tampered ones."""

import io
from typing import Any

import pytest
from pyhanko.pdf_utils import generic
from pyhanko.pdf_utils.reader import PdfFileReader
from pyhanko.sign.diff_analysis import DEFAULT_DIFF_POLICY, DiffResult

from documents.signing.engine import quicker, reading
from documents.signing.engine.revisions import Reader, Revision
from tests import trust as trusted
from tests.signing import test_tampering as tampering
from tests.signing.test_quicker import answer
from tests.trust import Trust

CHANGES = [
    tampering.renumbered,
    tampering.drawn_over,
    tampering.page_swapped,
    tampering.language_changed,
    tampering.title_changed,
    tampering.to_be_redrawn,
    tampering.stripped,
    tampering.signed_once_more,
]


def both(pdf: bytes) -> tuple[Reader, PdfFileReader]:
    return Reader(io.BytesIO(pdf)), PdfFileReader(io.BytesIO(pdf))


def references(reader: PdfFileReader) -> list[generic.Reference]:
    return [generic.Reference(number, 0, reader) for number in range(1, int(reader.trailer["/Size"]))]


def shown(found: Any) -> str:
    return repr(found) + str(getattr(found, "encoded_data", b""))


def ways(reader: PdfFileReader, revision: int) -> dict[str, set[tuple[Any, ...]]]:
    seen = reader.get_historical_resolver(revision)
    seen._load_reverse_xref_cache()
    return {repr(one): {way.path for way in seen._get_usages_of_ref(one)} for one in references(reader)}


def changes(reader: PdfFileReader, base: int) -> str:
    found = DEFAULT_DIFF_POLICY.review_file(reader, base)
    if isinstance(found, DiffResult):
        return f"{found.modification_level} {sorted(found.changed_form_fields)}"
    return type(found).__name__


def test_ours_is_in_place(sealed: bytes) -> None:
    with reading.opened(sealed) as reader:
        assert isinstance(reader, Reader)
        assert isinstance(reader.get_historical_resolver(0), Revision)


def test_another_version_is_left_to_its_own_reader(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(quicker, "version", lambda _package: "99")
    assert not quicker.is_known()


def test_objects_of_object_streams(sealed: bytes) -> None:
    for pdf in (trusted.page(), sealed):
        ours, theirs = both(pdf)
        for one, other in zip(references(ours), references(theirs), strict=True):
            assert shown(answer(ours.get_object, one)) == shown(answer(theirs.get_object, other))


def test_objects_of_every_revision_belong_to_it(sealed: bytes) -> None:
    ours, theirs = both(sealed)
    for revision in range(ours.total_revisions):
        mine, yours = (reader.get_historical_resolver(revision) for reader in (ours, theirs))
        for one in references(ours):
            found, other = answer(mine.get_object, one), answer(yours.get_object, one)
            assert shown(found) == shown(other)
            assert belongs(found, mine) == belongs(other, yours)


def belongs(found: Any, revision: Any) -> list[bool]:
    """Whether all that holds references says it lies in this revision; below it too."""
    parts = list(dict.values(found)) if isinstance(found, dict) else list(found) if isinstance(found, list) else []
    holder = getattr(found, "container_ref", None)
    own = [holder is not None and holder.get_pdf_handler() is revision] if parts else []
    if isinstance(found, generic.IndirectObject):
        own.append(found.get_pdf_handler() is revision)
    return own + [one for part in parts for one in belongs(part, revision)]


def test_ways_to_every_object_of_every_revision(sealed: bytes) -> None:
    ours, theirs = both(sealed)
    for revision in range(ours.total_revisions):
        assert ways(ours, revision) == ways(theirs, revision)


@pytest.mark.parametrize("change", CHANGES, ids=lambda change: change.__name__)
def test_tampered_files_are_compared_alike(change: Any, trust: Trust, sealed: bytes, signed: bytes) -> None:
    pdf = change(sealed, signed, trust)
    ours, theirs = both(pdf)
    for base in range(ours.total_revisions - 1):
        assert answer(ways, ours, base) == answer(ways, theirs, base)
        assert answer(changes, ours, base) == answer(changes, theirs, base)


def circle(pdf: bytes, root: str) -> bytes:
    """Pages, or tags, that contain themselves."""

    def close(writer: Any) -> None:
        top = writer.root[root]
        key = "/Kids" if root == "/Pages" else "/K"
        kids = top[key] if isinstance(top[key], list) else generic.ArrayObject([top.raw_get(key)])
        first = kids[0].raw_get("/Parent") if root == "/Pages" else kids[0].raw_get("/P")
        below = kids[0]
        below[generic.pdf_name("/Type")] = generic.pdf_name("/Pages" if root == "/Pages" else "/StructElem")
        below[generic.pdf_name(key)] = generic.ArrayObject([first])
        writer.update_container(below)

    return tampering.update(pdf, close)


@pytest.mark.parametrize("root", ["/Pages", "/StructTreeRoot"])
def test_what_contains_itself_is_refused_alike(root: str) -> None:
    pdf = circle(trusted.page(), root)
    ours, theirs = both(pdf)
    last = ours.total_revisions - 1
    found, other = answer(ways, ours, last), answer(ways, theirs, last)
    assert isinstance(found, tuple) == isinstance(other, tuple)
    assert not isinstance(found, tuple) or found[0] is other[0]


def test_nothing_is_held_when_the_reader_is_done(sealed: bytes) -> None:
    with reading.opened(sealed) as reader:
        revision = reader.get_historical_resolver(1)
        revision._load_reverse_xref_cache()
        assert reader.embedded_signatures
    assert not reader.resolved_objects
    assert not revision.cache
