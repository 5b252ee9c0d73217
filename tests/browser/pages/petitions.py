"""Petitions and ratings: for everybody, and for the officers who handle them."""

from typing import Any

from tests.browser.pages.kinds import Audience, Page, State, send_nothing
from tests.browser.people import CHAIR, CITIZEN, CLERK, NEWCOMER, OFFICER, SPECIALIST

WRONG: dict[str, Any] = {"state": State.ERROR, "status": 400, "act": send_nothing}
DEEDS = {
    "answer": "tra-loi",
    "ask": "bo-sung",
    "forward": "chuyen",
    "refuse": "tu-choi",
    "merge": "gop",
    "note": "ghi-chu",
}
HEADS = {"assign": "giao", "bar": "loai-tru"}
BOX = "/mot-cua/phan-anh/"


def everybody() -> list[Page]:
    return [
        Page("services:petitions", "/phan-anh/"),
        Page("services:petitions", "/phan-anh/?q=zzzzzz", State.EMPTY),
        Page("services:petitions", "/phan-anh/?loai=x", State.ERROR, status=400),
        Page("services:published-petition", "/phan-anh/cong-khai/{public}/"),
        Page("services:petition-new", "/phan-anh/gui/"),
        Page("services:petition-new", "/phan-anh/gui/", note="signed in", person=CITIZEN),
        Page("services:petition-new", "/phan-anh/gui/", **WRONG),
        Page("services:petition-look-up", "/phan-anh/theo-doi/"),
        Page("services:petition-look-up", "/phan-anh/theo-doi/", **WRONG),
        Page("services:petition-follow", "/phan-anh/theo-doi/x/", State.ERROR, status=404),
        Page("services:own-petitions", "/phan-anh-cua-toi/", State.EMPTY, person=NEWCOMER),
    ]


def officers() -> list[Page]:
    specialist: dict[str, Any] = {"audience": Audience.OFFICER, "person": SPECIALIST}
    head: dict[str, Any] = {"audience": Audience.OFFICER, "person": CHAIR}
    desk: dict[str, Any] = {"audience": Audience.OFFICER, "person": OFFICER}
    held, answered = BOX + "{petition_processing}/", BOX + "{petition_answered}/"
    published, refused = BOX + "{petition_published}/", BOX + "{petition_refused}/"
    return [
        Page("services:petition-inbox", BOX, **specialist),
        Page("services:petition-inbox", f"{BOX}?q=zzzzzz", State.EMPTY, **specialist),
        Page("services:petition-inbox", f"{BOX}?trang_thai=x", State.ERROR, status=400, **specialist),
        Page("services:petition-inbox", BOX, State.ERROR, status=403, note="forbidden", **desk),
        Page("services:petition-desk", f"{BOX}ghi-nhan/", **desk),
        Page("services:petition-desk", f"{BOX}ghi-nhan/", **WRONG, **desk),
        Page("services:petition", BOX + "{petition_waiting}/", note="waiting", **specialist),
        Page("services:petition", held, **specialist),
        Page("services:petition", published, note="published", **head),
        *(Page(f"services:petition-{name}", f"{held}{address}/", **specialist) for name, address in DEEDS.items()),
        *(
            Page(f"services:petition-{name}", f"{held}{address}/", **WRONG, **specialist)
            for name, address in DEEDS.items()
        ),
        Page("services:petition-classify", f"{held}phan-loai/", **specialist),
        *(Page(f"services:petition-{name}", f"{held}{address}/", **head) for name, address in HEADS.items()),
        *(Page(f"services:petition-{name}", f"{held}{address}/", **WRONG, **head) for name, address in HEADS.items()),
        Page("services:petition-publish", f"{answered}cong-khai/", **head),
        Page("services:petition-publish", f"{answered}cong-khai/", **WRONG, **head),
        Page("services:petition-close", f"{answered}dong/", **head),
        Page("services:petition-close", f"{answered}dong/", **WRONG, **head),
        Page("services:petition-retract", f"{published}go/", **head),
        Page("services:petition-retract", f"{published}go/", **WRONG, **head),
        Page("services:petition-answer", f"{refused}tra-loi/", State.ERROR, status=409, note="late", **specialist),
        Page("services:ratings", "/mot-cua/danh-gia/", **head),
        Page("services:ratings", "/mot-cua/danh-gia/?thang=2020-01", State.ERROR, status=400, **head),
        Page(
            "services:ratings",
            "/mot-cua/danh-gia/",
            State.ERROR,
            status=403,
            note="forbidden",
            person=CLERK,
            audience=Audience.OFFICER,
        ),
        Page("services:rating-reply", "/mot-cua/danh-gia/{low}/", **head),
        Page("services:rating-reply", "/mot-cua/danh-gia/{low}/", **WRONG, **head),
    ]
