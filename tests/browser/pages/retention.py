"""What is kept until when, holds, packages for the archive."""

from typing import Any

from tests.browser.pages.kinds import Audience, Page, State, send_nothing
from tests.browser.people import CHAIR, CITIZEN, CLERK, SPECIALIST


def pages() -> list[Page]:
    head: dict[str, Any] = {"audience": Audience.OFFICER, "person": CHAIR}
    clerk: dict[str, Any] = {"audience": Audience.OFFICER, "person": CLERK}
    specialist: dict[str, Any] = {"audience": Audience.OFFICER, "person": SPECIALIST}
    wrong: dict[str, Any] = {"state": State.ERROR, "status": 400}
    hold, lift = "/thoi-han-luu/ho-so/{ended}/giu/", "/thoi-han-luu/giu/{hold}/"
    return [
        Page("services:kept-rules", "/luu-giu-bao-lau/"),
        Page("services:own-kept", "/ho-so-cua-toi/{refused}/luu-giu/", person=CITIZEN),
        Page("services:own-kept", "/ho-so-cua-toi/{own}/luu-giu/", State.EMPTY, person=CITIZEN),
        Page("services:kept", "/thoi-han-luu/", **head),
        Page("services:kept", "/thoi-han-luu/", State.ERROR, status=403, note="forbidden", **specialist),
        Page("services:kept-due", "/thoi-han-luu/papers/{next_due}/", **head),
        Page("services:kept-due", "/thoi-han-luu/dossier/2199-1/?quy_tac=x", State.EMPTY, **head),
        Page("services:kept-dossier", "/thoi-han-luu/ho-so/{ended}/", **head),
        Page("services:kept-dossier", "/thoi-han-luu/ho-so/{held}/", note="held", **clerk),
        Page("services:kept-hold", hold, **head),
        Page("services:kept-hold", hold, act=send_nothing, **wrong, **head),
        Page("services:kept-lift", lift, **head),
        Page("services:kept-lift", lift, act=send_nothing, **wrong, **head),
        Page("services:packages", "/thoi-han-luu/goi/", **clerk),
        Page("services:package", "/thoi-han-luu/goi/{package}/", **clerk),
    ]
