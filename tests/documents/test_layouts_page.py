"""The page of all layouts, for the people who build."""

from importlib import reload

import pytest
from django.http import Http404
from django.test import RequestFactory, override_settings
from django.urls import resolve

from documents import urls
from documents.layouts.catalogue import layouts
from documents.views.layouts import catalogue, sample_pdf
from tests.ui.html import Page


def test_the_page_lists_every_version_with_its_source_and_sample() -> None:
    request = RequestFactory().get("/he-thong/bieu-mau/")
    request.resolver_match = resolve("/")
    page = Page(catalogue(request).content)
    assert [link.attributes["href"] for link in page.all("a") if link.text.startswith("PDF")] == [
        f"{layout.code}.pdf" for layout in layouts()
    ]
    assert all(layout.source in page.one("tbody").text for layout in layouts())


def test_a_sample_is_printed() -> None:
    answer = sample_pdf(RequestFactory().get("/"), "notice")
    assert answer["Content-Type"] == "application/pdf"
    assert answer.content.startswith(b"%PDF-1.7")


@pytest.mark.parametrize("code", ["nothing", "common"])
def test_what_is_no_layout_is_not_found(code: str) -> None:
    with pytest.raises(Http404):
        sample_pdf(RequestFactory().get("/"), code)


def test_the_page_exists_only_where_it_is_asked_for() -> None:
    try:
        with override_settings(UI_CATALOGUE=True):
            assert {"layouts", "layout-sample"} <= {pattern.name for pattern in reload(urls).urlpatterns}
    finally:
        with override_settings(UI_CATALOGUE=False):
            assert "layouts" not in {pattern.name for pattern in reload(urls).urlpatterns}
