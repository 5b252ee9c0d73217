"""A signature that was made is kept with the certificate, the digests and the report of its check."""

from datetime import datetime

from django.db import transaction

from documents.models import Certificate, SignatureRecord
from documents.signing.errors import CertificateRefusedError
from documents.signing.events import Fact
from documents.signing.kinds import Signed, Verdict
from portal.events import record
from portal.events.actors import System
from staff.policies import Asker


@transaction.atomic
def record_signature(
    *, certificate: Certificate, signed: Signed, report: Verdict | None, actor: Asker | System, now: datetime
) -> SignatureRecord:
    """Who may sign was asked before: by the route of the document. `report` is None until the file is finished."""
    if signed.fingerprint != certificate.fingerprint:
        raise CertificateRefusedError("Signed with another certificate.")
    made = SignatureRecord.objects.create(
        unit_id=certificate.unit_id,
        certificate=certificate,
        field=signed.field,
        level=signed.level,
        digest_before=signed.digest_before,
        digest_after=signed.digest_after,
        status_digest=signed.status_digest,
        time_stamped_at=signed.time_stamped_at,
        report=report.to_json() if report else {},
        recorded_at=now,
    )
    facts = {
        "certificate": str(certificate.pk),
        "field": signed.field,
        "level": signed.level,
        "before": signed.digest_before,
        "after": signed.digest_after,
    }
    record(Fact.SIGNATURE_MADE, subject=made, actor=actor, unit=certificate.unit_id, at=now, facts=facts)
    return made
