"""An officer at the desk with a person in front of them: fetches pages and sends their forms as a browser does."""

import html
import re
from typing import Any

from django.http import HttpResponse
from django.test import Client
from django.urls import reverse

from tests.cast import Member, sign_in

SCAN = "000199000077|012345678|Thào Thị Mỷ|14021999|Nữ|Thôn Một, xã An|01012022"
NUMBER, NAME = "000199000077", "Thào Thị Mỷ"
HIDDEN = re.compile(r'<input type="hidden" name="([^"]+)" value="([^"]*)"')
DAY = {"birth_on_0": "14", "birth_on_1": "2", "birth_on_2": "1999"}


def words(response: Any) -> str:
    main = re.search(r"<main.*</main>", response.content.decode(), re.DOTALL)
    assert main, response.status_code
    return html.unescape(re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", main[0])))


class Visiting:
    """`send` fills in what the page hides, such as the token of the form and the revision."""

    def __init__(self, member: Member) -> None:
        self.client = sign_in(Client(), member.user)

    def page(self, url: str, status: int = 200) -> str:
        response = self.client.get(url)
        assert response.status_code == status, (response.status_code, response.get("Location"), words(response))
        return str(response.content.decode())

    def send(self, url: str, shown_on: str = "", **data: Any) -> HttpResponse:
        hidden = dict(HIDDEN.findall(self.page(shown_on or url)))
        return self.client.post(url, {**hidden, **data})  # type: ignore[return-value]  # Django's test response

    def arrives(self, **data: Any) -> str:
        """The address of the visit."""
        response = self.send(reverse("services:visit"), **({"card": SCAN} | data))
        assert response.status_code == 302, words(response)
        return str(response["Location"])

    def begins(self, visit: str, code: str) -> str:
        """The address of the draft."""
        response = self.send(f"{visit}{code}/", shown_on=visit)
        assert response.status_code == 302, words(response)
        return str(response["Location"])
