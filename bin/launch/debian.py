"""What comes from Debian: libraries of the PDF engine, programs of the checks.

Installed as root, otherwise unpacked into a private folder.
"""

import ctypes
import os
import shlex
import shutil
import tempfile
from pathlib import Path

from launch import place
from launch.say import SetupError, quietly, step

PACKAGES = {  # program: the package that has it
    "chromium-headless-shell": "chromium-headless-shell",
    "xgettext": "gettext",
    "msgfmt": "gettext",
    "softhsm2-util": "softhsm2",
}
# WeasyPrint loads them by these names when it is imported.
LIBRARIES = {
    "libpango-1.0.so.0": "libpango-1.0-0",
    "libpangoft2-1.0.so.0": "libpangoft2-1.0-0",
    "libharfbuzz-subset.so.0": "libharfbuzz-subset0",
}
# /usr/bin has a script that knows no other place.
REAL = {"chromium-headless-shell": "usr/lib/chromium/chromium-headless-shell"}
CORE = {"libc6", "libc-bin", "base-files"}  # every Debian has them, and a second libc beside its loader crashes
UNUSED = ("usr/share/doc", "usr/share/man", "usr/share/icons", "usr/share/locale", "usr/lib/modules", "usr/lib/systemd")
LOST = "Install it by hand (apt-get install {packages}), then repeat"


def ensure(programs: list[str]) -> dict[str, str]:
    """The environment in which `programs` are found."""
    private = place.LOCAL.joinpath("debian")
    path = f"{private / 'bin'}{os.pathsep}{os.environ['PATH']}"
    missing = sorted({PACKAGES[program] for program in programs if not shutil.which(program, path=path)})
    if missing and not _bring(missing, private):
        _wrap(private, private / "root", missing, LOST.format(packages=" ".join(missing)))
    chromium = shutil.which("chromium-headless-shell", path=path)
    return {"PATH": path, **({"CHROMIUM": chromium} if chromium else {})}


def libraries() -> dict[str, str]:
    """The environment in which the PDF engine finds its libraries; empty where the machine has them."""
    missing = [name for name in LIBRARIES if not _loads(name)]
    if not missing:
        return {}
    private = place.LOCAL / "debian" / "libraries"  # apart: no other program shall meet these
    if not all(_unpacked(private, name) for name in missing):
        packages = [LIBRARIES[name] for name in missing]
        if _bring(packages, private):
            return {}
        _try(private, missing, LOST.format(packages=" ".join(packages)))
    return _with(private)


def _loads(library: str) -> bool:
    try:
        ctypes.CDLL(library)
    except OSError:
        return False
    return True


def _folders(private: Path) -> list[Path]:
    root = private / "root"
    return [path for top in ("usr/lib", "lib") for path in sorted(root.glob(f"{top}/*-linux-gnu*")) if path.is_dir()]


def _unpacked(private: Path, library: str) -> bool:
    return any((folder / library).exists() for folder in _folders(private))


def _with(private: Path) -> dict[str, str]:
    before = os.environ.get("LD_LIBRARY_PATH")
    return {"LD_LIBRARY_PATH": os.pathsep.join([*map(str, _folders(private)), *([before] if before else [])])}


def _try(private: Path, names: list[str], how: str) -> None:
    """Load them once as the engine will; what does not load is not kept, or the next start would take it for whole."""
    words = f"import ctypes; [ctypes.CDLL(name) for name in {names!r}]"
    why = f"Libraries of the PDF engine were fetched and do not load. {how}"
    try:
        quietly([place.PYTHON, "-c", words], why=why, env={**os.environ, **_with(private)})
    except SetupError:
        shutil.rmtree(private, ignore_errors=True)
        raise


def _bring(packages: list[str], private: Path) -> bool:
    """Whether they were installed for the whole machine; if not, they lie under `private`/root."""
    how = LOST.format(packages=" ".join(packages))
    if not shutil.which("apt-get"):
        raise SetupError(f"{' and '.join(packages)} is missing, and this is no Debian. {how}.")
    with step(f"Installing {' and '.join(packages)} from Debian"):
        if os.geteuid() == 0:
            _install(packages, how)
            return True
        _unpack(private, packages, how)
        return False


def _install(packages: list[str], how: str) -> None:
    environment = {**os.environ, "DEBIAN_FRONTEND": "noninteractive"}
    why = f"{' and '.join(packages)} could not be installed. {how}"
    quietly(["apt-get", "update", "-qq"], why=why, env=environment)
    quietly(["apt-get", "install", "-y", "-qq", "--no-install-recommends", *packages], why=why, env=environment)


def _unpack(private: Path, packages: list[str], how: str) -> None:
    """Fetch the packages and all they need with lists of our own, and unpack them where this account may write.

    All, as on a machine that has nothing: what is installed today may be removed tomorrow.
    """
    why = f"{' and '.join(packages)} could not be fetched. {how}"
    root = private / "root"
    for folder in (root, private / "bin"):
        folder.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(prefix="mc-debian-") as name:  # apt stumbles over spaces in its own folders
        fetched = Path(name)
        for own_place in ("lists/partial", "cache/archives/partial"):
            (fetched / own_place).mkdir(parents=True)
        fetched.joinpath("status").touch()
        own = ["-o", f"Dir::State::lists={fetched}/lists", "-o", f"Dir::Cache={fetched}/cache"]
        own += ["-o", f"Dir::State::status={fetched}/status"]
        own += ["-o", "Debug::NoLocking=1", "-o", "APT::Sandbox::User="]
        quietly(["apt-get", *own, "update", "-qq"], why=why)
        plan = quietly(["apt-get", *own, "install", "--simulate", "--no-install-recommends", *packages], why=why)
        names = {words.split()[1] for words in plan.splitlines() if words.startswith("Inst ")} - CORE
        quietly(["apt-get", *own, "download", "-qq", *sorted(names)], why=why, cwd=fetched)
        for file in sorted(fetched.glob("*.deb")):
            quietly(["dpkg-deb", "--extract", file, root], why=why)
    for unused in UNUSED:
        shutil.rmtree(root / unused, ignore_errors=True)


def _wrap(private: Path, root: Path, packages: list[str], how: str) -> None:
    """A small script for each program, so that only it sees the private libraries and fonts."""
    folders = [*sorted((root / "usr" / "lib").glob("*-linux-gnu*")), root / "usr" / "lib"]
    fonts = private / "fonts.conf"
    fonts.write_text(
        '<?xml version="1.0"?><!DOCTYPE fontconfig SYSTEM "fonts.dtd"><fontconfig>'
        f"<dir>{root}/usr/share/fonts</dir><dir>/usr/share/fonts</dir><cachedir>{private}/fonts</cachedir></fontconfig>",
        encoding="utf-8",
    )
    for program, package in PACKAGES.items():
        real = root / REAL.get(program, f"usr/bin/{program}")
        if package in packages and real.exists():
            script = private / "bin" / program
            libraries = shlex.quote(":".join(map(str, folders)))
            script.write_text(
                f"#!/bin/sh\nLD_LIBRARY_PATH={libraries} FONTCONFIG_FILE={shlex.quote(str(fonts))} "
                f'GETTEXTDATADIR={shlex.quote(str(root / "usr/share/gettext"))} exec {shlex.quote(str(real))} "$@"\n',
                encoding="utf-8",
            )
            script.chmod(0o755)
            try:
                quietly([script, "--version"], why=f"{program} was fetched and does not start. {how}")
            except SetupError:
                script.unlink()  # or the next start would take it for complete
                raise
