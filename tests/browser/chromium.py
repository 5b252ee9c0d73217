"""Debian's Chromium without windows, started the same way for tests, measuring and pictures.

Its headless shell draws pages as the whole browser does and opens them in a third of the time.
"""

import os

from playwright.sync_api import Browser, Playwright, ViewportSize

FLAGS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]
PHONE = ViewportSize(width=360, height=740)
DESKTOP = ViewportSize(width=1366, height=768)
NARROW = ViewportSize(width=320, height=640)
SCREENS = {360: PHONE, 1366: DESKTOP, 320: NARROW}


def launch(playwright: Playwright) -> Browser:
    path = os.environ.get("CHROMIUM", "/usr/bin/chromium-headless-shell")
    return playwright.chromium.launch(executable_path=path, args=FLAGS)
