"""Freezing a report: from then on the period is shown as it was reported."""

import hashlib
import json
from datetime import datetime
from typing import Any

from django.db import IntegrityError, transaction
from django.utils.timezone import localdate

from portal.accounts.models import User
from portal.dashboards.errors import FrozenAlreadyError, NotAllowedError, NotOverError
from portal.dashboards.events import Fact
from portal.dashboards.models import FrozenReport
from portal.dashboards.periods import Period
from portal.dashboards.policies import may_freeze
from portal.events import record


def freeze_report(*, unit_id: int, period: Period, content: dict[str, Any], actor: User, now: datetime) -> FrozenReport:
    """Keep `content` as the index of the unit for a period that is over; once only.

    Raises NotAllowedError, NotOverError, FrozenAlreadyError.
    """
    if not may_freeze(actor, unit_id):
        raise NotAllowedError
    if not period.is_over(localdate(now)):
        raise NotOverError
    digest = hashlib.sha256(json.dumps(content, sort_keys=True, ensure_ascii=False).encode()).hexdigest()
    report = FrozenReport(
        unit_id=unit_id,
        first=period.first,
        last=period.last,
        content=content,
        digest=digest,
        frozen_at=now,
        frozen_by=actor,
    )
    try:
        with transaction.atomic():
            report.save(force_insert=True)
            facts = {"first": period.first, "last": period.last, "digest": digest}
            record(Fact.FROZEN, subject=report, actor=actor, unit=unit_id, at=now, facts=facts)
    except IntegrityError as error:
        raise FrozenAlreadyError from error
    return report
