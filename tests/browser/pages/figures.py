"""Figures: of a unit for its heads, of the province, of an officer, and those that everybody reads."""

from typing import Any

from tests.browser.pages.kinds import Audience, Page, State
from tests.browser.people import ADMINISTRATOR, CHAIR, OFFICER


def statistics() -> list[Page]:
    head: dict[str, Any] = {"audience": Audience.OFFICER, "person": CHAIR}
    province: dict[str, Any] = {"audience": Audience.OFFICER, "person": ADMINISTRATOR}
    officer: dict[str, Any] = {"audience": Audience.OFFICER, "person": OFFICER}
    wrong: dict[str, Any] = {"state": State.ERROR, "status": 400, **head}
    return [
        Page("dashboards:overview", "/thong-ke/", **head),
        Page("dashboards:overview", "/thong-ke/", note="province", **province),
        Page("dashboards:overview", "/thong-ke/?ky=2025-08", State.EMPTY, **head),
        Page("dashboards:overview", "/thong-ke/?ky=x", **wrong),
        Page("dashboards:overview", "/thong-ke/?don_vi={empty}", State.ERROR, status=404, note="stranger", **head),
        Page("dashboards:late", "/thong-ke/tre-han/", State.EMPTY, **head),
        Page("dashboards:late", "/thong-ke/tre-han/?thu_tuc=x", **wrong),
        Page("dashboards:compare", "/thong-ke/so-sanh/", **province),
        Page("dashboards:compare", "/thong-ke/so-sanh/?sap_xep=received", note="sorted", **province),
        Page("dashboards:report", "/thong-ke/bao-cao-766/", **head),
        Page("dashboards:report", "/thong-ke/bao-cao-766/?ky=2025-08", State.EMPTY, **head),
        Page("dashboards:list", "/thong-ke/ho-so/?chi_so=received", **head),
        Page("dashboards:list", "/thong-ke/ho-so/?chi_so=disliked", State.EMPTY, **head),
        Page("dashboards:list", "/thong-ke/ho-so/?chi_so=x", **wrong),
        Page("dashboards:petitions", "/thong-ke/phan-anh/?ky=2026", **province),
        Page("dashboards:petitions", "/thong-ke/phan-anh/?ky=2025-08", State.EMPTY, **head),
        Page("dashboards:petitions", "/thong-ke/phan-anh/?chi_so=x", **wrong),
        Page("dashboards:procedures", "/thong-ke/thu-tuc/?chi_so=3.1", **head),
        Page("dashboards:procedures", "/thong-ke/thu-tuc/?chi_so=1.1&ky=2025-08", State.EMPTY, **head),
        Page("dashboards:procedures", "/thong-ke/thu-tuc/?chi_so=x", **wrong),
        Page("dashboards:own", "/thong-ke/cua-toi/", **officer),
        Page("dashboards:own", "/thong-ke/cua-toi/?ky=x", State.ERROR, status=400, **officer),
        Page("dashboards:own-list", "/thong-ke/cua-toi/ho-so/?chi_so=finished", State.EMPTY, **officer),
    ]


def opened() -> list[Page]:
    return [
        Page("dashboards:public", "/so-lieu/?ky=2026"),
        Page("dashboards:public", "/so-lieu/?ky=2025-08", State.EMPTY),
        Page("dashboards:public-unit", "/so-lieu/don-vi/{commune}/?ky=2026"),
        Page("dashboards:public-unit", "/so-lieu/don-vi/{split}/", note="ended"),
        Page("dashboards:public-unit", "/so-lieu/don-vi/99999999/", State.ERROR, status=404),
        Page("dashboards:open-data", "/so-lieu/du-lieu-mo/"),
    ]
