"""Who keeps certificates and the list of trusted authorities."""

from documents.signing.states import TRANSITIONS, Action, Capability
from portal.events.actors import System
from staff.policies import Asker


def may_register(actor: Asker | System, unit_id: int) -> bool:
    return _has(actor, Capability.CERTIFICATE_REGISTER, unit_id)


def may_change(action: Action, actor: Asker | System, unit_id: int) -> bool:
    _sources, _target, capability, _fact = TRANSITIONS[action]
    return _has(actor, capability, unit_id)


def may_edit_anchors(actor: Asker | System) -> bool:
    """Authorities are trusted by the whole portal; only a post that answers for it brings this right."""
    return _has(actor, Capability.ANCHOR_EDIT, None)


def _has(actor: Asker | System, capability: Capability, unit_id: int | None) -> bool:
    return isinstance(actor, System) or actor.has_perm(capability.value, unit_id)
