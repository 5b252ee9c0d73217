"""The shapes of answers about the papers of an act of reorganisation."""

from typing import Any

from django.utils.translation import gettext_lazy as _
from rest_framework import serializers

from documents.api.schemas import DOCUMENT_STATES
from documents.states import FileState

FILE_STATES = [state.value for state in FileState]


class ActFileSignatureSerializer(serializers.Serializer[Any]):
    """One signature in the file, in the words of the page."""

    name = serializers.CharField(help_text=_("Where it stands."))
    lines = serializers.ListField(child=serializers.CharField(), help_text=_("Who signed, when, and the verdict."))


class ActFileSerializer(serializers.Serializer[Any]):
    """The file of a resolution."""

    name = serializers.CharField(help_text=_("The name that its sender gave it."))
    size = serializers.IntegerField(help_text=_("In bytes."))
    digest = serializers.CharField(help_text=_("Its SHA-256 in hexadecimal; the act names the same."))
    state = serializers.ChoiceField(choices=FILE_STATES, help_text=_("Only a clean file is given out."))
    uploadedAt = serializers.DateTimeField(help_text=_("When it was sent."))
    isSigned = serializers.BooleanField(allow_null=True, help_text=_("Whether it carries a digital signature."))
    isValid = serializers.BooleanField(allow_null=True, help_text=_("The verdict on its signatures; null without any."))
    findings = serializers.ListField(child=serializers.CharField(), help_text=_("What was found, in sentences."))
    signatures = ActFileSignatureSerializer(many=True, help_text=_("Each signature, as it was judged."))


class ActReportSerializer(serializers.Serializer[Any]):
    """The report on what an act did."""

    documentId = serializers.UUIDField(help_text=_("The document's key in this portal."))
    unitId = serializers.IntegerField(help_text=_("The unit that files it."))
    state = serializers.ChoiceField(
        choices=DOCUMENT_STATES, help_text=_("How far it is: checked waits for its signer.")
    )
    number = serializers.CharField(allow_blank=True, help_text=_("Number and notation; empty before it is numbered."))
    documentDate = serializers.DateField(allow_null=True, help_text=_("The date that it bears."))
    digest = serializers.CharField(help_text=_("The digest of the proof that it tells of."))
    code = serializers.CharField(help_text=_("The verification code."))
    verificationAddress = serializers.CharField(
        allow_null=True, help_text=_("Where anybody verifies it; null before it is issued.")
    )
