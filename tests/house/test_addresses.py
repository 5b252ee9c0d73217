"""House rules of addresses: sign-in by default, names that resolve, and GET that changes nothing."""

import ast
import re
from pathlib import Path

import pytest
from django.conf import settings
from django.contrib.auth.middleware import LoginRequiredMiddleware
from django.core.management import call_command
from django.urls import Resolver404, resolve
from django.utils.module_loading import import_string

from portal import house
from portal.routes import Route, routes

PUBLIC = Path(__file__).with_name("public_urls.txt")
OURS = house.PACKAGES
IN_TEMPLATE = re.compile(r"{%\s*url\s+[\"']([^\"']+)[\"']")


def test_signing_in_is_required_by_default() -> None:
    found = [import_string(name) for name in settings.MIDDLEWARE]
    assert any(isinstance(one, type) and issubclass(one, LoginRequiredMiddleware) for one in found)


def test_public_addresses_are_those_of_the_list() -> None:
    listed = PUBLIC.read_text(encoding="utf-8").split()
    found = sorted({route.label for route in routes() if route.public})
    assert found == sorted(listed), (
        f"Open without signing in but not listed: {sorted(set(found) - set(listed))}; "
        f"listed but closed: {sorted(set(listed) - set(found))}. The list is {house.relative(PUBLIC)}."
    )


def _is_ours(route: Route) -> bool:
    module = getattr(getattr(route.view, "cls", route.view), "__module__", "")
    return module.split(".")[0] in OURS


def test_every_address_of_ours_has_a_name() -> None:
    nameless = [route.path for route in routes() if _is_ours(route) and not route.name]
    assert not nameless, f"Name them in their urls.py, so that links can be built: {nameless}"


def test_no_name_is_given_twice() -> None:
    given: dict[str, set[str]] = {}
    for route in routes():
        given.setdefault(route.name, set()).add(
            f"{route.view.__module__}.{getattr(route.view, '__name__', route.path)}"
        )
    twice = {name: views for name, views in given.items() if name and len(views) > 1}
    assert not twice, f"One name, one view: {twice}"


def test_every_name_in_templates_exists() -> None:
    known = {route.name for route in routes()}
    wanted = {
        (name, house.relative(path))
        for path in (house.ROOT / "templates").rglob("*.html")
        for name in IN_TEMPLATE.findall(path.read_text(encoding="utf-8"))
    }
    missing = sorted(pair for pair in wanted if pair[0] not in known)
    assert not missing, f"No such address: {missing}"


def test_every_name_in_code_exists() -> None:
    known = {route.name for route in routes()}
    missing = [
        f"{house.relative(path)}:{node.lineno} {name}"
        for path in house.product_files()
        for node in ast.walk(house.tree(path))
        if isinstance(node, ast.Call) and (name := _reversed_name(node)) and name not in known
    ]
    assert not missing, f"No such address: {missing}"


def _reversed_name(node: ast.Call) -> str:
    """`units:card` of reverse("units:card"); empty for other calls, and for names made at run time."""
    function = node.func.attr if isinstance(node.func, ast.Attribute) else getattr(node.func, "id", "")
    first = node.args[0] if node.args else None
    if function not in {"reverse", "reverse_lazy", "redirect", "resolve_url"} or not isinstance(first, ast.Constant):
        return ""
    return str(first.value) if ":" in str(first.value) else ""


def test_unknown_address_resolves_to_nothing() -> None:
    with pytest.raises(Resolver404):
        resolve("/khong-co-trang-nay/")


@pytest.mark.django_db
def test_no_migration_is_missing() -> None:
    assert call_command("makemigrations", check=True, dry_run=True, verbosity=0) is None
