"""Which certificate may be used, and which authorities are trusted. Closed by default."""

import uuid
from datetime import date

from django.conf import settings

from documents.models import Certificate, TrustAnchor
from documents.signing.errors import CertificateRefusedError
from documents.signing.kinds import Anchor, Credential, Holder
from documents.signing.states import AnchorState, CertificateState

MOST_ANCHORS = 200


def usable_certificate(*, person_id: uuid.UUID | None = None, unit_id: int | None = None, on: date) -> Certificate:
    """The person's certificate, or without a person that of the unit's organ; the one that is valid longest.

    Raises CertificateRefusedError when there is none.
    """
    usable = Certificate.objects.usable(on).select_related("anchor")
    if not settings.SIGNATURE_TRIAL_ALLOWED:
        usable = usable.filter(is_trial=False)
    if person_id is not None:
        usable = usable.of_person(person_id)
    elif unit_id is not None:
        usable = usable.of_organ(unit_id)
    else:
        raise CertificateRefusedError("Neither a person nor a unit was named.")
    found = usable.order_by("-valid_to", "id").first()
    if found is None:
        raise CertificateRefusedError("No usable certificate is registered.")
    return found


def credential_of(certificate: Certificate) -> Credential:
    """As the list has it now: what was suspended or revoked a moment ago is refused, also in the middle of a batch."""
    now = Certificate.objects.select_related("anchor").filter(pk=certificate.pk).first()
    if now is None or now.state != CertificateState.REGISTERED or now.anchor.state != AnchorState.TRUSTED:
        raise CertificateRefusedError("Suspended, revoked, or of an authority that is not trusted.")
    if now.is_trial and not settings.SIGNATURE_TRIAL_ALLOWED:
        raise CertificateRefusedError("A trial certificate.")
    return Credential(
        holder=Holder(now.holder),
        certificate=bytes(now.certificate),
        chain=tuple(bytes(der) for der in now.chain),
        backend=now.backend,
        key=now.key,
        picture=bytes(now.picture),
        is_trial=now.is_trial,
    )


def trusted_anchors() -> list[Anchor]:
    rows = TrustAnchor.objects.filter(state=AnchorState.TRUSTED).order_by("id")
    if not settings.SIGNATURE_TRIAL_ALLOWED:
        rows = rows.filter(is_trial=False)
    return [Anchor(bytes(row.certificate), tuple(row.hosts), row.is_trial) for row in rows[:MOST_ANCHORS]]
