"""Words of the decree that a document carries: urgency, signing capacity, kinds of versions and recipients."""

import re

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _

RESULT_CODE = r"^KQ\.[GH]\d{2}\.\d{6}$"
NO_SECRECY = "none"  # a document with a degree of secrecy never enters. Luật 29/2018/QH14


class Urgency(TextChoices):
    """NĐ 30/2020 Đ.8.3b"""

    NORMAL = "normal", _("not urgent")
    URGENT = "urgent", _("urgent")
    VERY_URGENT = "very-urgent", _("very urgent")
    FLASH = "flash", _("at once, by courier")


class Capacity(TextChoices):
    """For whom somebody signs; printed before the title. NĐ 30/2020 Đ.13, PL I"""

    OWN = "", _("in their own name")
    COLLECTIVE = "TM.", _("on behalf of the collective body (TM.)")
    ACTING = "Q.", _("as acting head (Q.)")
    DEPUTY = "KT.", _("as deputy for the head (KT.)")
    BY_ORDER = "TL.", _("by order of the head (TL.)")
    AUTHORISED = "TUQ.", _("by written authorisation (TUQ.)")


AS_HEAD = frozenset({Capacity.OWN, Capacity.COLLECTIVE, Capacity.ACTING})  # only a head lends the right to sign


class VersionKind(TextChoices):
    DRAFT = "draft", _("content as it was submitted")
    PREPARED = "prepared", _("laid out, before any signature")
    SIGNED = "signed", _("signed by a person")
    NUMBERED = "numbered", _("with number and date")
    SEALED = "sealed", _("sealed by the organ")


class RecipientKind(TextChoices):
    MAIN = "main", _("to act on it")
    COPY = "copy", _("to know of it")
    KEEP = "keep", _("keeps a copy")


class SearchPurpose(TextChoices):
    """Why an officer looks for somebody's issued results. NĐ 118/2025 Đ.22"""

    REUSE = "reuse", _("use it in the dossier, instead of asking for a copy")
    CHECK = "check", _("compare it with a paper that was shown")
    CORRECTION = "correction", _("correct, replace or revoke it")


def is_result_code(text: str) -> bool:
    return re.fullmatch(RESULT_CODE, text) is not None
