"""A draft goes on when the form changes: what still answers is kept, the rest is asked again with its reason."""

from services.declarations import Definition, migrate_answers
from tests.services.forms import asked, form, page, ref, world

TOLD = {"red": {"vi": "Đỏ", "en": "Red"}, "blue": {"vi": "Xanh", "en": "Blue"}, "green": {"vi": "Lục", "en": "Green"}}


def colours(*values: str) -> dict[str, object]:
    return {"enum": list(values)}


OLD = form(
    {"colour": colours("red", "green"), "name": ref("name"), "gone": ref("line")},
    page("a", asked("colour", choices=TOLD), asked("name"), asked("gone")),
)
ANSWERS = {"colour": "green", "name": "An", "gone": "x"}


def again(new: Definition, answers: dict[str, object] | None = None) -> dict[str, str]:
    migrated = migrate_answers(OLD, new, answers or ANSWERS, world())
    return {one.question.key: one.reason.value for one in migrated.to_answer_again}


def test_what_is_unchanged_is_kept_and_what_is_gone_is_dropped() -> None:
    new = form(
        {"colour": colours("red", "green"), "name": ref("name")},
        page("b", asked("name"), asked("colour", choices=TOLD)),
    )
    migrated = migrate_answers(OLD, new, ANSWERS, world())
    assert migrated.kept == {"colour": "green", "name": "An"}
    assert migrated.dropped == ("gone",)
    assert not migrated.to_answer_again


def test_a_new_question_is_asked() -> None:
    new = form({"name": ref("name"), "age": ref("count")}, page("a", asked("name"), asked("age")))
    assert again(new) == {"age": "new"}


def test_an_answer_that_is_no_longer_possible_is_asked_again() -> None:
    new = form(
        {"colour": colours("red", "blue"), "name": ref("name")}, page("a", asked("colour", choices=TOLD), asked("name"))
    )
    assert again(new) == {"colour": "not_allowed"}
    assert "colour" not in migrate_answers(OLD, new, ANSWERS, world()).kept


def test_a_question_that_means_something_else_is_asked_again() -> None:
    meaning = form({"name": ref("name")}, page("a", asked("name", meaning=2)))
    kind = form({"name": ref("line")}, page("a", asked("name")))
    assert again(meaning) == again(kind) == {"name": "means_else"}


def test_what_was_open_before_is_not_told_as_a_change() -> None:
    assert again(OLD, {"colour": "red", "gone": "x"}) == {}


def test_an_answer_that_goes_may_hide_others() -> None:
    new = form(
        {"colour": colours("red", "blue"), "name": ref("name")},
        page("a", asked("colour", choices=TOLD)),
        page("b", asked("name", meaning=2), show_if={"question": "colour", "is": "red"}),
    )
    assert again(new) == {"colour": "not_allowed"}


def test_rows_keep_the_columns_that_are_still_asked() -> None:
    def people(**columns: object) -> Definition:
        rows = {"type": "array", "maxItems": 5, "items": {"properties": columns}}
        told = [asked(key) for key in columns]
        return form(
            {"people": rows}, page("p", *told, repeat={"key": "people", "item": {"vi": "Người", "en": "Person"}})
        )

    old, new = people(name=ref("name"), gone=ref("line")), people(name=ref("name"), age=ref("count"))
    migrated = migrate_answers(old, new, {"people": [{"name": "An", "gone": "x"}]}, world())
    assert migrated.kept == {"people": [{"name": "An"}]}
    assert [(one.question.key, one.reason) for one in migrated.to_answer_again] == [("age", "new")]
