"""A birth whose result was issued and handed out."""

from django.utils import timezone

from documents.models import Document
from documents.operations.batches import complete, sign
from documents.operations.items import TOPIC
from services.kinds import Channel
from services.models import Dossier
from services.operations.proposing import propose_result
from services.operations.results import hand_out
from tests.documents.route.build import order
from tests.services.build import Office
from tests.services.working import birth_answers, first_signer, work_off

NUMBER = "001326900001"
SIGNED, ISSUED = "documents.document.signed", "documents.document.issued"


def issued_again(office: Office, dossier: Dossier) -> Dossier:
    """From the specialist's proposal to the issued result."""
    propose_result(
        item=office.open_step(dossier),
        signer=first_signer(office.people, office.now),
        actor=office.people.specialist.user,
        now=office.tick(),
    )
    document = Document.objects.get(pk=office.again(dossier).result_document)
    order(sign, document, office.people.leader, now=office.tick())
    work_off(timezone.now(), TOPIC)
    work_off(timezone.now(), SIGNED)
    order(complete, Document.objects.get(pk=document.pk), office.people.clerk, now=timezone.now())
    work_off(timezone.now(), TOPIC)
    work_off(timezone.now(), ISSUED)
    return office.again(dossier)


def decided(office: Office, **filing: object) -> Dossier:
    answers = birth_answers(office.people.home) | {"child_personal_number": NUMBER}
    return issued_again(office, office.processing(answers=answers, **filing))


def returned(office: Office, **filing: object) -> Dossier:
    done = decided(office, **filing)
    desk = office.people.desk_officer.user
    return hand_out(dossier=done, channel=Channel.DESK, receiver="Vàng Thị Dở", actor=desk, now=timezone.now())
