"""What stands in place of the libraries' own functions answers as they do."""

import io
from typing import Any

import pytest
from asn1crypto import core, x509
from hypothesis import given
from hypothesis import strategies as st

from documents.signing.engine import quicker


def answer(work: Any, *given_: Any) -> Any:
    """What comes out, or the error that does."""
    try:
        return work(*given_)
    except Exception as error:
        return type(error), str(error)


def read(work: Any, content: bytes) -> tuple[Any, int]:
    stream = io.BytesIO(content)
    found = answer(work, stream)
    return found, stream.tell() if not isinstance(found, tuple) else 0


def test_they_are_in_place() -> None:
    assert quicker.install()
    for owner, name, ours in quicker.OURS:
        assert getattr(owner, name) is ours


def test_other_versions_stay_as_they_are(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(quicker, "version", lambda _package: "99")
    assert not quicker.install()


@given(st.text("0123456789abcdefAF \n%>x", max_size=60), st.binary(max_size=8))
def test_strings_in_brackets(digits: str, rest: bytes) -> None:
    content = b"<" + digits.encode() + b">" + rest
    assert read(quicker.hex_string, content) == read(quicker._hex_string, content)


def test_long_strings_in_brackets() -> None:
    content = b"<" + b"0a" * 20_000 + b">end"
    assert read(quicker.hex_string, content) == read(quicker._hex_string, content)
    assert read(quicker.hex_string, content[:-4]) == read(quicker._hex_string, content[:-4])


@given(st.text("abc/#+-.( \n\t%>]\x00é", max_size=120), st.integers(0, 3))
def test_letters_up_to_a_delimiter(text: str, start: int) -> None:
    ends = []
    for work in (quicker.until_delimiter, quicker._until_delimiter):
        stream = io.BytesIO(text.encode())
        stream.seek(start)
        ends.append((work(stream), stream.tell()))
    assert ends[0] == ends[1]


@given(st.binary(max_size=30))
def test_names(letters: bytes) -> None:
    assert answer(quicker.decode_name, letters) == answer(quicker._decode_name, letters)


@given(st.text(max_size=40))
def test_names_of_certificates(text: str) -> None:
    one = x509.NameTypeAndValue()
    assert answer(quicker.prepare_name, one, text) == answer(quicker._prepare_name, one, text)


@given(st.lists(st.tuples(st.sampled_from(["common_name", "title"]), st.text(max_size=20)), max_size=3))
def test_names_as_keys(parts: list[tuple[str, str]]) -> None:
    made = x509.Name.build(dict(parts))
    for one in (made, x509.Name.load(made.dump())):
        assert answer(quicker.hashable_name, one) == answer(quicker._hashable_name, one)


@given(st.binary(min_size=100, max_size=300))
def test_what_was_read_is_written_as_it_was(content: bytes) -> None:
    """Also where the last byte of its length is the mark of an unknown length."""
    made = core.Sequence.load(core.SequenceOf([core.OctetString(content)], spec=core.OctetString).dump())
    whole = made.dump()
    assert core.Sequence.load(whole).dump() == whole
