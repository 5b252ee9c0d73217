"""Words for what is kept how long."""

from django.utils.translation import gettext_lazy as _

from services.retention_kinds import Cause, HoldState, Kept, PackageState

KINDS = {
    Kept.DRAFT: _("Drafts"),
    Kept.VISIT: _("Cards shown at the desk"),
    Kept.TALK: _("Messages and notes"),
    Kept.PAPERS: _("Papers and forms of dossiers"),
    Kept.DOSSIER: _("Personal data of dossiers"),
    Kept.RECEIPT: _("Payers on receipts"),
    Kept.RESULT: _("Issued results"),
    Kept.REGISTER: _("Registers of the office"),
    Kept.PETITION: _("Petitions"),
    Kept.TICKET: _("Queue numbers"),
    Kept.LOOKS: _("Record of who did and saw what"),
    Kept.NOTIFICATION: _("Notifications"),
    Kept.SESSION: _("Sign-ins"),
}
CAUSES = {
    Cause.COMPLAINT: _("A complaint or petition"),
    Cause.COURT: _("A court or another organ needs it"),
    Cause.INSPECTION: _("An inspection"),
    Cause.OTHER: _("Another reason"),
}
HOLD_STATES = {HoldState.HELD: (_("held"), "orange"), HoldState.LIFTED: (_("lifted"), "grey")}
PACKAGE_STATES = {
    PackageState.BEGUN: (_("not made whole yet"), "orange"),
    PackageState.MADE: (_("waits for the archive"), "blue"),
    PackageState.RECEIVED: (_("received by the archive"), "green"),
}
