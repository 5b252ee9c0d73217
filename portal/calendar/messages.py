"""What is wrong with a ledger or a limit, in the reader's language."""

from django.utils.translation import gettext as _

from portal.calendar import wording
from portal.calendar.ledger import LedgerError
from portal.calendar.limits import LONGEST, Limit, LimitUnit


def ledger_message(problem: LedgerError) -> str:
    texts = {
        "extended": _("A due date may be set anew only once."),
        "expired": _("The due moment had passed already; it can no longer be set anew."),
        "earlier": _("The new moment must be later than the old one."),
        "order": _("These steps of the clock cannot follow each other."),
        "time": _("The steps of the clock are not in the order of time."),
    }
    return texts.get(problem.code, str(problem))


def limit_message(unit: LimitUnit) -> str:
    longest = wording.limit(Limit(LONGEST[unit], unit))
    return _("The limit is a whole number from 1 to %(longest)s.") % {"longest": longest}
