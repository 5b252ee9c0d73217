"""Takes the pictures of docs/screenshots: `bin/screenshots`."""

import sys

from playwright.sync_api import sync_playwright

from portal import house
from tests.browser import people
from tests.browser.chromium import launch
from tests.browser.demo import portal_for_script
from tests.browser.pages import PICTURES

FOLDER = house.ROOT / "docs" / "screenshots"


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
            window.evaluate("() => document.fonts.ready")
            target = FOLDER / f"{picture.file}.png"
            window.screenshot(path=target, full_page=picture.full)
            print(f"{house.relative(target)} {target.stat().st_size // 1024} kB")
            context.close()
        chromium.close()
    return 0


if __name__ == "__main__":
    sys.exit(main())
