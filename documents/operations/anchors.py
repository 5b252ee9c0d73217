"""The list of trusted certificate authorities. Draft of TT 15/2025: an administrator adds and removes them."""

from collections.abc import Sequence
from datetime import datetime

from django.conf import settings
from django.db import transaction

from documents.models import TrustAnchor
from documents.signing import errors
from documents.signing.events import Fact
from documents.signing.policies import may_edit_anchors
from documents.signing.states import AnchorState
from portal.events import record
from portal.events.actors import System
from staff.policies import Asker


@transaction.atomic
def trust_anchor(
    *,
    pem: str,
    hosts: Sequence[str],
    is_trial: bool,
    actor: Asker | System,
    now: datetime,
    policy_url: str = "",
) -> TrustAnchor:
    """`hosts` are all that may be asked for the status of what it issued. An authority that was struck comes back."""
    from documents.signing.engine import chains  # pyHanko takes a second to import

    if not may_edit_anchors(actor):
        raise errors.NotAllowedError
    if is_trial and not settings.SIGNATURE_TRIAL_ALLOWED:
        raise errors.TrialRefusedError
    try:
        own = chains.described(pem)[0]
    except (ValueError, TypeError) as error:
        raise errors.NoCertificateError from error
    if not chains.is_authority(own.der) or not own.valid_from <= now <= own.valid_to:
        raise errors.UntrustedCertificateError
    anchor = TrustAnchor.objects.select_for_update().filter(fingerprint=own.fingerprint).first()
    before = anchor.state if anchor else ""
    if before == AnchorState.TRUSTED:
        raise errors.KnownCertificateError
    if anchor is None:
        anchor = TrustAnchor(fingerprint=own.fingerprint, certificate=own.der, name=own.subject[:200], recorded_at=now)
    anchor.hosts, anchor.policy_url, anchor.is_trial = list(hosts), policy_url, is_trial
    anchor.state = AnchorState.TRUSTED
    anchor.save()
    facts = {"fingerprint": own.fingerprint, "hosts": list(hosts), "trial": is_trial}
    record(
        Fact.ANCHOR_TRUSTED,
        subject=anchor,
        actor=actor,
        unit=None,
        at=now,
        before=before,
        after=anchor.state,
        facts=facts,
    )
    return anchor


@transaction.atomic
def remove_anchor(*, anchor: TrustAnchor, reason: str, actor: Asker | System, now: datetime) -> TrustAnchor:
    """Nothing that leads to it is valid any more, old signatures included."""
    locked = TrustAnchor.objects.select_for_update().get(pk=anchor.pk)
    if not may_edit_anchors(actor):
        raise errors.NotAllowedError
    if locked.state != AnchorState.TRUSTED:
        raise errors.WrongStateError
    if not reason.strip():
        raise errors.NoReasonError
    before, locked.state = locked.state, AnchorState.REMOVED
    locked.save(update_fields=["state"])
    record(
        Fact.ANCHOR_REMOVED,
        subject=locked,
        actor=actor,
        unit=None,
        at=now,
        before=before,
        after=locked.state,
        facts={"reason": reason.strip()[:500]},
    )
    return locked
