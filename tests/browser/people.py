"""Who looks at the pages: nobody in particular, or one of the demo's people, signed in as a person would."""

import base64
import hashlib
import hmac
import struct
import time
from dataclasses import dataclass
from enum import StrEnum
from typing import Any
from urllib.parse import urlsplit

from playwright.sync_api import Browser, BrowserContext, Page

from tests.browser.chromium import SCREENS
from tests.browser.running import Running, work_off

STEP, TYPING = 30, 10  # seconds that a code is for; seconds until it has been sent


class Kind(StrEnum):
    CITIZEN = "citizen"
    OFFICER = "officer"


@dataclass(frozen=True)
class Person:
    """One of the demo's people: a citizen of the sandbox's VNeID, or an officer with password and code app."""

    kind: Kind
    name: str


CITIZEN = Person(Kind.CITIZEN, "ban")  # in the demo some dossiers and papers are hers
MOTHER = Person(Kind.CITIZEN, "mau")  # nobody whose lists the tests of pages look at
NEWCOMER = Person(Kind.CITIZEN, "xuan")  # who has none
UNCONFIRMED = Person(Kind.CITIZEN, "tien")  # whose address no test confirms
OFFICER = Person(Kind.OFFICER, "mot-cua")
SPECIALIST = Person(Kind.OFFICER, "ho-tich")
REVIEWER = Person(Kind.OFFICER, "pho-giam-doc")
CHAIR = Person(Kind.OFFICER, "chu-tich")
CLERK = Person(Kind.OFFICER, "van-thu")
ADMINISTRATOR = Person(Kind.OFFICER, "quan-tri")
PROVINCE_CHAIR = Person(Kind.OFFICER, "chu-tich-tinh")

IDLE = {Kind.CITIZEN: 25 * 60.0, Kind.OFFICER: 10 * 60.0}  # seconds; the portal waits 30 minutes and 15
_kept: dict[tuple[Running, Person], tuple[Any, float]] = {}  # cookies, and when they were last asked for
_used: dict[Person, int] = {}  # the last step whose code was typed, in this process


def window(
    chromium: Browser,
    portal: Running,
    person: Person | None = None,
    *,
    width: int = 1366,
    java_script: bool = True,
    **options: Any,
) -> BrowserContext:
    """A browser window of its own, with nothing from other windows but the sign-in of `person`."""
    return chromium.new_context(
        base_url=portal.origin,
        viewport=SCREENS[width],
        java_script_enabled=java_script,
        locale="vi-VN",
        timezone_id="Asia/Ho_Chi_Minh",
        storage_state=_cookies(chromium, portal, person) if person else None,
        **options,
    )


def _cookies(chromium: Browser, portal: Running, person: Person) -> Any:
    """Those of one sign-in, used again for every window; of a new one when the portal may have ended it as idle."""
    state, used_at = _kept.get((portal, person), (None, 0.0))
    if state is None or time.monotonic() - used_at > IDLE[person.kind]:
        state = _signed_in(chromium, portal, person)
    _kept[portal, person] = state, time.monotonic()
    return state


def _signed_in(chromium: Browser, portal: Running, person: Person) -> Any:
    context = window(chromium, portal)
    try:
        page = context.new_page()
        if person.kind is Kind.CITIZEN:
            sign_in_citizen(page, person)
            work_off(portal)  # what was filed under their number becomes theirs
        else:
            sign_in_officer(page, person)
            prove_again(page, person)
        return context.storage_state()
    finally:
        context.close()


def sign_in_citizen(page: Page, person: Person, *, start: str = "/dang-nhap/") -> None:
    """Through the sandbox's VNeID, as a citizen does."""
    page.goto(start)
    origin = _origin(page.url)
    page.locator("form[action*='/vneid/'] button").click()
    page.locator(f"button[name=person][value={person.name}]").click()
    _wait_until_in(page, origin)


def sign_in_officer(page: Page, person: Person, *, start: str = "/dang-nhap/can-bo/") -> None:
    """User name, password, and a code of the app."""
    from staff import demo  # models, which scripts have only after setup()

    page.goto(start)
    page.locator("input[name=login]").fill(person.name)
    page.locator("input[name=password]").fill(demo.PASSWORD)
    page.locator("main form button[type=submit]").first.click()
    page.locator("input[name=code]").fill(next_code(person))
    page.locator("main form button[type=submit]").first.click()
    _wait_until_in(page, _origin(page.url))


def _origin(url: str) -> str:
    return "{0.scheme}://{0.netloc}".format(urlsplit(url))


def _wait_until_in(page: Page, origin: str) -> None:
    """A click does not wait for the pages it leads through."""
    page.wait_for_url(lambda url: url.startswith(f"{origin}/") and not url.startswith(f"{origin}/dang-nhap/"))


def prove_again(page: Page, person: Person) -> None:
    """As the pages of security ask it."""
    page.goto("/tai-khoan/xac-nhan/?next=/tai-khoan/xac-thuc/")
    page.locator("main input[name=code]").fill(next_code(person))
    page.locator("main form button[type=submit]").first.click()
    page.wait_for_url("**/tai-khoan/xac-thuc/")


def prove_if_asked(page: Page, person: Person, goal: str) -> None:
    """A deed that needs a fresh proof asks for it when the last one is minutes old; `goal` is where it leads."""
    page.wait_for_url(lambda url: goal in url or "/tai-khoan/xac-nhan/" in url)  # the question names the goal too
    if "/tai-khoan/xac-nhan/" in page.url:
        page.locator("main input[name=code]").fill(next_code(person))
        page.locator("main form button[type=submit]").first.click()
        page.wait_for_url(lambda url: goal in url and "/tai-khoan/xac-nhan/" not in url)


def next_code(person: Person) -> str:
    """A code that nobody has used: each counts once. Waits only when all that the portal takes now were used.

    It takes that of the step before and of the step after as well (MFA_TOTP_TOLERANCE).
    """
    from staff import demo  # as above

    oldest = int((time.time() - STEP + TYPING) // STEP)  # still good when it has been typed
    step = _used[person] = max(oldest, _used.get(person, 0) + 1)
    time.sleep(max(0.0, (step - 1) * STEP - time.time()))
    return totp(demo.BY_NAME[person.name].secret, step * STEP)


def totp(secret: str, at: float) -> str:
    """The six digits of RFC 6238 for a secret in base 32: SHA-1, steps of 30 seconds."""
    key = base64.b32decode(secret + "=" * (-len(secret) % 8))
    digest = hmac.new(key, struct.pack(">Q", int(at // STEP)), hashlib.sha1).digest()
    offset = digest[-1] & 15
    number = struct.unpack(">I", digest[offset : offset + 4])[0] & 0x7FFFFFFF
    return f"{number % 1_000_000:06d}"
