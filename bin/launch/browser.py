"""bin/screenshots and bin/measure: programs of tests/browser, on services of their own as bin/test has them."""

import sys
from pathlib import Path

from launch import checks
from launch.stages import Stage


def main() -> int:
    """The script is called like the module of tests/browser that it runs; its options are the module's own."""
    name = Path(sys.argv[0]).name
    arguments = ("-m", f"tests.browser.{name}", *sys.argv[1:])
    chromium = ("chromium-headless-shell",)
    stage = Stage(name, "in headless Chromium", "python", arguments, services=True, programs=chromium)
    return checks.run([stage], [])
