"""/hien-thi/: text size, density, data saving and shortcuts, remembered by one cookie of the device."""

import pytest
from django.http import HttpRequest
from django.test import Client

from portal.ui.display import COOKIE, Density, Display, TextSize
from tests.ui.html import Page

pytestmark = pytest.mark.django_db
ADDRESS = "/hien-thi/"
ANSWERS = {"text_size": "130", "density": "compact", "save_data": "on", "shortcuts": "on"}
LIGHT = "css/citizen-light.css"  # names no font


def read(cookie: str) -> Display:
    request = HttpRequest()
    request.COOKIES[COOKIE] = cookie
    return Display.read(request)


def test_the_choice_is_remembered_in_one_cookie(client: Client) -> None:
    response = client.post(ADDRESS, ANSWERS)
    assert response.status_code == 302
    cookie = response.cookies[COOKIE]
    assert read(cookie.value) == Display(TextSize.LARGEST, Density.COMPACT, save_data=True, shortcuts=True)
    assert cookie["httponly"]
    assert cookie["samesite"] == "Lax"
    assert int(cookie["max-age"]) > 300 * 24 * 3600


def test_text_size_reaches_every_page(client: Client) -> None:
    client.post(ADDRESS, ANSWERS)
    assert Page(client.get("/tro-giup/").content).one("html").has("app-text-130")


def test_the_form_shows_what_was_chosen(client: Client) -> None:
    client.post(ADDRESS, {"text_size": "115", "density": "compact"})
    page = Page(client.get(ADDRESS).content)
    checked = [box.attributes["id"] for box in page.all("input") if "checked" in box.attributes]
    assert checked == ["id_text_size_1", "id_density_1"]


def test_the_person_returns_to_where_they_were(client: Client) -> None:
    page = Page(client.get(ADDRESS, headers={"referer": "http://testserver/tro-giup/?a=1"}).content)
    back = page.one("input", name="next").attributes["value"]
    response = client.post(ADDRESS, ANSWERS | {"next": back})
    assert response.headers["Location"] == "http://testserver/tro-giup/?a=1"


@pytest.mark.parametrize("elsewhere", ["https://evil.example/", "//evil.example/", "javascript:alert(1)", "x" * 9000])
def test_nobody_is_sent_to_another_site(client: Client, elsewhere: str) -> None:
    assert client.post(ADDRESS, ANSWERS | {"next": elsewhere}).headers["Location"] == "/"


def test_an_unknown_size_is_refused_and_nothing_set(client: Client) -> None:
    response = client.post(ADDRESS, ANSWERS | {"text_size": "900"})
    page = Page(response.content)
    assert response.status_code == 200
    assert COOKIE not in response.cookies
    assert page.title.startswith("Lỗi:")
    assert page.one(css="govuk-error-summary")


def test_a_forged_form_is_refused() -> None:
    assert Client(enforce_csrf_checks=True).post(ADDRESS, ANSWERS).status_code == 403


def test_saving_data_leaves_the_fonts_out(client: Client) -> None:
    assert LIGHT not in client.get("/tro-giup/").content.decode()
    client.post(ADDRESS, ANSWERS)
    source = client.get("/tro-giup/").content.decode()
    assert LIGHT in source
    assert "woff2" not in source


def test_the_browsers_own_data_saver_counts_too_and_caches_know_it(client: Client) -> None:
    response = client.get("/tro-giup/", headers={"save-data": "on"})
    assert LIGHT in response.content.decode()
    assert "Save-Data" in response.headers["Vary"]


@pytest.mark.parametrize("cookie", ["", "rubbish", "115.compact.save.nokeys" * 999, "900", "\x00", "115;path=/"])
def test_a_cookie_somebody_wrote_by_hand_breaks_nothing(cookie: str) -> None:
    assert read(cookie).text_size in TextSize


def test_what_a_cookie_says_is_what_was_written() -> None:
    for size in TextSize:
        for density in Density:
            for save_data in (True, False):
                for shortcuts in (True, False):
                    chosen = Display(size, density, save_data=save_data, shortcuts=shortcuts)
                    assert read(chosen.cookie()) == chosen
