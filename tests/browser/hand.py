"""What a person does at a page, counted: clicks and taps, typed inputs, keys."""

from playwright.sync_api import CDPSession, Locator, Page


class Hand:
    """`clicks`: buttons, links and choices. `typed`: inputs that were filled in, lists included. `keys`: presses."""

    def __init__(self, page: Page) -> None:
        self.page = page
        self.clicks = self.typed = self.keys = 0

    def click(self, name: str) -> None:
        """The button or link of that name."""
        main = self.page.locator("main")
        named = main.get_by_role("button", name=name, exact=True).or_(main.get_by_role("link", name=name, exact=True))
        self.tap(named.first)

    def tap(self, place: Locator) -> None:
        self.clicks += 1
        place.click()

    def choose(self, name: str, value: str) -> None:
        self.clicks += 1
        self.page.locator(f'main input[name="{name}"][value="{value}"]').check()

    def check(self, label: str) -> None:
        self.clicks += 1
        self.page.locator("main").get_by_label(label, exact=False).first.check()

    def type(self, name: str, text: str) -> None:
        self.typed += 1
        self.page.locator(f'main [name="{name}"]').fill(text)

    def date(self, name: str, *parts: str) -> None:
        """Day, month and year, each in its box."""
        boxes = self.page.locator(f'main input[name^="{name}"]')
        for number, part in enumerate(parts):
            self.typed += 1
            boxes.nth(number).fill(part)

    def pick(self, name: str, label: str) -> None:
        self.typed += 1
        self.page.locator(f'main select[name="{name}"]').select_option(label=label)

    def write(self, text: str) -> None:
        """Into the box that has the focus; one typed input."""
        self.typed += 1
        self.page.keyboard.insert_text(text)

    def scan(self, line: str) -> None:
        """As a scanner that types does: the line, and Enter behind it. Nobody presses a key."""
        self.page.keyboard.insert_text(line)
        self.page.keyboard.press("Enter")

    def key(self, name: str) -> None:
        self.keys += 1
        self.page.keyboard.press(name)

    def access_key(self, letter: str) -> None:
        """Alt and the letter, as Chromium on Linux and Windows takes it; counted as one press."""
        self.keys += 1
        session: CDPSession = self.page.context.new_cdp_session(self.page)
        code = ord(letter.upper())
        event = {"modifiers": 1, "key": letter, "code": f"Key{letter.upper()}", "windowsVirtualKeyCode": code}
        session.send("Input.dispatchKeyEvent", {"type": "keyDown", "text": letter, "unmodifiedText": letter, **event})
        session.send("Input.dispatchKeyEvent", {"type": "keyUp", **event})
        session.detach()
