"""The parts of pages, by way of their catalogue and by themselves."""

from importlib import reload

import pytest
from django.contrib.messages.storage.base import Message
from django.core.paginator import Paginator
from django.template.loader import render_to_string
from django.test import RequestFactory, override_settings
from django.urls import resolve

from portal.ui import urls
from portal.ui.views.catalogue import catalogue
from tests.ui.html import Page


@pytest.mark.parametrize("base", ["citizen", "officer", "admin"])
@pytest.mark.parametrize("state", ["empty", "filled", "error"])
def test_the_catalogue_shows_every_part_in_every_state(base: str, state: str) -> None:
    request = RequestFactory().get("/", {"base": base, "form": state})
    request.resolver_match = resolve("/")
    page = Page(catalogue(request).content)
    assert len(page.all("h1")) == 1
    ids = [element.attributes["id"] for element in page.elements if "id" in element.attributes]
    assert len(ids) == len(set(ids))
    assert page.title.startswith("Lỗi:") == (state == "error")


def test_the_catalogue_exists_only_where_it_is_asked_for() -> None:
    try:
        with override_settings(UI_CATALOGUE=True):
            assert "catalogue" in {pattern.name for pattern in reload(urls).urlpatterns}
    finally:
        with override_settings(UI_CATALOGUE=False):
            assert "catalogue" not in {pattern.name for pattern in reload(urls).urlpatterns}


def test_numbered_pages_keep_the_rest_of_the_address() -> None:
    request = RequestFactory().get("/", {"q": "bắc hà", "page": "7"})
    page = Paginator(range(500), 25).page(7)
    found = Page(render_to_string("components/pagination.html", {"page_obj": page}, request=request))
    hrefs = [link.attributes["href"] for link in found.all("a")]
    assert hrefs[0] == "?q=b%E1%BA%AFc+h%C3%A0&page=6"
    assert found.one("a", aria_current="page").text == "7"
    assert len(found.all("li", css="govuk-pagination__item--ellipsis")) == 2


def test_a_list_of_one_page_has_no_page_links() -> None:
    page = Paginator(range(5), 25).page(1)
    source = render_to_string("components/pagination.html", {"page_obj": page}, request=RequestFactory().get("/"))
    assert not Page(source).elements


def test_a_cursor_shows_only_the_ways_there_are() -> None:
    found = Page(render_to_string("components/pagination.html", {"next_url": "?sau=abc"}))
    assert [link.attributes["rel"] for link in found.all("a")] == ["next"]


def test_messages_say_how_it_went_in_words() -> None:
    messages = [Message(25, "Đã lưu."), Message(40, "Chưa gửi được <b>.")]
    source = render_to_string("components/notification.html", {"messages": messages})
    page = Page(source)
    assert [title.text for title in page.all("h2")] == ["Đã xong", "Chưa làm được"]
    assert "<b>" not in source


def test_the_row_of_a_task_without_a_way_is_no_link() -> None:
    tasks = [{"id": "a", "name": "Một", "url": "/a/", "status": "Đang làm", "colour": "blue"}]
    tasks += [{"id": "b", "name": "Hai", "status": "Chưa làm được"}]
    page = Page(render_to_string("components/task_list.html", {"tasks": tasks}))
    assert [link.text for link in page.all("a")] == ["Một"]
    assert page.one("a").attributes["aria-describedby"] == page.by_id("a-status").attributes["id"]


def test_a_table_names_its_columns_again_for_cards_and_its_rows_for_screen_readers() -> None:
    rows = [[{"text": "A1", "url": "/a/", "label": "Mã"}, {"text": "Trễ 1 ngày", "colour": "red", "label": "Hạn"}]]
    heads = [{"text": "Mã"}, {"text": "Hạn", "sorted": "ascending", "url": "?x"}]
    page = Page(render_to_string("components/table.html", {"label": "Hồ sơ", "heads": heads, "rows": rows}))
    assert page.one("th", scope="row").text == "A1"
    assert page.one("td").attributes["data-label"] == "Hạn"
    assert page.all("th", scope="col")[1].attributes["aria-sort"] == "ascending"
    assert page.one("div", role="region", tabindex="0").attributes["aria-label"] == "Hồ sơ"
