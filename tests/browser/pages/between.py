"""What goes between units: questions with their answers, hand-overs, joined dossiers."""

from typing import Any

from tests.browser.pages.kinds import Audience, Page, State, send_nothing
from tests.browser.people import CHAIR, OFFICER, SPECIALIST


def between() -> list[Page]:
    specialist: dict[str, Any] = {"audience": Audience.OFFICER, "person": SPECIALIST}
    desk: dict[str, Any] = {"audience": Audience.OFFICER, "person": OFFICER}
    head: dict[str, Any] = {"audience": Audience.OFFICER, "person": CHAIR}
    wrong: dict[str, Any] = {"state": State.ERROR, "status": 400, "act": send_nothing}
    ask, one, joined = "/xu-ly/{asking}/lay-y-kien/", "/y-kien/{asked}/", "/mot-cua/ho-so/{joined}/"
    return [
        Page("services:work-item", "/xu-ly/{asking}/", note="asking", **specialist),
        Page("services:work-consult", ask, **specialist),
        Page("services:work-consult", f"{ask}?tim=bao+nhai", note="found", **specialist),
        Page("services:work-consult", ask, **wrong, **specialist),
        Page("services:consultations", "/y-kien/", **specialist),
        Page("services:consultations", "/y-kien/?nhom=hoi", note="asking", **specialist),
        Page("services:consultations", "/y-kien/?nhom=da", State.EMPTY, **specialist),
        Page("services:consultations", "/y-kien/?nhom=tre", State.EMPTY, note="late", **head),
        Page("services:consultation", one, **specialist),
        Page("services:opinion", f"{one}tra-loi/", **specialist),
        Page("services:opinion", f"{one}tra-loi/", **wrong, **specialist),
        Page("services:revocation", f"{one}thu-hoi/", **specialist),
        Page("services:revocation", f"{one}thu-hoi/", **wrong, **specialist),
        Page("services:handovers", "/ban-giao/", **desk),
        Page("services:handovers", "/ban-giao/", **wrong, **desk),
        Page("services:handovers", "/ban-giao/?nhom=di", note="going", **desk),
        Page("services:handovers", "/ban-giao/?nhom=nhan", State.EMPTY, **desk),
        Page("services:desk-dossier", joined, note="joined", **desk),
        Page("services:joint-limit", f"{joined}han-lien-thong/", **desk),
        Page("services:joint-limit", f"{joined}han-lien-thong/", **wrong, **desk),
    ]
