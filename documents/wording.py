"""States, steps and findings in words people read."""

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from documents.states import Action, DocumentState, ItemState

STATES: dict[DocumentState, Promise] = {
    DocumentState.DRAFT: _("draft"),
    DocumentState.SUBMITTED: _("submitted for review"),
    DocumentState.REVIEWED: _("content reviewed"),
    DocumentState.CHECKED: _("form checked"),
    DocumentState.APPROVED: _("approved for signature"),
    DocumentState.SIGNED: _("signed"),
    DocumentState.NUMBERED: _("numbered and dated"),
    DocumentState.SEALED: _("sealed"),
    DocumentState.ISSUED: _("issued, in force"),
    DocumentState.REPLACED: _("replaced by another document"),
    DocumentState.REVOKED: _("revoked"),
    DocumentState.CANCELLED: _("cancelled, never issued"),
}
STEPS: dict[str, Promise] = {
    "draft": _("drafted"),
    Action.REVISE: _("changed the draft"),
    Action.SUBMIT: _("submitted it for review"),
    Action.WITHDRAW: _("took it back from review"),
    Action.REVIEW: _("reviewed the content"),
    Action.CHECK: _("checked the form"),
    Action.APPROVE: _("approved it"),
    Action.RETURN: _("returned it"),
    Action.CANCEL: _("cancelled the draft"),
    Action.CALL_OFF: _("called it off, because what asked for it has ended"),
    Action.SIGN: _("signed it"),
    Action.NUMBER: _("numbered it"),
    Action.SEAL: _("sealed it"),
    Action.ISSUE: _("issued it"),
    Action.REPLACE: _("replaced it"),
    Action.REVOKE: _("revoked it"),
}
ITEMS: dict[ItemState, Promise] = {
    ItemState.WAITING: _("waiting its turn"),
    ItemState.DONE: _("done"),
    ItemState.FAILED: _("not done"),
    ItemState.CANCELLED: _("called off"),
}


def state(code: str) -> str:
    return str(STATES[DocumentState(code)])


def step(action: str) -> str:
    return str(STEPS[action])
