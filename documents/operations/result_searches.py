"""Somebody's issued results are looked for: never without a purpose, and never without a trace."""

import re
from dataclasses import dataclass, field
from datetime import datetime

from django.db import transaction
from django.utils.functional import Promise
from django.utils.timezone import localdate
from django.utils.translation import gettext_lazy as _

from documents.errors import BadSearchError, NotAllowedError
from documents.events import Fact
from documents.kinds import SearchPurpose, is_result_code
from documents.policies import units_with
from documents.queries.results import Known, find_for_reuse
from documents.states import Capability
from portal.accounts.models import User
from portal.events import record

NUMBER = re.compile(r"[0-9A-Za-z]{5,20}", re.ASCII)  # personal numbers have 12 digits; passports and old cards differ
DOSSIER = re.compile(r"[0-9A-Z.]{1,20}-\d{6}-\d{1,10}", re.ASCII)


@dataclass(frozen=True, slots=True, kw_only=True)
class Search:
    """`dossier` is the code of the dossier in hand, which reuse needs."""

    owner_number: str = field(repr=False)
    purpose: SearchPurpose
    result_code: str = ""
    dossier: str = ""


@transaction.atomic
def search_results(*, search: Search, actor: User, now: datetime) -> list[Known]:
    """By officers of desk and processing, and programs with the right. The owner finds the search in their own trail.

    Raises NotAllowedError, BadSearchError. NĐ 118/2025 Đ.5.1i, Đ.22
    """
    on = localdate(now)
    units = sorted(units_with(actor, Capability.RESULT_SEARCH, on, is_below=False))
    if not units:
        raise NotAllowedError
    if faults := _faults(search):
        raise BadSearchError(faults)
    found = find_for_reuse(owner_number=search.owner_number, result_code=search.result_code, on=on)
    facts = {
        "purpose": search.purpose.value,
        "dossier": search.dossier,
        "result_code": search.result_code,
        "found": len(found),
    }
    concerns = {known.owner_id for known in found if known.owner_id}
    record(Fact.RESULTS_SEARCHED, subject=actor, actor=actor, unit=units[0], at=now, facts=facts, concerns=concerns)
    return found


def _faults(search: Search) -> dict[str, str | Promise]:
    faults: dict[str, str | Promise] = {}
    if not NUMBER.fullmatch(search.owner_number):
        faults["owner_number"] = _("Enter the whole personal number, as it stands in the dossier or on the paper")
    if search.result_code and not is_result_code(search.result_code):
        faults["result_code"] = _("A result-type code looks like KQ.G15.000216")
    if search.dossier and not DOSSIER.fullmatch(search.dossier):
        faults["dossier"] = _("A dossier code looks like H01.00001-261125-0001")
    elif search.purpose is SearchPurpose.REUSE and not search.dossier:
        faults["dossier"] = _("Enter the code of the dossier in which it is to be used")
    return faults
