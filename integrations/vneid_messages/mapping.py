"""A message in the app's words. The interface is not published: field names are UNVERIFIED."""

import re
from typing import Any

from portal.notifications.backends import Outgoing

TITLE, TEXT = 200, 2000


def body(message: Outgoing) -> dict[str, Any]:
    return {
        "SoDinhDanh": message.to,
        "NgonNgu": message.language,
        "TieuDe": message.title[:TITLE],
        "NoiDung": message.text[:TEXT],
        "ChiTiet": [{"Ten": label, "GiaTri": value} for label, value in message.facts],
        "LienKet": message.link,
    }


def read(said: dict[str, Any]) -> tuple[str, str, str]:
    """The other direction, for the sandbox."""
    number, title = str(said["SoDinhDanh"]), str(said["TieuDe"])
    if not re.fullmatch(r"\d{9,14}", number) or not title:
        raise ValueError("no number")
    details = "\n".join(f"{one['Ten']}: {one['GiaTri']}" for one in said["ChiTiet"])
    return number, title, "\n\n".join(filter(None, (str(said["NoiDung"]), details, str(said["LienKet"]))))
