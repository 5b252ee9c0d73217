"""The files that belong to the project: those git knows, and new ones that it would take."""

import subprocess
from functools import cache
from pathlib import Path

from portal import house

NEVER_OURS = {".git", ".venv", ".local", "node_modules", "dist", "__pycache__"}


@cache
def tracked() -> list[Path]:
    """Without git (an unpacked archive), every file outside the folders of tools."""
    command = ["git", "-C", str(house.ROOT), "ls-files", "-z", "--cached", "--others", "--exclude-standard"]
    answer = subprocess.run(command, capture_output=True, text=True, check=False)
    if answer.returncode == 0:
        found = [house.ROOT / name for name in answer.stdout.split("\0") if name]
    else:
        found = [path for path in house.ROOT.rglob("*") if not NEVER_OURS & set(path.parts)]
    return sorted(path for path in found if path.is_file())


@cache
def text(path: Path) -> str:
    """Its words; empty for pictures, fonts and other files that hold none."""
    try:
        return path.read_text(encoding="utf-8")
    except UnicodeDecodeError:
        return ""


def papers() -> list[Path]:
    return [path for path in tracked() if path.suffix == ".md"]
