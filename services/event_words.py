"""The facts of this app in words, for people who read the record of what was done."""

from collections.abc import Mapping
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from portal.events.wording import register, register_details
from services.events import Fact
from services.sources import NAMES, SourceKey, Why

register(
    {
        Fact.SOURCE_ASKED: gettext_lazy("A register of the state was asked about you"),
        Fact.SOURCE_ANSWERED: gettext_lazy("A register of the state answered about you"),
        Fact.EVIDENCE_MOVED: gettext_lazy("What registers said went with the dossier to the organs that handle it"),
        Fact.EVIDENCE_FORGOTTEN: gettext_lazy("What registers said for a draft was deleted"),
        Fact.PROCEDURE_PUBLISHED: gettext_lazy("A version of a procedure was published"),
        Fact.PROCEDURE_WITHDRAWN: gettext_lazy("A procedure was withdrawn"),
        Fact.CATALOGUE_LOADED: gettext_lazy("The catalogue of procedures was loaded"),
        Fact.DRAFT_BEGUN: gettext_lazy("A form was begun"),
        Fact.DRAFT_SAVED: gettext_lazy("Answers were saved"),
        Fact.DRAFT_MOVED: gettext_lazy("A form was moved to the new version of the procedure"),
        Fact.VISIT_BEGUN: gettext_lazy("A desk began to file for you"),
        Fact.MANDATE_GIVEN: gettext_lazy("It was noted by what right somebody files for another"),
        Fact.CONFIRMED: gettext_lazy("The citizen confirmed what the officer had typed"),
        Fact.OWNER_RECOGNISED: gettext_lazy("The dossier was recognised as yours by your personal number"),
        Fact.DRAFT_DISCARDED: gettext_lazy("A form was thrown away"),
        Fact.DRAFT_EXPIRED: gettext_lazy("A form that was not sent in time was deleted"),
        Fact.VISIT_FORGOTTEN: gettext_lazy("What your card told a desk was deleted, because nothing was filed"),
        Fact.SUBMITTED: gettext_lazy("A dossier was filed"),
        Fact.FORM_ORDERED: gettext_lazy("A printed form of the dossier was ordered"),
        Fact.FORM_SIGNED: gettext_lazy("A printed form of the dossier was sealed"),
        Fact.FORM_FAILED: gettext_lazy("A printed form of the dossier could not be made"),
        Fact.DUE_NEAR: gettext_lazy("Whoever works on the dossier was warned that its due moment is near"),
        Fact.EXTENSION_ASKED: gettext_lazy("A later date was proposed to the head"),
        Fact.EXTENDED: gettext_lazy("The commune apologised and set a later date"),
        Fact.EXTENSION_DECLINED: gettext_lazy("The head declined a later date"),
        Fact.EXTENSION_LAPSED: gettext_lazy("A proposed later date was not decided in time"),
        Fact.EXTENSION_MOVED: gettext_lazy("A proposal for a later date was made or decided"),
        Fact.MOMENT_CLAIMED: gettext_lazy("An officer entered the real moment of a hand-over"),
        Fact.MOMENT_CONFIRMED: gettext_lazy("The real moment of a hand-over was confirmed"),
        Fact.MOMENT_REFUSED: gettext_lazy("The real moment of a hand-over was not accepted"),
        Fact.MOMENT_MOVED: gettext_lazy("The real moment of a hand-over was entered or decided"),
        Fact.CORRECTION_ASKED: gettext_lazy("A mistake in the result was reported"),
        Fact.CORRECTION_BEGUN: gettext_lazy("The correction of the result began"),
        Fact.CORRECTION_DECLINED: gettext_lazy("The result was examined and not changed"),
        Fact.CORRECTED: gettext_lazy("The corrected result was issued"),
        Fact.CORRECTION_MOVED: gettext_lazy("The correction of a result was asked for or ended"),
        Fact.ACCEPTED: gettext_lazy("The dossier was accepted"),
        Fact.SUPPLEMENT_ASKED: gettext_lazy("A supplement was asked for"),
        Fact.SUPPLEMENT_ANSWERED: gettext_lazy("Something that was asked for was added"),
        Fact.SUPPLEMENTED: gettext_lazy("The supplement is complete"),
        Fact.REQUEST_MOVED: gettext_lazy("A request for a supplement was opened or ended"),
        Fact.REFUSED: gettext_lazy("The dossier was not received"),
        Fact.REROUTED: gettext_lazy("The dossier was sent on to the competent organ"),
        Fact.STARTED: gettext_lazy("Work on the dossier began"),
        Fact.DECIDED: gettext_lazy("The result was issued"),
        Fact.RETURNED: gettext_lazy("The result was handed out"),
        Fact.WITHDRAWN: gettext_lazy("The dossier was withdrawn"),
        Fact.STOPPED: gettext_lazy("Work on the dossier was stopped"),
        Fact.EXPIRED: gettext_lazy("The dossier was closed because it was not supplemented in time"),
        Fact.CONTENT_CHANGED: gettext_lazy("The content of the dossier was changed"),
        Fact.STAGE_CHANGED: gettext_lazy("The dossier went one stage further"),
        Fact.DUE_MOVED: gettext_lazy("The due moment moved, because the calendar changed"),
        Fact.CLOCKS_RECOUNTED: gettext_lazy("Due moments were counted again after a change of the calendar"),
        Fact.ALERTED: gettext_lazy("The desk was told of the dossier"),
        Fact.COMPONENT_CHECKED: gettext_lazy("A paper of the dossier was checked"),
        Fact.STEP_PLANNED: gettext_lazy("A step was planned"),
        Fact.STEP_OPENED: gettext_lazy("A step was opened"),
        Fact.STEP_TAKEN: gettext_lazy("An officer took over a step"),
        Fact.STEP_HANDED_OVER: gettext_lazy("A step was handed to another officer"),
        Fact.STEP_DONE: gettext_lazy("A step was done"),
        Fact.STEP_RETURNED: gettext_lazy("A step was returned"),
        Fact.STEP_CANCELLED: gettext_lazy("A step is no longer needed"),
        Fact.HANDED_OVER: gettext_lazy("The dossier was handed over"),
        Fact.HANDOVER_RECEIVED: gettext_lazy("The dossier was received"),
        Fact.MESSAGE_SENT: gettext_lazy("A message about the dossier was sent"),
        Fact.NOTE_WRITTEN: gettext_lazy("A note for colleagues was written"),
        Fact.RATED: gettext_lazy("A rating was given"),
        Fact.PROPOSED: gettext_lazy("A result was drafted"),
        Fact.DRAFT_SENT: gettext_lazy("The draft of the result was sent to you to confirm"),
        Fact.DRAFT_CONFIRMED: gettext_lazy("The draft of the result was confirmed"),
        Fact.DRAFT_LEFT_UNANSWERED: gettext_lazy("No answer to the draft came in time, so the work goes on with it"),
        Fact.DRAFT_OBJECTED_TO: gettext_lazy("Something in the draft of the result was said to be wrong"),
        Fact.DRAFT_TAKEN_BACK: gettext_lazy("The draft of the result was taken back to be mended"),
        Fact.CONFIRMATION_MOVED: gettext_lazy("The confirmation of a draft was asked for or ended"),
        Fact.NUMBER_REQUESTED: gettext_lazy("The personal number of the child was asked for"),
        Fact.NUMBER_RECEIVED: gettext_lazy("The personal number of the child was issued"),
        Fact.PROPOSAL_FAILED: gettext_lazy("A result could not be drafted"),
        Fact.RESULT_SENT_BACK: gettext_lazy("The draft of a result was returned"),
        Fact.RESULT_REVOKED: gettext_lazy("The issued result was revoked"),
        Fact.FORM_PRINTED: gettext_lazy("A form of the dossier was printed"),
        Fact.LOOKED_UP: gettext_lazy("The dossier was looked up by its code"),
        Fact.LOOK_UP_REFUSED: gettext_lazy("Looking up a dossier was refused"),
    }
)


FIELDS = {
    "activities": gettext_lazy("trades"),
    "address": gettext_lazy("address"),
    "birth_on": gettext_lazy("date of birth"),
    "birth_place": gettext_lazy("place of birth registration"),
    "birth_place_text": gettext_lazy("place of birth"),
    "birth_year": gettext_lazy("year of birth"),
    "book": gettext_lazy("book"),
    "cause": gettext_lazy("cause of death"),
    "child": gettext_lazy("child"),
    "children": gettext_lazy("children"),
    "current_residence": gettext_lazy("current residence"),
    "death_place_text": gettext_lazy("place of death"),
    "deceased": gettext_lazy("deceased person"),
    "died_at": gettext_lazy("moment of death"),
    "died_on": gettext_lazy("day of death"),
    "ethnicity": gettext_lazy("ethnicity"),
    "father": gettext_lazy("father"),
    "hospital": gettext_lazy("hospital"),
    "hospital_address": gettext_lazy("address of the hospital"),
    "hospital_code": gettext_lazy("code of the hospital"),
    "husband": gettext_lazy("husband"),
    "id_number": gettext_lazy("personal number"),
    "issued_on": gettext_lazy("date of issue"),
    "kind": gettext_lazy("kind"),
    "marital_status": gettext_lazy("marital status"),
    "mother": gettext_lazy("mother"),
    "name": gettext_lazy("full name"),
    "nationality": gettext_lazy("nationality"),
    "notice": gettext_lazy("number of the notice"),
    "number": gettext_lazy("number"),
    "office": gettext_lazy("registering organ"),
    "office_code": gettext_lazy("code of the registering organ"),
    "old_id_number": gettext_lazy("old identity card number"),
    "origin": gettext_lazy("home town"),
    "papers": gettext_lazy("issued papers"),
    "registered_on": gettext_lazy("day of registration"),
    "representative": gettext_lazy("representative"),
    "residence": gettext_lazy("permanent residence"),
    "sex": gettext_lazy("sex"),
    "spouse": gettext_lazy("husband or wife"),
    "state": gettext_lazy("state"),
    "wife": gettext_lazy("wife"),
}
PURPOSES = {
    Why.PREFILL: gettext_lazy("fill in the form for you"),
    Why.REPLACE: gettext_lazy("replace a paper"),
    Why.RECHECK: gettext_lazy("check again before the decision"),
}


def _asked(facts: Mapping[str, Any]) -> str:
    return _("%(source)s. Purpose: %(purpose)s. Asked for: %(fields)s") % {
        "source": _name(facts),
        "purpose": str(PURPOSES.get(facts.get("purpose", ""), "")),
        "fields": _listed(facts),
    }


def _answered(facts: Mapping[str, Any]) -> str:
    given = _listed(facts) or _("nothing")
    return _("%(source)s. Given: %(fields)s") % {"source": _name(facts), "fields": given}


def _listed(facts: Mapping[str, Any]) -> str:
    return ", ".join(str(FIELDS.get(name, name)) for name in facts.get("fields", []))


def _name(facts: Mapping[str, Any]) -> str:
    key = facts.get("source", "")
    return str(NAMES[SourceKey(key)]) if key in set(SourceKey) else str(key)


register_details({Fact.SOURCE_ASKED: _asked, Fact.SOURCE_ANSWERED: _answered})
