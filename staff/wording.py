"""Capabilities in words people read. A test holds that none is missing."""

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

CAPABILITIES: dict[str, str | Promise] = {
    "accounts.client.manage": _("Let programs of a unit in, and take their rights away"),
    "documents.document.view": _("See the documents of a unit"),
    "documents.document.draft": _("Draft documents"),
    "documents.document.review": _("Review the content of drafts"),
    "documents.document.check": _("Check the form of drafts"),
    "documents.document.return": _("Return a document with the reason"),
    "documents.document.sign": _("Approve and sign documents"),
    "documents.document.number": _("Give documents their number and date"),
    "documents.document.seal": _("Put the seal of the organ on signed documents"),
    "documents.document.issue": _("Issue sealed documents"),
    "documents.document.revoke": _("Revoke or replace issued documents"),
    "documents.result.search": _("Look for issued results of a person"),
    "calendar.day.edit": _("Change holidays and swapped working days"),
    "calendar.hours.edit": _("Change office hours"),
    "calendar.unit.close": _("Close an office for a day"),
    "calendar.setting.edit": _("Change the settings of the working calendar"),
    "documents.register.view": _("See the register books of a unit"),
    "documents.register.number": _("Take numbers for outgoing documents"),
    "documents.register.enter": _("Enter incoming documents, post and use of copies in the register books"),
    "documents.register.void": _("Void numbers in the register books"),
    "documents.register.close": _("Close register books"),
    "documents.register.rule": _("Decide on abbreviations and series of numbers"),
    "documents.anchor.edit": _("Keep the list of trusted certificate authorities"),
    "documents.certificate.register": _("Register signing certificates"),
    "documents.certificate.revoke": _("Suspend and revoke signing certificates"),
    "dashboards.statistics.view": _("See the statistics of a unit"),
    "dashboards.report.freeze": _("Freeze reports of the service index"),
    "events.delivery.replay": _("Send again what another system did not take"),
    "services.procedure.publish": _("Publish procedures and withdraw them"),
    "services.dossier.approve": _("Approve results of dossiers"),
    "services.dossier.assign": _("Assign work on dossiers"),
    "services.dossier.file": _("File dossiers for citizens"),
    "services.dossier.process": _("Work on dossiers"),
    "services.dossier.receive": _("Receive dossiers at the desk"),
    "services.dossier.return": _("Hand out results"),
    "services.dossier.stop": _("Stop work on dossiers"),
    "services.dossier.view": _("See the dossiers of a unit"),
    "services.supplement.exceed": _("Approve a further supplement request"),
    "staff.assignment.view": _("See the officers' records of a unit"),
    "staff.assignment.edit": _("Appoint, move and end assignments"),
    "staff.account.open": _("Open officers' accounts and give one-time secrets"),
    "staff.delegation.give": _("Delegate own powers in writing"),
    "units.reorganisation.draft": _("Draft a reorganisation of units"),
    "units.reorganisation.enter": _("Enter a reorganisation that is in force"),
    "units.reorganisation.sign": _("Sign a reorganisation of units"),
    "units.reorganisation.run": _("Let a reorganisation take effect"),
    "units.reorganisation.confirm_date": _("Confirm the day on which a reorganisation takes effect"),
}


def capability(code: str) -> str:
    return str(CAPABILITIES.get(code, code))
