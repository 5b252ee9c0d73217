"""Why a deed was not done. Each message says what happened, what was kept, and what to do next."""

from collections.abc import Sequence
from datetime import datetime

from django.utils.translation import gettext_lazy as _

from portal.ui.wording import moment


class ServicesError(Exception):
    message = _("This is not possible. Nothing was saved.")
    code = "refused"

    def __str__(self) -> str:
        return str(self.args[0] if self.args else self.message)


class NotAllowedError(ServicesError):
    message = _("Your post does not allow this here. Nothing was saved.")
    code = "not_allowed"


class WrongStateError(ServicesError):
    message = _(
        "The dossier has moved on meanwhile, so this step is no longer possible. Nothing was saved. "
        "Open the dossier again and look at where it stands."
    )
    code = "wrong_state"


class StaleError(ServicesError):
    message = _(
        "Somebody changed this dossier while you were looking at it. Nothing was overwritten; what you typed is still "
        "on this page. Look at the newer version before you decide."
    )
    code = "stale"


class ResultIssuedError(WrongStateError):
    message = _(
        "The result of this dossier has been issued already, so the dossier is not ended any more. "
        "Nothing was changed; the result can be collected, or the organ can be asked to revoke it."
    )
    code = "result_issued"


class ResultOnItsWayError(WrongStateError):
    message = _(
        "A result of this dossier is on its way to be signed and issued. Nothing was saved. "
        "Let whoever signs return the draft first, then try again."
    )
    code = "result_on_its_way"


class CitizenAskedError(WrongStateError):
    message = _(
        "The citizen has the draft of the result to confirm, so this step is not possible now. Nothing was saved. "
        "The work goes on by itself with the answer, or when the time for it has passed."
    )
    code = "citizen_asked"


class ConsultingError(ServicesError):
    message = _(
        "Other organs have not answered yet, so this step is not possible now. Nothing was saved. Wait for the "
        "answers, or take back the questions that are no longer needed."
    )
    code = "consulting"


class PartsOpenError(ServicesError):
    message = _(
        "This dossier joins several procedures, and some are still worked on. Nothing was saved. Each is stopped by "
        "the organ that decides on it; the whole ends when all of them have ended."
    )
    code = "parts_open"


class AskInPartError(PartsOpenError):
    message = _(
        "This dossier joins several procedures. Nothing was saved. What is missing is asked for in the part that needs "
        "it, by the organ that decides on it."
    )
    code = "ask_in_part"


class AskedTooManyError(ServicesError):
    message = _("Too many questions to other organs are open already. Nothing was saved. Wait for some answers first.")
    code = "asked_too_many"


class NoFileOfDossierError(ServicesError):
    message = _("Only papers of this dossier can be shared. Nothing was saved. Choose them from the list.")
    code = "no_file_of_dossier"


class NoMinutesError(ServicesError):
    message = _("A verification is answered with its minutes. Nothing was sent; what you typed is kept. Add the file.")
    code = "no_minutes"


class ExtensionTooLateError(WrongStateError):
    message = _(
        "The due moment has passed, so no later date can be set any more. Nothing was saved. "
        "The breach is listed; write the letter of apology that is prepared there."
    )
    code = "extension_too_late"


class ExtendedAlreadyError(WrongStateError):
    message = _(
        "A later date was set for this dossier already, and the law allows it once. Nothing was saved. "
        "Finish the dossier by the date that was promised."
    )
    code = "extended_already"


class NotLaterError(ServicesError):
    message = _(
        "The new date is no working day after the one that was promised, or lies too far ahead. Nothing was saved; "
        "what you typed is kept. Choose another day."
    )
    code = "not_later"


class NothingToCorrectError(WrongStateError):
    message = _(
        "There is no issued result that could be corrected, or it is being corrected already. Nothing was saved. "
        "Look at where the dossier stands."
    )
    code = "nothing_to_correct"


class OwnProposalError(ServicesError):
    message = _("You made this proposal yourself, so somebody else decides on it. Nothing was saved.")
    code = "own_proposal"


class RealMomentError(ServicesError):
    message = _(
        "This moment cannot be: it lies before the result or the step was there, after the click, or in the future. "
        "Nothing was saved; what you typed is kept. Compare it with your proof."
    )
    code = "impossible_moment"


class HeldByOtherError(ServicesError):
    message = _("Another officer is working on this step. Nothing was saved. Ask them, or let your head reassign it.")
    code = "held_by_other"


class NotTakenError(WrongStateError):
    message = _("Nobody has taken this step yet. Nothing was saved. Take it first, then do this again.")
    code = "not_taken"


class DeskStepError(WrongStateError):
    message = _(
        "The result is handed out by the desk, and nobody takes that step for themselves. Nothing was saved. It ends "
        "when the desk hands the result out."
    )
    code = "desk_step"


class NoReasonError(ServicesError):
    message = _("The law asks for a reason in writing and its legal ground. Nothing was saved. Write both.")
    code = "no_reason"


class NothingAskedError(ServicesError):
    message = _("A request lists everything that is missing, at least one thing. Nothing was saved.")
    code = "nothing_asked"


class AskedOftenEnoughError(ServicesError):
    message = _(
        "A supplement was asked for already, and the law allows one request. A second one needs its legal ground and "
        "the approval of the head. Nothing was saved."
    )
    code = "asked_often_enough"


class AnsweredByDataError(ServicesError):
    message = _("A register has answered this already. It may not be asked for again. Nothing was saved.")
    code = "answered_by_data"


class IncompleteError(ServicesError):
    message = _("Something is still missing. What you filled in is kept. The list shows what is needed.")
    code = "incomplete"


class NotCheckedError(ServicesError):
    message = _("Not every paper is checked and digitised yet. Nothing was saved. Finish the list of papers first.")
    code = "not_checked"


class NotOfferedError(ServicesError):
    message = _("This procedure can't be filed here. What you filled in is kept. Its page says where it is filed.")
    code = "not_offered"


class VersionEndedError(ServicesError):
    message = _(
        "The rules of this procedure have changed since you began. Your answers are kept; the list shows what must be "
        "answered again."
    )
    code = "version_ended"


class ExpiredError(ServicesError):
    message = _("This draft was kept for 30 days and has ended. Please begin again.")
    code = "expired"


class LevelTooLowError(ServicesError):
    message = _("This procedure needs an electronic identity of a higher level. Your answers are kept.")
    code = "level_too_low"


class NoMandateError(ServicesError):
    message = _(
        "You file for somebody else. What you filled in is kept. Say first what you were authorised for, and that it "
        "holds today."
    )
    code = "no_mandate"


class BadMandateError(ServicesError):
    message = _("The authorisation does not hold today. Nothing was saved. Correct its days, or let it be renewed.")
    code = "mandate_ended"


class NotConfirmedError(ServicesError):
    message = _("The citizen has not confirmed what was typed. Nothing was filed. Let them read and sign the summary.")
    code = "not_confirmed"


class AskedItselfError(ServicesError):
    message = _(
        "Your own unit is asked for a verification only. Choose that, or another organ. Nothing was sent; what you "
        "typed is kept."
    )
    code = "asked_itself"


class NoResultError(ServicesError):
    message = _("There is no issued result yet. Nothing was saved.")
    code = "no_result"


class NoSignerError(ServicesError):
    message = _("Whoever shall sign holds no such post here today. Nothing was saved. Choose another signer.")
    code = "no_signer"


class NotPublishableError(ServicesError):
    """`faults` name each place, for the person who writes the description."""

    message = _("The description of the procedure is not complete. Nothing was published.")

    def __init__(self, code: str, faults: Sequence[str]) -> None:
        self.code, self.faults = code, tuple(faults)
        super().__init__(code, *faults)

    def __str__(self) -> str:
        return " ".join([str(self.message), f"{self.code}:", "; ".join(self.faults)])


class OutOfOrderError(ServicesError):
    message = _("A version already begins on this day or later. Choose a later first day. Nothing was published.")


class EndedError(ServicesError):
    message = _("This version has an end already, or would end before it begins. Nothing was saved.")


class UnknownReceiptError(ServicesError):
    message = _("Code and PIN do not belong together. Compare both with the receipt and try again.")
    code = "unknown_receipt"


class LookUpLockedError(ServicesError):
    message = _("Too many wrong attempts with this code. You can try again at %(moment)s, or ask at the desk.")
    code = "look_up_locked"

    def __init__(self, until: datetime) -> None:
        super().__init__()
        self.until = until

    def __str__(self) -> str:
        return str(self.message) % {"moment": moment(self.until)}


class DeskClosedError(ServicesError):
    message = _("The desk is closed now, so no number was drawn. Its hours of reception stand on the page of the desk.")
    code = "desk_closed"


class NumbersUsedUpError(ServicesError):
    message = _("All numbers of today have been drawn. Nothing was drawn. Please ask at the desk, or come tomorrow.")
    code = "numbers_used_up"


class WrongTicketError(ServicesError):
    message = _("This number can't be called here any more. Nothing was changed. Look at the list of numbers again.")
    code = "wrong_ticket"


class BadBlockError(ServicesError):
    message = _(
        "Between 1 and 200 codes can be set aside, for today or one of the next seven days. Nothing was set aside."
    )
    code = "bad_block"


class NumberTakenError(ServicesError):
    message = _(
        "This code on paper is not free for this dossier: it was used, made void, or belongs to another organ. "
        "Nothing was saved. Look at the list of codes again."
    )
    code = "number_taken"


class WrongMomentError(ServicesError):
    message = _(
        "The moment of receipt must lie on the day that is part of the code, and not in the future. Nothing was "
        "saved; what you typed is kept here."
    )
    code = "wrong_moment"


class NoNameError(ServicesError):
    message = _("Give the filter a name. Nothing was saved.")
    code = "no_name"


class TooManyFiltersError(ServicesError):
    message = _("There are 50 saved filters already. Nothing was saved. Remove one that is not used any more.")
    code = "too_many_filters"


class NoPurposeError(ServicesError):
    message = _(
        "The list names people, so it needs a purpose. Nothing left the portal. "
        "Write what it is needed for, or leave out the columns that name people."
    )
    code = "no_purpose"


class CannotWorkError(ServicesError):
    message = _("The officer's post does not let them work on this step. Nothing was changed. Choose another officer.")
    code = "cannot_work"


class BadBatchError(ServicesError):
    message = _("Choose at least one dossier and at most 5,000, and say what is asked. Nothing was ordered.")
    code = "bad_batch"


class NothingToPrintError(ServicesError):
    message = _("None of the chosen papers has been made for this dossier. Choose others, or make them first.")
    code = "nothing_to_print"


class TooManyToPrintError(ServicesError):
    message = _(
        "One file holds the papers of fewer dossiers than were chosen. Nothing was ordered. Narrow the filter, or tick "
        "fewer of them."
    )
    code = "too_many_to_print"


class BadCoverDaysError(ServicesError):
    message = _(
        "The days do not fit: the last day lies before the first or in the past, is more than a year away, or one of "
        "the two does not hold the post in all of them. Nothing was saved. Change the days."
    )
    code = "bad_cover_days"


class AlreadyCoveredError(ServicesError):
    message = _("Somebody acts for this officer in some of these days already. Nothing was saved. End that first.")
    code = "already_covered"


class TooLateToUndoError(ServicesError):
    message = _("This can't be taken back any more. Nothing was changed. Hand the steps over anew.")
    code = "too_late_to_undo"
