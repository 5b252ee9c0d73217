"""Certificates are registered, suspended, put to use again and revoked; closed by default."""

import uuid
from datetime import datetime
from typing import TYPE_CHECKING

from django.conf import settings
from django.db import transaction

from documents.models import Certificate, TrustAnchor
from documents.signing import backends, errors, pictures
from documents.signing.events import Fact
from documents.signing.kinds import Holder
from documents.signing.policies import may_change, may_register
from documents.signing.states import TRANSITIONS, Action, AnchorState, CertificateState
from portal.events import record
from portal.events.actors import System
from staff.policies import Asker

if TYPE_CHECKING:
    from documents.signing.engine.chains import Description

REASON = 500  # characters


@transaction.atomic
def register_certificate(
    *,
    unit_id: int,
    pem: str,
    chain: str,
    backend: str,
    key: str,
    picture: bytes,
    actor: Asker | System,
    now: datetime,
    person_id: uuid.UUID | None = None,
) -> Certificate:
    """`pem` is the certificate, `chain` its issuers. Without `person_id` it is that of the organ of the unit."""
    if not may_register(actor, unit_id):
        raise errors.NotAllowedError
    if backend not in backends.names():
        raise errors.UnknownBackendError
    own, above, anchor = _checked(pem, chain, picture, now)
    certificate = Certificate(
        unit_id=unit_id,
        person_id=person_id,
        holder=Holder.PERSON if person_id else Holder.ORGAN,
        anchor=anchor,
        subject=own.subject,
        issuer=own.issuer,
        serial=own.serial,
        fingerprint=own.fingerprint,
        certificate=own.der,
        chain=above,
        valid_from=own.valid_from,
        valid_to=own.valid_to,
        backend=backend,
        key=key,
        picture=picture,
        is_trial=anchor.is_trial,
        state=CertificateState.REGISTERED,
        recorded_at=now,
    )
    certificate.save(force_insert=True)
    facts = {
        "fingerprint": own.fingerprint,
        "holder": certificate.holder,
        "backend": backend,
        "until": own.valid_to,
        "trial": anchor.is_trial,
    }
    _tell(Fact.CERTIFICATE_REGISTERED, certificate, before="", actor=actor, now=now, facts=facts)
    return certificate


def _checked(pem: str, chain: str, picture: bytes, now: datetime) -> tuple["Description", list[bytes], TrustAnchor]:
    """The certificate as it describes itself, its issuers as DER, and the trusted authority to which they lead."""
    from documents.signing.engine import chains  # pyHanko takes a second to import

    try:
        own, above = chains.described(pem)[0], chains.described(chain) if chain.strip() else []
        pictures.check(picture)
    except (ValueError, TypeError) as error:
        raise errors.NoCertificateError from error
    if Certificate.objects.filter(fingerprint=own.fingerprint).exists():
        raise errors.KnownCertificateError
    anchors = {bytes(anchor.certificate): anchor for anchor in TrustAnchor.objects.filter(state=AnchorState.TRUSTED)}
    found = chains.anchor_of(own.der, [one.der for one in above], list(anchors), now)
    if found is None:
        raise errors.UntrustedCertificateError
    if anchors[found].is_trial and not settings.SIGNATURE_TRIAL_ALLOWED:
        raise errors.TrialRefusedError
    return own, [one.der for one in above], anchors[found]


def suspend_certificate(*, certificate: Certificate, reason: str, actor: Asker | System, now: datetime) -> Certificate:
    """For a device that is lost or lent; it can be put to use again."""
    return _change(Action.SUSPEND, certificate, reason, actor, now)


def resume_certificate(*, certificate: Certificate, reason: str, actor: Asker | System, now: datetime) -> Certificate:
    return _change(Action.RESUME, certificate, reason, actor, now)


def revoke_certificate(*, certificate: Certificate, reason: str, actor: Asker | System, now: datetime) -> Certificate:
    """For ever, here. What was sealed before stays valid. The authority that issued it must be told by its own ways."""
    return _change(Action.REVOKE, certificate, reason, actor, now)


@transaction.atomic
def _change(action: Action, certificate: Certificate, reason: str, actor: Asker | System, now: datetime) -> Certificate:
    sources, target, _capability, fact = TRANSITIONS[action]
    locked = Certificate.objects.select_for_update(of=("self",)).get(pk=certificate.pk)
    if not may_change(action, actor, locked.unit_id):
        raise errors.NotAllowedError
    if locked.state not in sources:
        raise errors.WrongStateError
    if not reason.strip():
        raise errors.NoReasonError
    before, locked.state = locked.state, target
    locked.save(update_fields=["state"])
    _tell(fact, locked, before=before, actor=actor, now=now, facts={"reason": reason.strip()[:REASON]})
    return locked


def _tell(
    fact: Fact,
    certificate: Certificate,
    *,
    before: str,
    actor: Asker | System,
    now: datetime,
    facts: dict[str, object],
) -> None:
    user = certificate.person.user_id if certificate.person else None
    record(
        fact,
        subject=certificate,
        actor=actor,
        unit=certificate.unit_id,
        at=now,
        before=before,
        after=certificate.state,
        facts=facts,
        concerns=[user] if user else [],
    )
