"""The stages of bin/test."""

import secrets
from dataclasses import dataclass, field
from typing import Any

from launch import keys, place

SLOW = "browser or launcher or long or broker or heavy"


@dataclass(frozen=True)
class Stage:
    """One command of the environment's programs; `services` says whether it needs database and broker."""

    name: str
    says: str
    program: str
    arguments: tuple[str, ...] = ()
    fast: bool = True
    services: bool = False
    programs: tuple[str, ...] = ()  # of Debian
    environment: dict[str, str] = field(default_factory=dict)

    @property
    def pytest(self) -> bool:
        return self.program == "pytest"

    def command(self) -> list[str]:
        return [str(place.VENV / "bin" / self.program), *self.arguments]


def _tests(name: str, says: str, *arguments: str, **rest: Any) -> Stage:
    return Stage(name, says, "pytest", arguments, services=True, **rest)


# As a production machine would have it; the values are examples of the right kind.
PRODUCTION = {
    "DJANGO_SETTINGS_MODULE": "portal.settings.base",
    "ALLOWED_HOSTS": "motcua.example.vn",
    "PUBLIC_ORIGIN": "https://motcua.example.vn",
    "PERSONAL_DATA_KEYS": keys.personal_data(),
    "SECRET_KEY": secrets.token_urlsafe(48),
}

STAGES = (  # the cheap ones first
    Stage("lint", "ruff check", "ruff", ("check", ".")),
    Stage("format", "ruff format", "ruff", ("format", "--check", ".")),
    Stage("floors", "import-linter", "lint-imports"),
    Stage(
        "deploy", "Django's production checks", "python", ("manage.py", "check", "--deploy", "--fail-level", "WARNING"),
        services=True, environment=PRODUCTION,
    ),
    Stage(
        "migrations", "no model without its migration", "python",
        ("manage.py", "makemigrations", "--check", "--dry-run"), services=True,
    ),
    Stage("types", "mypy", "mypy", services=True),  # its plug-in reads the settings
    _tests(
        "tests", "unit, integration and house", "-n", "2", "-m", f"not ({SLOW})",
        programs=("xgettext", "msgfmt", "softhsm2-util"),
    ),
    _tests(
        "heavy", "documents, signatures and dossiers", "-n", "2",
        "-m", "heavy and not (browser or broker or long)",
        fast=False, programs=("softhsm2-util",),
    ),
    _tests("broker", "the real broker and a worker", "-m", "broker and not long", fast=False),
    _tests(
        "browser", "headless Chromium", "-n", "2", "--dist", "loadgroup", "-m", "browser",
        fast=False, programs=("chromium-headless-shell",),
    ),
    _tests("launcher", "these two commands", "-m", "launcher", fast=False),
    _tests(
        "long", "minutes of properties", "-n", "2", "-rP", "-m", "long", fast=False,
        environment={"HYPOTHESIS_PROFILE": "long"},
    ),
)  # fmt: skip  # a table
