"""Why a file is sent. The kind decides which types are taken and how large they may be."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class UploadKind(models.TextChoices):
    ATTACHMENT = "attachment", _("paper of a dossier")
    DRAFT = "draft", _("officer's draft")
    INCOMING = "incoming", _("document from another organ")
    CHECK = "check", _("signed document to be checked")
    BUNDLE = "bundle", _("archive of papers")


MADE = "made"  # our own product: never uploaded, so no kind of upload
