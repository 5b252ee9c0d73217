"""A form as the renderer draws it: everything labelled, linked and escaped."""

import datetime

import pytest
from django import forms
from django.core.files.uploadedfile import SimpleUploadedFile
from django.template.loader import render_to_string
from django.utils import translation

from portal.ui import samples
from portal.ui.forms import (
    Checkboxes,
    DateBoxes,
    DateBoxesField,
    Password,
    Radios,
    Text,
    TextArea,
    Upload,
    one_of_these,
)
from tests.ui.html import Page

EVIL = "<script>alert('x')</script>"
CONTROLS = {"input", "select", "textarea"}


def drawn(form: forms.Form) -> Page:
    return Page(str(form))


def summary(form: forms.Form) -> Page:
    return Page(render_to_string("forms/error_summary.html", {"form": form}))


@pytest.mark.parametrize("state", ["empty", "filled", "error"])
def test_every_control_has_a_label_that_points_at_it(state: str) -> None:
    page = drawn(samples.form(state))
    labelled = {label.attributes["for"] for label in page.all("label")}
    controls = [e for e in page.elements if e.tag in CONTROLS and e.attributes.get("type") != "hidden"]
    assert len(controls) > 15
    assert {control.attributes["id"] for control in controls} == labelled


@pytest.mark.parametrize("state", ["empty", "filled", "error"])
def test_ids_are_unique_and_every_description_exists(state: str) -> None:
    page = drawn(samples.form(state))
    ids = [element.attributes["id"] for element in page.elements if "id" in element.attributes]
    assert len(ids) == len(set(ids))
    described = [name for e in page.elements for name in e.attributes.get("aria-describedby", "").split()]
    assert described
    assert set(described) <= set(ids)


def test_every_error_link_lands_on_a_control() -> None:
    form = samples.form("error")
    page, links = drawn(form), summary(form).all("a")
    assert len(links) == len(form.errors) == 8
    for link in links:
        assert page.by_id(link.attributes["href"].removeprefix("#")).tag in CONTROLS


def test_the_same_sentence_stands_in_the_summary_and_at_the_field() -> None:
    form = samples.form("error")
    messages = [str(error) for field in form for error in field.errors]
    beside = " ".join(element.text for element in drawn(form).all(css="govuk-error-message"))
    links = [link.text for link in summary(form).all("a")]
    assert [link for link, message in zip(links, messages, strict=True) if not link.endswith(message)] == []
    assert [message for message in messages if message not in beside] == []


@pytest.mark.parametrize(
    ("label", "error", "told"),
    [
        ("Tên nghị quyết", "Xin điền mục này", "Tên nghị quyết: Xin điền mục này"),
        ("Họ và tên", "Nhập họ và tên", "Nhập họ và tên"),
        ("Ông/bà có con không?", "Xin chọn", "Ông/bà có con không? Xin chọn"),
        ("Tôi " + "cam đoan " * 20, "Đánh dấu", "Tôi " + "cam đoan " * 6 + "c…: Đánh dấu"),
        ("", "Xin điền", "Xin điền"),
        (EVIL, "Xin điền", f"{EVIL}: Xin điền"),
    ],
)
def test_the_summary_names_the_field_where_the_sentence_does_not(label: str, error: str, told: str) -> None:
    class One(forms.Form):
        one = forms.CharField(label=label, error_messages={"required": error})

    form = One({})
    assert [link.text for link in summary(form).all("a")] == [told]
    assert drawn(form).one(css="govuk-error-message").text.endswith(error)


def test_an_error_of_the_whole_form_stands_in_the_summary() -> None:
    form = samples.form("filled")
    form.add_error(None, "Hồ sơ đã có người khác sửa.")
    assert "Hồ sơ đã có người khác sửa." in summary(form).all("li")[0].text


def test_a_form_without_errors_has_no_summary() -> None:
    assert not summary(samples.form("filled")).elements


def test_a_wrong_control_says_so_by_colour_and_to_screen_readers() -> None:
    page = drawn(samples.form("error"))
    name = page.by_id("id_name")
    assert name.has("govuk-input--error")
    assert name.attributes["aria-invalid"] == "true"
    assert all(page.by_id(f"id_born_on_{box}").has("govuk-input--error") for box in range(3))
    assert not drawn(samples.form("filled")).by_id("id_name").has("govuk-input--error")


def test_only_optional_fields_are_marked() -> None:
    page = drawn(samples.form("empty"))
    texts = {label.attributes["for"]: label.text for label in page.all("label", css="govuk-label--s")}
    with_mark = {target for target, text in texts.items() if "(không bắt buộc)" in text}
    assert with_mark == {"id_visit_on", "id_note", "id_paper", "id_search", "id_password"}


def test_a_field_of_which_one_is_needed_is_not_called_optional() -> None:
    class Either(forms.Form):
        pasted = forms.CharField(label="Dán", required=False)
        sent = forms.FileField(label="Gửi", required=False)
        note = forms.CharField(label="Ghi chú", required=False)

    form = Either()
    one_of_these(form.fields["pasted"], form.fields["sent"])
    marked = [label.attributes["for"] for label in drawn(form).all("label") if "(không bắt buộc)" in label.text]
    assert marked == ["id_note"]


def test_the_mark_speaks_the_language_of_the_page() -> None:
    with translation.override("en"):
        assert "(optional)" in str(samples.form("empty"))


def test_nothing_from_a_catalogue_is_markup() -> None:
    choices = [(EVIL, EVIL), ("b", "B")]

    class Evil(forms.Form):
        text = forms.CharField(label=EVIL, help_text=EVIL, widget=Text(), error_messages={"required": EVIL})
        long = forms.CharField(label=EVIL, initial=EVIL, widget=TextArea(count=True), max_length=20)
        radio = forms.ChoiceField(label=EVIL, choices=choices, widget=Radios(hints={EVIL: EVIL}))
        boxes = forms.MultipleChoiceField(label=EVIL, choices=choices, widget=Checkboxes())
        select = forms.ChoiceField(label=EVIL, help_text=EVIL, choices=[(EVIL, [(EVIL, EVIL)])])
        day = DateBoxesField(label=EVIL, not_a_date=EVIL, error_messages={"required": EVIL})
        tick = forms.BooleanField(label=EVIL, help_text=EVIL, error_messages={"required": EVIL})
        file = forms.FileField(label=EVIL, help_text=EVIL, widget=Upload())

    data = {"day_0": EVIL, "radio": EVIL, "boxes": [EVIL], "long": EVIL}
    for form in (Evil(), Evil(data)):
        for source in (str(form), render_to_string("forms/error_summary.html", {"form": form})):
            assert "<script" not in source
    assert "&lt;script&gt;" in str(Evil())


def test_plain_django_widgets_get_the_same_look() -> None:
    class Plain(forms.Form):
        text = forms.CharField()
        mail = forms.EmailField()
        tick = forms.BooleanField()
        choice = forms.ChoiceField(choices=[("a", "A")])
        secret = forms.CharField(widget=forms.PasswordInput())
        hidden = forms.CharField(widget=forms.HiddenInput())
        file = forms.FileField()

    page = drawn(Plain({"text": ""}))
    assert page.by_id("id_text").classes == ["govuk-input", "govuk-input--error"]
    assert page.by_id("id_mail").attributes["type"] == "email"
    assert page.by_id("id_tick").has("govuk-checkboxes__input")
    assert page.by_id("id_choice").has("govuk-select")
    assert page.by_id("id_secret").has("govuk-input")
    assert page.by_id("id_hidden").classes == []
    assert page.by_id("id_file").has("govuk-file-upload")


def test_answers_stay_in_their_boxes_but_passwords_never() -> None:
    class Secret(forms.Form):
        name = forms.CharField()
        password = forms.CharField(widget=Password())

    page = drawn(Secret({"name": 'Lý "A" <b>', "password": "bí mật"}))
    assert page.by_id("id_name").attributes["value"] == 'Lý "A" <b>'
    assert "value" not in page.by_id("id_password").attributes


def test_the_counter_names_the_limit_and_does_not_cut_pasted_text() -> None:
    page = drawn(samples.form("empty"))
    box = page.by_id("id_note")
    assert box.attributes["data-count"] == "200"
    assert "maxlength" not in box.attributes
    assert "200" in page.by_id("id_note_count").text
    assert "id_note_count" in box.attributes["aria-describedby"].split()


def test_radios_and_checkboxes_keep_what_was_chosen() -> None:
    page = drawn(samples.form("filled"))
    checked = {e.attributes.get("value") for e in page.all("input") if "checked" in e.attributes}
    assert {"f", "post", "residence"} <= checked
    assert "desk" not in checked


@pytest.mark.parametrize(
    ("boxes", "expected"),
    [
        (["7", "11", "2026"], datetime.date(2026, 11, 7)),
        ([" 7 ", "11", "2026"], datetime.date(2026, 11, 7)),
        (["29", "2", "2028"], datetime.date(2028, 2, 29)),
        (["", "", ""], None),
    ],
)
def test_three_boxes_make_a_day(boxes: list[str], expected: datetime.date | None) -> None:
    assert DateBoxesField(required=False).clean(boxes) == expected


@pytest.mark.parametrize(
    "boxes",
    [
        ["31", "2", "2026"],
        ["29", "2", "2026"],
        ["0", "1", "2026"],
        ["1", "13", "2026"],
        ["1", "1", "0"],
        ["1", "1", "10000"],
        ["7", "", "2026"],
        ["x", "1", "2026"],
        ["9" * 5000, "1", "2026"],
    ],
)
def test_what_is_no_day_is_refused_with_one_sentence(boxes: list[str]) -> None:
    field = DateBoxesField(not_a_date="Ngày phải có thật", required=False)
    with pytest.raises(forms.ValidationError) as caught:
        field.clean(boxes)
    assert caught.value.messages == ["Ngày phải có thật"]


def test_date_boxes_carry_the_tokens_of_the_persons_own_birth() -> None:
    class Birth(forms.Form):
        born_on = DateBoxesField(widget=DateBoxes(autocomplete="bday"))

    page = drawn(Birth())
    tokens = [page.by_id(f"id_born_on_{box}").attributes["autocomplete"] for box in range(3)]
    assert tokens == ["bday-day", "bday-month", "bday-year"]


def test_a_stored_day_fills_the_boxes() -> None:
    class Birth(forms.Form):
        born_on = DateBoxesField()

    page = drawn(Birth(initial={"born_on": datetime.date(2026, 11, 7)}))
    assert [page.by_id(f"id_born_on_{box}").attributes["value"] for box in range(3)] == ["7", "11", "2026"]


def test_a_wrong_file_shows_its_error_at_the_file() -> None:
    class Paper(forms.Form):
        paper = forms.FileField(widget=Upload(accept=".pdf"))

    form = Paper({}, {"paper": SimpleUploadedFile("trong.pdf", b"")})
    page = drawn(form)
    assert form.errors
    assert page.by_id("id_paper").attributes["accept"] == ".pdf"
    assert page.by_id("id_paper_error").has("govuk-error-message")
