"""bin/manage house: the figures of the house, one line each."""

import json
from collections.abc import Iterator
from pathlib import Path

from django.apps import apps
from django.core.management.base import BaseCommand

from portal import house
from portal.routes import routes


class Command(BaseCommand):
    help = "Prints the figures of the house: rings, sizes, tests to code, suppressions, dependencies, counts."

    def handle(self, *args: object, **options: object) -> None:
        product, tests = house.product_files(), house.test_files()
        for title, value in [*_rings(), *_sizes(product, tests), *_suppressed([*product, *tests]), *_counts()]:
            self.stdout.write(f"{title:<34}{value}")


def _rings() -> Iterator[tuple[str, str]]:
    ring = house.ring(house.app_imports())
    yield "largest ring of apps", f"{len(ring)} {' '.join(ring)}".strip()


def _sizes(product: list[Path], tests: list[Path]) -> Iterator[tuple[str, str]]:
    totals = {}
    for kind, files in (("product", product), ("tests", tests)):
        sizes, bodies = house.file_sizes(files), house.function_sizes(files)
        totals[kind] = sum(size.lines for size in sizes)
        for noun, found, limit in (("files", sizes, house.FILE_LIMIT), ("functions", bodies, house.FUNCTION_LIMIT)):
            most = house.largest(found)
            yield f"{kind}: {noun}", f"{len(found)}, median {house.median(found)} lines, max {most.lines} ({most.name})"
            for size in house.over(found, limit):
                yield f"{kind}: {noun} over {limit}", f"{size.lines} {size.name}"
    yield "lines of product", str(totals["product"])
    yield "tests to code", f"{totals['tests'] / totals['product']:.2f}"


def _suppressed(files: list[Path]) -> Iterator[tuple[str, str]]:
    lines = sum(size.lines for size in house.file_sizes(files))
    found = house.suppressions(files)
    yield "suppressions per 1,000 lines", f"{1000 * len(found) / lines:.2f} ({len(found)})"


def _counts() -> Iterator[tuple[str, str]]:
    to_run, to_check = house.requirements("requirements.in"), house.requirements("dev.in")
    yield "direct dependencies", f"{len(to_run)} to run, {len(to_check)} to check"
    package = json.loads((house.ROOT / "assets" / "package.json").read_text(encoding="utf-8"))
    front = [*package.get("dependencies", {}), *package.get("devDependencies", {})]
    yield "front-end packages", str(len(front))
    yield "templates", str(len(list((house.ROOT / "templates").rglob("*.html"))))
    yield "migrations", str(sum(1 for _ in _migrations()))
    yield "models", str(sum(1 for model in apps.get_models() if model.__module__.split(".")[0] in house.PACKAGES))
    yield "URLs", str(len(routes()))
    capabilities = house.enum_values("Capability")
    yield "events", str(len(set(house.enum_values()) - set(capabilities)))
    yield "capabilities", str(len(capabilities))


def _migrations() -> Iterator[Path]:
    for package in house.PACKAGES:
        yield from (house.ROOT / package).rglob("migrations/[0-9]*.py")
