"""Every list of pages can be taken away as a file, or it is named here with the reason why not."""

import ast
import re

from django.urls import resolve, reverse
from django.utils import timezone

from portal import house
from services.sheets import SHEETS

# Where a page has a file of its own making, or deliberately none.
OWN_FILE = {
    "services.views.lists.dossier_list": "services:list-export",
    "services.views.register.register": "services:register-sheet",
    "services.views.register.register_pdf": "services:register-sheet",
    "documents.views.registers.register_book": "documents:register-sheet",
    "portal.dashboards.views.listing": "dashboards:list",
    "units.views.tree": "api:units:sheet",
}
WITHOUT = {
    "services.views.covers.covers": "a unit has a handful of leaves; REST lists them",
    "services.views.covers.cover": "the steps of one leave, on its own page",
    "services.views.batches.batches": "one's own orders, of interest to nobody else",
    "services.views.batches._batch": "what became of one's own order; REST lists its items",
    "services.views.outage.blocks": "blocks of numbers are printed, each as its own sheet",
    "services.views.ratings.ratings": "answers to single people; the figures are in the statistics and open data",
    "services.views.petitions_public.petitions": "published for everybody; REST lists them without signing in",
    "services.views.petitions_own.own_petitions": "one citizen's own",
    "services.views.catalogue.catalogue": "open data as CPSV-AP and CSV",
    "services.views.archive.show_packages": "packages of one unit: each is a file itself",
    "services.views.retention.due_list": "one month of the calendar; the package for the archive holds its index",
    "services.views.postal.post": "each slip is printed as its own sheet; Form 07 lists what went by post",
    "services.views.told.told": "what one person was told about one dossier",
    "units.views.act_day.acts_of_day": "the acts of one day, each with its own report",
    "units.views.undecided._show": "what waits to be decided, not to be kept; REST lists it",
    "units.views.acts.act_list": "a handful of acts; REST lists them, and each proof is whole",
    "staff.views.clients.unit_clients": "programs of one unit: a handful",
    "documents.views.registers.register_books": "the books; each book has its sheet",
    "documents.views.results.own": "one citizen's own papers, each a file itself",
    "documents.views.certificates.certificate_list": "certificates are public by themselves; a handful",
    "documents.views.certificates.anchor_list": "the trusted roots: a handful",
    "portal.notifications.views.stuck.failed": "what waits to be mended, not to be kept",
    "portal.notifications.views.own.told": "one citizen's own",
    "portal.events.views.desk.dead_letters": "what waits to be mended, not to be kept",
    "portal.dashboards.views.public.index": "open data as CSV and JSON",
}


def _paged() -> set[str]:
    """Functions of views that cut a list into pages."""
    found = set()
    for path in house.product_files():
        name = house.relative(path)
        if "/views/" not in name:
            continue
        for node in ast.walk(house.tree(path)):
            if isinstance(node, ast.FunctionDef) and "Paginator(" in ast.unparse(node):
                found.add(f"{name.removesuffix('.py').replace('/', '.')}.{node.name}")
    return found


def _with_sheet() -> set[str]:
    views = [resolve(reverse(sheet.page)).func for sheet in SHEETS.values()]
    return {f"{view.__module__}.{view.__name__}" for view in views}


def test_every_list_has_a_file_or_a_reason() -> None:
    known = _with_sheet() | set(OWN_FILE) | set(WITHOUT)
    missing = {one for one in _paged() if one not in known and one.rsplit(".", 1)[0] not in known}
    assert not missing, f"Describe each as a Sheet in services/sheet_lists.py, or say here why not: {sorted(missing)}"


def test_no_exception_outlives_its_list() -> None:
    paged = _paged()
    gone = {one for one in WITHOUT if one not in paged}
    assert not gone, f"Strike: {sorted(gone)}"


def test_keys_of_columns_are_fit_for_addresses() -> None:
    for sheet in SHEETS.values():
        offered = sheet.offered(timezone.now())
        assert all(re.fullmatch(r"[a-z_]+", key) for key in offered)
        assert set(sheet.standard) <= set(offered)
        assert any(not column.is_personal for column in offered.values())


def test_no_view_reads_a_whole_list_into_memory() -> None:
    """`iterator()` fetches everything at once behind a pooler; `portal.api.tables.read` has a cursor of its own."""
    bounded = {"portal/dashboards/views/opened.py"}  # the procedures of one day, some hundreds
    found = {house.relative(path) for path in house.product_files() if ".iterator(" in path.read_text("utf-8")}
    assert {name for name in found if "/views/" in name} == bounded
