"""The shapes of the answers, for the description only. `documents.api.answers` builds them."""

from typing import Any

from django.utils.translation import gettext_lazy as _
from rest_framework import serializers

from documents.registers.states import BookKind, BookState, EntryState
from documents.states import DocumentState


class RegisterBookSerializer(serializers.Serializer[Any]):
    """One series of numbers of one organ and year."""

    id = serializers.IntegerField(help_text=_("The book's number in this portal."))
    unitId = serializers.IntegerField(help_text=_("The unit whose book it is."))
    kind = serializers.ChoiceField(choices=[kind.value for kind in BookKind], help_text=_("The kind of book."))
    series = serializers.CharField(help_text=_("The series: general, a type of document, or one of the law."))
    year = serializers.IntegerField(help_text=_("The year of the book."))
    state = serializers.ChoiceField(choices=[state.value for state in BookState], help_text=_("open or closed."))
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
    state = serializers.ChoiceField(choices=[state.value for state in EntryState], help_text=_("valid or voided."))
    voidReason = serializers.CharField(allow_blank=True, help_text=_("Why it is void."))
    voidedAt = serializers.DateTimeField(allow_null=True, help_text=_("When it was voided; null while it is valid."))
    recordedAt = serializers.DateTimeField(help_text=_("When it was entered."))
    hash = serializers.CharField(help_text=_("The hash of this entry, in hexadecimal digits."))
    prevHash = serializers.CharField(help_text=_("The hash of the entry before."))
    abilities = serializers.ListField(
        child=serializers.CharField(), help_text=_("What you may do with it now: void, remark.")
    )


class VerificationSerializer(serializers.Serializer[Any]):
    """An issued document and whether it is in force."""

    code = serializers.CharField(help_text=_("The verification code."))
    typeName = serializers.CharField(help_text=_("The type of the document."))
    number = serializers.CharField(help_text=_("Number and notation."))
    documentDate = serializers.DateField(help_text=_("The date of the document."))
    unitId = serializers.IntegerField(help_text=_("The unit whose organ issued it."))
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
