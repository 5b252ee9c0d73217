"""The shapes of the answers, for the description only. `documents.api.answers` builds them."""

from typing import Any

from django.utils.translation import gettext_lazy as _
from rest_framework import serializers

from documents.kinds import Capacity, RecipientKind, SearchPurpose, Urgency, VersionKind
from documents.registers.states import BookKind, BookState, Column, EntryState
from documents.signing.kinds import Holder
from documents.signing.states import AnchorState, CertificateState
from documents.states import DocumentState, Goal, ItemState, ResultState


def _codes(kinds: Any) -> list[str]:
    return [kind.value for kind in kinds]


def _abilities() -> serializers.Field[Any, Any, Any, Any]:
    return serializers.DictField(
        child=serializers.BooleanField(), help_text=_("What you may do with it now, deed by deed.")
    )


CERTIFICATE_STATES = _codes(CertificateState)
DOCUMENT_STATES, GOALS, ITEM_STATES = _codes(DocumentState), _codes(Goal), _codes(ItemState)


class RegisterBookSerializer(serializers.Serializer[Any]):
    """One series of numbers of one organ and year."""

    id = serializers.IntegerField(help_text=_("The book's number in this portal."))
    unitId = serializers.IntegerField(help_text=_("The unit whose book it is."))
    kind = serializers.ChoiceField(choices=_codes(BookKind), help_text=_("The kind of book."))
    series = serializers.CharField(help_text=_("The series: general, a type of document, or one of the law."))
    year = serializers.IntegerField(help_text=_("The year of the book."))
    state = serializers.ChoiceField(choices=_codes(BookState), help_text=_("open or closed."))
    lastNumber = serializers.IntegerField(help_text=_("The last number taken; 0 in an empty book."))
    headHash = serializers.CharField(help_text=_("The hash of the last entry, in hexadecimal digits."))
    closedAt = serializers.DateTimeField(allow_null=True, help_text=_("When it was closed; null while it is open."))


class RegisterEntrySerializer(serializers.Serializer[Any]):
    """One line of a book."""

    id = serializers.IntegerField(help_text=_("The entry's number in this portal."))
    bookId = serializers.IntegerField(help_text=_("The book."))
    number = serializers.IntegerField(help_text=_("The number in its book."))
    text = serializers.CharField(help_text=_("Number and notation as they stand on the document."))
    notation = serializers.CharField(allow_blank=True, help_text=_("The notation of an outgoing document."))
    documentDate = serializers.DateField(help_text=_("The date of the document, or the day of receipt."))
    arrivedDate = serializers.DateField(allow_null=True, help_text=_("The day on which an incoming document arrived."))
    isLate = serializers.BooleanField(help_text=_("Registered later than the working day after its arrival."))
    subject = serializers.CharField(allow_blank=True, help_text=_("Type and subject line."))
    author = serializers.CharField(allow_blank=True, help_text=_("The organ that issued an incoming document."))
    reference = serializers.CharField(allow_blank=True, help_text=_("Its number and notation."))
    referenceDate = serializers.DateField(allow_null=True, help_text=_("Its date."))
    signer = serializers.CharField(allow_blank=True, help_text=_("Who signed."))
    recipients = serializers.CharField(allow_blank=True, help_text=_("Whom it goes to."))
    keeper = serializers.CharField(allow_blank=True, help_text=_("Who keeps the copy."))
    copies = serializers.IntegerField(help_text=_("The number of copies or envelopes."))
    note = serializers.CharField(allow_blank=True, help_text=_("Notes."))
    state = serializers.ChoiceField(choices=_codes(EntryState), help_text=_("valid or voided."))
    voidReason = serializers.CharField(allow_blank=True, help_text=_("Why it is void."))
    voidedAt = serializers.DateTimeField(allow_null=True, help_text=_("When it was voided; null while it is valid."))
    recordedAt = serializers.DateTimeField(help_text=_("When it was entered."))
    hash = serializers.CharField(help_text=_("The hash of this entry, in hexadecimal digits."))
    prevHash = serializers.CharField(help_text=_("The hash of the entry before."))
    abilities = serializers.ListField(
        child=serializers.CharField(), help_text=_("What you may do with it now: void, remark.")
    )


class RegisterRemarkSerializer(serializers.Serializer[Any]):
    """What became known about an entry later."""

    id = serializers.IntegerField(help_text=_("The remark's number in this portal."))
    entryId = serializers.IntegerField(help_text=_("The entry."))
    column = serializers.ChoiceField(
        choices=[column.value for column in Column], help_text=_("The column of the book.")
    )
    text = serializers.CharField(allow_blank=True, help_text=_("The words, for columns of words."))
    remarkDate = serializers.DateField(allow_null=True, help_text=_("The day, for columns of days."))
    recordedAt = serializers.DateTimeField(help_text=_("When it was entered."))


class RegisterRemarksSerializer(serializers.Serializer[Any]):
    """All remarks of one entry."""

    items = RegisterRemarkSerializer(many=True, help_text=_("In the order in which they were added."))


class FoundResultSerializer(serializers.Serializer[Any]):
    """An issued result of the person, with whether it can be used again."""

    id = serializers.UUIDField(help_text=_("The result's key in this portal."))
    documentId = serializers.UUIDField(help_text=_("The document's key in this portal."))
    unitId = serializers.IntegerField(help_text=_("The unit whose organ issued it."))
    resultCode = serializers.CharField(help_text=_("The result-type code."))
    number = serializers.CharField(help_text=_("Number and notation."))
    documentDate = serializers.DateField(help_text=_("The date of the document."))
    issuedAt = serializers.DateTimeField(help_text=_("When it was issued."))
    validFromDate = serializers.DateField(allow_null=True, help_text=_("The first day on which it holds."))
    validToDate = serializers.DateField(allow_null=True, help_text=_("The last day on which it holds."))
    state = serializers.ChoiceField(choices=_codes(ResultState), help_text=_("valid, replaced or revoked."))
    isUsable = serializers.BooleanField(help_text=_("In force today, within its days."))


class ResultSearchSerializer(serializers.Serializer[Any]):
    """What was found. The search itself is in the record, and in the trail of whoever it was about."""

    purpose = serializers.ChoiceField(choices=_codes(SearchPurpose), help_text=_("Why it was looked for."))
    items = FoundResultSerializer(many=True, help_text=_("The newest first, at most 20."))


class CertificateSerializer(serializers.Serializer[Any]):
    """A certificate with which somebody here signs."""

    id = serializers.UUIDField(help_text=_("The certificate's key in this portal."))
    unitId = serializers.IntegerField(help_text=_("The unit whose certificate it is."))
    holder = serializers.ChoiceField(choices=_codes(Holder), help_text=_("person or organ."))
    ownerName = serializers.CharField(allow_blank=True, help_text=_("The person; empty for the organ."))
    subject = serializers.CharField(help_text=_("The name in the certificate."))
    issuer = serializers.CharField(allow_blank=True, help_text=_("Who issued it."))
    serial = serializers.CharField(help_text=_("Its serial number."))
    digest = serializers.CharField(help_text=_("The SHA-256 of the certificate, in hexadecimal digits."))
    anchorId = serializers.IntegerField(help_text=_("The authority to which it leads."))
    backend = serializers.CharField(help_text=_("The device or service that holds the key."))
    isTrial = serializers.BooleanField(help_text=_("A trial, without value in law."))
    state = serializers.ChoiceField(choices=CERTIFICATE_STATES, help_text=_("registered, suspended or revoked."))
    validFromAt = serializers.DateTimeField(help_text=_("From when it holds."))
    validToAt = serializers.DateTimeField(help_text=_("Until when it holds."))
    daysLeft = serializers.IntegerField(help_text=_("Days left; below 0 when it has expired."))
    abilities = _abilities()


class TrustAnchorSerializer(serializers.Serializer[Any]):
    """A certificate authority that is trusted, or was once."""

    id = serializers.IntegerField(help_text=_("The authority's number in this portal."))
    name = serializers.CharField(help_text=_("Its name."))
    digest = serializers.CharField(help_text=_("The SHA-256 of the certificate, in hexadecimal digits."))
    hosts = serializers.ListField(
        child=serializers.CharField(), help_text=_("All that may be asked about its certificates.")
    )
    isTrial = serializers.BooleanField(help_text=_("A trial, without value in law."))
    state = serializers.ChoiceField(choices=_codes(AnchorState), help_text=_("trusted or removed."))
    recordedDate = serializers.DateField(help_text=_("When it was entered."))


class VerificationSerializer(serializers.Serializer[Any]):
    """An issued document and whether it is in force."""

    code = serializers.CharField(help_text=_("The verification code."))
    typeName = serializers.CharField(help_text=_("The type of the document."))
    number = serializers.CharField(help_text=_("Number and notation."))
    documentDate = serializers.DateField(help_text=_("The date of the document."))
    unitId = serializers.IntegerField(help_text=_("The unit whose organ issued it."))
    unitName = serializers.CharField(help_text=_("The unit as it was called on the date of the document."))
    unitTodayNames = serializers.ListField(
        child=serializers.CharField(),
        help_text=_("What the unit is today: itself, or those that came after it; empty where nobody did."),
    )
    issuedAt = serializers.DateTimeField(help_text=_("When it was issued."))
    state = serializers.ChoiceField(
        choices=[DocumentState.ISSUED.value, DocumentState.REPLACED.value, DocumentState.REVOKED.value],
        help_text=_("issued, replaced or revoked."),
    )
    endedAt = serializers.DateTimeField(allow_null=True, help_text=_("When it was replaced or revoked."))
    endedReason = serializers.CharField(allow_blank=True, help_text=_("Why it was revoked."))
    replacedByCode = serializers.CharField(allow_null=True, help_text=_("The code of what replaced it."))
    validFromDate = serializers.DateField(allow_null=True, help_text=_("The first day on which it holds."))
    validToDate = serializers.DateField(allow_null=True, help_text=_("The last day on which it holds."))
    digest = serializers.CharField(help_text=_("The SHA-256 of the issued file, in hexadecimal digits."))


class DocumentSummarySerializer(serializers.Serializer[Any]):
    """A document on its way from draft to issue."""

    id = serializers.UUIDField(help_text=_("The document's key in this portal."))
    code = serializers.CharField(help_text=_("The verification code."))
    unitId = serializers.IntegerField(help_text=_("The unit whose organ issues it."))
    type = serializers.CharField(help_text=_("The type of the document, a code of the catalogue."))
    layout = serializers.CharField(help_text=_("The layout by which it is printed."))
    subject = serializers.CharField(help_text=_("The subject line."))
    urgency = serializers.ChoiceField(choices=_codes(Urgency), help_text=_("How urgent it is."))
    state = serializers.ChoiceField(choices=DOCUMENT_STATES, help_text=_("Which step it has reached."))
    revision = serializers.IntegerField(help_text=_("Grows with every deed; its ETag moves with it."))
    number = serializers.CharField(allow_blank=True, help_text=_("Number and notation; empty before it has them."))
    documentDate = serializers.DateField(allow_null=True, help_text=_("The date of the document."))
    signerId = serializers.IntegerField(help_text=_("The assignment that shall sign."))
    capacity = serializers.ChoiceField(
        choices=_codes(Capacity), allow_blank=True, help_text=_("For whom it is signed; empty in one's own name.")
    )
    dueAt = serializers.DateTimeField(allow_null=True, help_text=_("By when it should be issued."))
    draftedAt = serializers.DateTimeField(help_text=_("When it was drafted."))
    issuedAt = serializers.DateTimeField(allow_null=True, help_text=_("When it was issued."))
    originType = serializers.CharField(allow_blank=True, help_text=_("What asked for it, such as services.dossier."))
    originId = serializers.CharField(allow_blank=True, help_text=_("The key of what asked for it."))
    resultCode = serializers.CharField(allow_blank=True, help_text=_("The result-type code."))
    abilities = _abilities()


class DocumentRecipientSerializer(serializers.Serializer[Any]):
    """One line of the recipients."""

    name = serializers.CharField(help_text=_("As it is printed."))
    kind = serializers.ChoiceField(
        choices=_codes(RecipientKind), help_text=_("to act on it, to know of it, or to keep a copy.")
    )
    unitId = serializers.IntegerField(allow_null=True, help_text=_("A unit of this portal, which then sees it."))


class DocumentStepSerializer(serializers.Serializer[Any]):
    """Who did what to it."""

    action = serializers.CharField(help_text=_("The deed."))
    before = serializers.CharField(allow_blank=True, help_text=_("The state before."))
    after = serializers.CharField(help_text=_("The state afterwards."))
    revision = serializers.IntegerField(help_text=_("The revision afterwards."))
    by = serializers.CharField(allow_blank=True, help_text=_("The officer's name; empty when the portal did it."))
    note = serializers.CharField(allow_blank=True, help_text=_("What was said."))
    takenAt = serializers.DateTimeField(help_text=_("When it was done."))


class DocumentVersionSerializer(serializers.Serializer[Any]):
    """One file of it, as it was at a step."""

    number = serializers.IntegerField(help_text=_("Which file it is, counted from 1."))
    kind = serializers.ChoiceField(choices=_codes(VersionKind), help_text=_("What the file is."))
    digest = serializers.CharField(help_text=_("The SHA-256 of the file, in hexadecimal digits."))
    madeAt = serializers.DateTimeField(help_text=_("When it was made."))


class DocumentOrderSerializer(serializers.Serializer[Any]):
    """What was ordered for it and waits, or failed last."""

    batchId = serializers.UUIDField(help_text=_("The batch that tells how it goes."))
    goal = serializers.ChoiceField(choices=GOALS, help_text=_("What was ordered."))
    state = serializers.ChoiceField(choices=ITEM_STATES, help_text=_("waiting or failed."))
    note = serializers.CharField(allow_blank=True, help_text=_("Why it waits or failed."))


class DocumentSerializer(DocumentSummarySerializer):
    """A document with its content and everything that was done to it."""

    division = serializers.CharField(allow_blank=True, help_text=_("The drafting division."))
    content = serializers.DictField(child=serializers.JSONField(), help_text=_("What the layout prints."))
    recipients = DocumentRecipientSerializer(many=True, help_text=_("The lines of recipients, in their order."))
    validFromDate = serializers.DateField(allow_null=True, help_text=_("The first day on which it holds."))
    validToDate = serializers.DateField(allow_null=True, help_text=_("The last day on which it holds."))
    replacesId = serializers.UUIDField(allow_null=True, help_text=_("The issued document whose place it takes."))
    replacedById = serializers.UUIDField(allow_null=True, help_text=_("The document that took its place."))
    endedReason = serializers.CharField(allow_blank=True, help_text=_("Why it was revoked."))
    steps = DocumentStepSerializer(many=True, help_text=_("Everything that was done to it, the newest first."))
    versions = DocumentVersionSerializer(many=True, help_text=_("Its files, the newest first."))
    order = DocumentOrderSerializer(allow_null=True, help_text=_("What waits for a worker, or failed last."))


class DocumentBatchSummarySerializer(serializers.Serializer[Any]):
    """Documents that were ordered to be signed or issued with one confirmation."""

    id = serializers.UUIDField(help_text=_("The batch's key in this portal."))
    unitId = serializers.IntegerField(help_text=_("The unit whose documents they are."))
    goal = serializers.ChoiceField(choices=GOALS, help_text=_("What was ordered."))
    confirmedAt = serializers.DateTimeField(help_text=_("When it was confirmed."))
    cancelledAt = serializers.DateTimeField(allow_null=True, help_text=_("When the rest was called off."))
    total = serializers.IntegerField(help_text=_("How many documents."))
    waiting = serializers.IntegerField(help_text=_("How many wait for a worker."))
    done = serializers.IntegerField(help_text=_("How many are done."))
    failed = serializers.IntegerField(help_text=_("How many failed."))
    cancelled = serializers.IntegerField(help_text=_("How many were called off."))
    abilities = _abilities()


class DocumentBatchItemSerializer(serializers.Serializer[Any]):
    """One document of a batch."""

    documentId = serializers.UUIDField(help_text=_("The document's key in this portal."))
    subject = serializers.CharField(help_text=_("The subject line."))
    state = serializers.ChoiceField(choices=ITEM_STATES, help_text=_("Where it stands."))
    note = serializers.CharField(allow_blank=True, help_text=_("Why it waits or failed."))
    endedAt = serializers.DateTimeField(allow_null=True, help_text=_("When it ended; null while it waits."))


class DocumentBatchSerializer(DocumentBatchSummarySerializer):
    """A batch with each of its documents."""

    items = DocumentBatchItemSerializer(many=True, help_text=_("Failures first, then what waits."))
