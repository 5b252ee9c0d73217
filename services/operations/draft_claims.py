"""An exemption from the fee that is asked for while somebody still fills in the form."""

from datetime import datetime

from django.utils.timezone import localdate

from portal.accounts.models import User
from services.models import Draft
from services.money_errors import NoEvidenceError, NoSuchExemptionError
from services.money_rules import money_rules_on
from services.operations.drafts import keep

PAGE = "fee"


def claim_with_filing(
    *, draft: Draft, exemption: str, evidence: str, actor: User, now: datetime, revision: int
) -> Draft:
    """It is sent with the filing, and the desk decides. Empty: nothing is asked for, or no more.

    Raises NoSuchExemptionError, NoEvidenceError, StaleError, and those of `lock_draft`.
    """
    offered = {one.key for one in money_rules_on(localdate(now)).exemptions_of(draft.version.field)}
    if exemption and exemption not in offered:
        raise NoSuchExemptionError
    if exemption and not evidence.strip():
        raise NoEvidenceError
    said = evidence.strip() if exemption else ""
    return keep(draft=draft, page=PAGE, actor=actor, now=now, revision=revision, claimed=exemption, claim_evidence=said)
