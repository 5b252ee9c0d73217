"""A moment as a calendar's file: whole, folded within no letter, and nothing of the text taken for a property."""

from datetime import UTC, datetime

from hypothesis import given
from hypothesis import strategies as st

from portal.calendar.ics import OCTETS, Entry, calendar

AT = datetime(2026, 11, 27, 10, 0, tzinfo=UTC)
TEXTS = st.text(st.characters(exclude_categories=["Cc", "Cs", "Zl", "Zp"]), max_size=300)


def unfolded(text: str) -> list[str]:
    return text.replace("\r\n ", "").split("\r\n")


@given(title=TEXTS)
def test_no_line_is_too_long_and_the_title_comes_back(title: str) -> None:
    text = calendar(Entry("u", AT, title, "", "https://x.vn/"), made_at=AT)
    assert all(len(line.encode()) <= OCTETS for line in text.split("\r\n"))
    line = next(one for one in unfolded(text) if one.startswith("SUMMARY:")).removeprefix("SUMMARY:")
    plain = line.replace("\\\\", "\0").replace("\\,", ",").replace("\\;", ";").replace("\0", "\\")
    assert plain == title


def test_a_line_break_in_the_text_begins_no_property() -> None:
    text = calendar(Entry("u", AT, "a\r\nATTENDEE:x", "b\nc", "https://x.vn/", sequence=3), made_at=AT)
    assert "\r\nATTENDEE" not in text
    assert "DESCRIPTION:b\\nc" in unfolded(text)
    assert "SEQUENCE:3" in unfolded(text)
    assert "DTSTART:20261127T100000Z" in unfolded(text)
