"""What holds for all names, all damaged files and all settings."""

import io
import unicodedata
from contextlib import suppress
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from documents.checks import upload_limits
from documents.errors import FileRefusedError
from documents.uploads.inspecting import inspect
from documents.uploads.kinds import UploadKind
from documents.uploads.limits import limits_for
from documents.uploads.names import clean_name
from documents.uploads.reasons import SENTENCES, Reason
from portal import house
from tests.documents.making import archive, docx, pdf, picture, revised, streamed_xref

WHOLE = {
    "a.pdf": (pdf(), revised(pdf(), 3, b"null"), streamed_xref({5: b"<< /A [1 2] >>"})),
    "a.png": (picture("PNG"),),
    "a.jpg": (picture("JPEG"),),
    "a.docx": (docx(),),
    "a.zip": (archive({"a.pdf": pdf()}),),
}
KIND = {"a.docx": UploadKind.DRAFT, "a.zip": UploadKind.BUNDLE}


@given(st.text(max_size=300))
def test_a_name_that_is_taken_is_one_visible_line_without_path(name: str) -> None:
    with suppress(FileRefusedError):
        cleaned = clean_name(name, 150)
        assert 0 < len(cleaned) <= 150
        assert cleaned == unicodedata.normalize("NFC", cleaned).strip()
        assert not set(cleaned) & set("/\\\0\r\n")
        assert not any(
            unicodedata.bidirectional(sign) in {"RLO", "LRO", "RLI", "LRI", "RLE", "FSI"} for sign in cleaned
        )
        assert clean_name(cleaned, 150) == cleaned


@given(st.data())
def test_a_damaged_file_is_refused_or_taken_and_never_an_error(data: st.DataObject) -> None:
    name = data.draw(st.sampled_from(sorted(WHOLE)))
    content = bytearray(data.draw(st.sampled_from(WHOLE[name])))
    for _ in range(data.draw(st.integers(1, 4))):
        at = data.draw(st.integers(0, len(content) - 1))
        content[at : at + data.draw(st.integers(0, 8))] = data.draw(st.binary(max_size=8))
    limits = limits_for(KIND.get(name, UploadKind.ATTACHMENT))
    with suppress(FileRefusedError):
        found = inspect(io.BytesIO(content), name=name, declared="", size=len(content), limits=limits)
        assert found in limits.types


@pytest.mark.parametrize("reason", Reason)
def test_every_refusal_says_what_was_kept_and_what_to_do(reason: Reason) -> None:
    values = {"most": "20 MB", "types": "PDF", "why": "…"}
    text = str(FileRefusedError(reason, **values))
    assert reason is Reason.ENTRY or text.count(".") >= 3
    assert set(SENTENCES) == set(Reason)


@pytest.mark.parametrize(
    "limits",
    [{"attachment": {"bytes": 26 * 1024 * 1024}}, {"attachment": {"types": ()}}, {"photo": {"bytes": 1}}],
)
def test_settings_that_cannot_hold_are_found_at_start(settings: Any, limits: dict[str, Any]) -> None:
    assert upload_limits(None) == []
    settings.UPLOAD_LIMITS = limits
    assert [problem.id for problem in upload_limits(None)] == ["documents.E001"]


@pytest.mark.parametrize("kind", UploadKind)
def test_the_papers_list_every_limit(kind: UploadKind) -> None:
    limits = limits_for(kind)
    types = ", ".join(one.code.upper() for one in limits.types)
    row = f"| `{kind.value}` | {types} | {limits.bytes // 1024 // 1024} MB |"
    assert row in (house.ROOT / "docs" / "documents.md").read_text(encoding="utf-8")
