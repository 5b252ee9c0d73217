"""Facts that this app records; people are named by ids, texts stay in their rows."""

from enum import StrEnum


class Fact(StrEnum):
    SOURCE_ASKED = "services.source.asked"  # source, query, purpose, fields, about, component, procedure
    SOURCE_ANSWERED = "services.source.answered"  # source, query, purpose, outcome, reason, fields (names only)
    EVIDENCE_MOVED = "services.evidence.moved"  # to which dossier, which units may see it now
    EVIDENCE_FORGOTTEN = "services.evidence.forgotten"  # how many rows of a draft that came to nothing
    PROCEDURE_PUBLISHED = "services.procedure.published"  # code, version, decision, from, replaces, form
    PROCEDURE_WITHDRAWN = "services.procedure.withdrawn"  # code, version, until, decision
    CATALOGUE_LOADED = "services.catalogue.loaded"  # digest, published, in_name

    DRAFT_BEGUN = "services.draft.begun"  # version
    DRAFT_SAVED = "services.draft.saved"  # page
    DRAFT_MOVED = "services.draft.moved"  # from version, to version, how many answers are asked again
    VISIT_BEGUN = "services.visit.begun"  # unit, whether the card was scanned
    MANDATE_GIVEN = "services.mandate.given"  # ground, days; the draft is the subject
    CONFIRMED = "services.dossier.confirmed"  # how, digest of what was confirmed
    OWNER_RECOGNISED = "services.dossier.owner_recognised"  # user
    DRAFT_DISCARDED = "services.draft.discarded"
    DRAFT_EXPIRED = "services.draft.expired"  # version
    VISIT_FORGOTTEN = "services.visit.forgotten"

    SUBMITTED = "services.dossier.submitted"  # version, channel, receiving, competent, returning
    ACCEPTED = "services.dossier.accepted"  # code, due_at, form
    SUPPLEMENT_ASKED = "services.dossier.supplement_asked"  # request, stage, items, deadline_at
    SUPPLEMENT_ANSWERED = "services.dossier.supplement_answered"  # request, items
    SUPPLEMENTED = "services.dossier.supplemented"  # request: complete
    REQUEST_MOVED = "services.supplement.moved"  # the request itself: opened, complete, expired, cancelled
    REFUSED = "services.dossier.refused"  # ground
    REROUTED = "services.dossier.rerouted"  # from unit, to unit, ground
    STARTED = "services.dossier.started"  # the first step begins
    DECIDED = "services.dossier.decided"  # document, outcome
    RETURNED = "services.dossier.returned"  # channel
    WITHDRAWN = "services.dossier.withdrawn"
    STOPPED = "services.dossier.stopped"  # ground
    EXPIRED = "services.dossier.expired"  # request: closed after the days without completion
    CONTENT_CHANGED = "services.dossier.content_changed"  # which answers
    STAGE_CHANGED = "services.dossier.stage_changed"  # stage
    DUE_MOVED = "services.dossier.due_moved"  # from, to, why, change (of the calendar)
    CLOCKS_RECOUNTED = "services.clocks.recounted"  # change (of the calendar), counted, moved
    DUE_NEAR = "services.dossier.due_near"  # days_left, due_at, officer, unit: whoever holds it was warned
    EXTENSION_ASKED = "services.dossier.extension_asked"  # extension, new_due_at
    EXTENDED = "services.dossier.extended"  # extension, from, to, late_apology
    EXTENSION_DECLINED = "services.dossier.extension_declined"  # extension
    EXTENSION_LAPSED = "services.dossier.extension_lapsed"  # extension
    EXTENSION_MOVED = "services.extension.moved"  # the extension itself: asked, or how it ended
    MOMENT_CLAIMED = "services.dossier.moment_claimed"  # claim, clicked_at, really_at
    MOMENT_CONFIRMED = "services.dossier.moment_confirmed"  # claim, clicked_at, really_at
    MOMENT_REFUSED = "services.dossier.moment_refused"  # claim
    MOMENT_MOVED = "services.realmoment.moved"  # the claim itself
    CORRECTION_ASKED = "services.dossier.correction_asked"  # correction, found_by, due_at
    CORRECTION_BEGUN = "services.dossier.correction_begun"  # correction, document, due_at
    CORRECTION_DECLINED = "services.dossier.correction_declined"  # correction
    CORRECTED = "services.dossier.corrected"  # correction, document, in_time
    CORRECTION_MOVED = "services.correction.moved"  # the correction itself
    ALERTED = "services.dossier.alerted"  # what: the desk was told

    COMPONENT_CHECKED = "services.component.checked"  # key, how
    STEP_TAKEN = "services.work_item.taken"  # step, officer
    STEP_HANDED_OVER = "services.work_item.handed_over"  # step, from, to
    STEP_DONE = "services.work_item.done"  # step
    STEP_RETURNED = "services.work_item.returned"  # step, to step
    STEP_OPENED = "services.work_item.opened"  # step, due_at
    STEP_PLANNED = "services.work_item.planned"  # step
    STEP_CANCELLED = "services.work_item.cancelled"  # step
    HANDED_OVER = "services.handover.made"  # from unit, to unit
    HANDOVER_RECEIVED = "services.handover.received"
    MESSAGE_SENT = "services.message.sent"  # side
    NOTE_WRITTEN = "services.note.written"
    RATED = "services.rating.given"  # moment, score
    PROPOSED = "services.result.proposed"  # document
    DRAFT_SENT = "services.result.draft_sent"  # confirmation, deadline_at: the citizen has the draft to read
    DRAFT_CONFIRMED = "services.result.draft_confirmed"  # confirmation
    DRAFT_LEFT_UNANSWERED = "services.result.draft_unanswered"  # confirmation: silence agrees
    DRAFT_OBJECTED_TO = "services.result.draft_objected_to"  # confirmation
    DRAFT_TAKEN_BACK = "services.result.draft_taken_back"  # confirmation
    CONFIRMATION_MOVED = "services.confirmation.moved"  # the confirmation itself: opened, or how it ended
    NUMBER_REQUESTED = "services.newborn.number_requested"  # entry of the register of births
    NUMBER_RECEIVED = "services.newborn.number_received"
    PROPOSAL_FAILED = "services.result.proposal_failed"  # code of the error
    RESULT_SENT_BACK = "services.result.sent_back"  # document, step
    RESULT_REVOKED = "services.result.revoked"  # document
    FORM_ORDERED = "services.form.ordered"  # form, dossier
    FORM_PRINTED = "services.form.printed"  # form, dossier, sha256: without a seal as yet
    FORM_SIGNED = "services.form.signed"  # form, dossier, sha256, certificate
    FORM_FAILED = "services.form.failed"  # form, dossier
    LOOKED_UP = "services.dossier.looked_up"
    LOOK_UP_REFUSED = "services.look_up.refused"
