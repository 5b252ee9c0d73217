"""Takes the pictures of docs/screenshots: `bin/screenshots`. First single pages, then the story of a birth."""

import os
import sys
from pathlib import Path
from urllib.parse import urlsplit

from PIL import Image
from playwright.sync_api import Browser, Page, sync_playwright

from portal import house
from tests.browser import birth, office, people
from tests.browser.chromium import launch
from tests.browser.demo import portal_for_script
from tests.browser.hand import Hand
from tests.browser.pages import PICTURES
from tests.browser.people import CHAIR, CLERK, OFFICER, SPECIALIST, Kind, Person
from tests.browser.running import Running, at_work

FOLDER = house.ROOT / "docs" / "screenshots"
COLOURS = 96  # enough for pages without photos, and a third of the weight
MOTHER, CHILD = Person(Kind.CITIZEN, "my"), "Giàng A Sinh"


def main() -> int:
    FOLDER.mkdir(parents=True, exist_ok=True)
    with portal_for_script() as portal, sync_playwright() as playwright:
        chromium = launch(playwright)
        for picture in PICTURES:
            context = people.window(chromium, portal, picture.page.person, width=picture.width)
            window = context.new_page()
            window.goto(picture.page.address(portal), wait_until="load")
            if picture.page.act:
                picture.page.act(window)
            take(window, picture.file, full=picture.full)
            context.close()
        with at_work(portal, urlsplit(os.environ["REDIS_URL"])._replace(path="/7").geturl()):
            story(chromium, portal)
        chromium.close()
    return 0


def take(window: Page, name: str, *, full: bool = False) -> None:
    window.evaluate("() => document.fonts.ready")
    window.wait_for_function("() => [...document.images].every((picture) => picture.complete)")
    target = FOLDER / f"{name}.png"
    window.screenshot(path=target, full_page=full)
    lighten(target)
    print(f"{house.relative(target)} {target.stat().st_size // 1024} kB")


def lighten(target: Path) -> None:
    with Image.open(target) as picture:
        picture.convert("RGB").quantize(COLOURS, dither=Image.Dither.NONE).save(target, optimize=True)


def story(chromium: Browser, portal: Running) -> None:
    """The steps of tests/browser/test_birth.py, with a picture where each person stands."""

    def hand(person: Person, width: int = 1366) -> Hand:
        return Hand(people.window(chromium, portal, person, width=width).new_page())

    mother, desk, specialist = hand(MOTHER, 360), hand(OFFICER), hand(SPECIALIST)
    reference = filed(mother)
    office.opened(desk, reference)
    take(desk.page, "story-desk")
    code = office.received(desk, reference)
    office.taken(specialist, code)
    take(specialist.page, "story-workspace")
    office.proposed(specialist)
    birth.until(specialist.page, "Công dân đang xem dự thảo")
    office.asked(mother, f"{code}: Đăng ký khai sinh")
    take(mother.page, "story-confirm-phone", full=True)
    office.confirmed(mother, f"{code}: Đăng ký khai sinh", CHILD)
    birth.until(specialist.page, "Kết quả đang chờ ký")
    subject = f"Đăng ký khai sinh: {CHILD}"
    chair, clerk = hand(CHAIR, 360), hand(CLERK)
    office.signed(chair, subject)
    chair.page.locator("h1").evaluate("(heading) => heading.scrollIntoView()")
    take(chair.page, "story-signed-phone")
    office.issued(clerk, subject)
    take(clerk.page, "story-issued")
    held(mother)


def filed(mother: Hand) -> str:
    birth.begin(mother)
    birth.tell_of_the_mother(mother)
    birth.tell_of_the_child(mother, CHILD)
    take(mother.page, "story-declare-phone", full=True)
    birth.onward(mother)
    birth.tell_the_rest(mother)
    reference = birth.send(mother)
    take(mother.page, "story-receipt-phone", full=True)
    return reference


def held(mother: Hand) -> None:
    mother.page.goto("/giay-to/")
    birth.until(mother.page, "Trích lục khai sinh")
    take(mother.page, "story-papers-phone", full=True)
    mother.tap(mother.page.locator("main a[href*='/xac-minh/']").first)
    mother.page.wait_for_url("**/xac-minh/**")
    take(mother.page, "story-verified-phone", full=True)


if __name__ == "__main__":
    sys.exit(main())
