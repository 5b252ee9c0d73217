"""What a draft will cost. Pure but for the rules of the day."""

from collections.abc import Sequence
from datetime import date

from services.fees import Calculation, calculate
from services.kinds import Channel
from services.models import Draft
from services.money_rules import Exemption, money_rules_on


def told_of(draft: Draft, on: date, asked: Exemption | None = None) -> Calculation:
    """By the way in which this draft is filed; with `asked`, as if the desk had accepted it."""
    channel = Channel.DESK if draft.desk_unit_id else Channel.ONLINE
    return calculate(draft.version, channel=channel, answers=draft.answers, on=on, exemption=asked)


def offered_for(draft: Draft, on: date) -> Sequence[Exemption]:
    """Nothing, where nothing is to be paid."""
    return () if told_of(draft, on).amount == 0 else money_rules_on(on).exemptions_of(draft.version.field)


def asked_of(draft: Draft, on: date) -> Exemption | None:
    """What is asked for, as far as the rules of the day still know it."""
    known = money_rules_on(on).exemptions_of(draft.version.field)
    return next((one for one in known if one.key == draft.claimed), None)
