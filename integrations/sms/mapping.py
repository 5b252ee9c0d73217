"""A message in the gateway's words. The interface is not published: field names are UNVERIFIED."""

import re
from typing import Any

from portal.notifications import sms
from portal.notifications.backends import Outgoing

NUMBER = re.compile(r"(?:\+?84|0)(\d{9})")


def international(phone: str) -> str:
    """0912000321 as the networks write it; empty for what is no Vietnamese mobile number."""
    found = NUMBER.fullmatch(re.sub(r"[\s.()-]", "", phone))
    return f"84{found[1]}" if found else ""


def body(message: Outgoing, *, sender: str) -> dict[str, Any]:
    """Only the sentence itself: no name, no address, nothing but the code of the dossier."""
    unicode = not sms.is_gsm(message.text)
    return {"NguoiGui": sender, "SoNhan": international(message.to), "NoiDung": message.text, "Unicode": unicode}


def read(said: dict[str, Any]) -> tuple[str, str, str]:
    """The other direction, for the sandbox. KeyError, ValueError for what is none."""
    number, text = str(said["SoNhan"]), str(said["NoiDung"])
    if not re.fullmatch(r"84\d{9}", number) or not text:
        raise ValueError(number)
    return number, "", text
