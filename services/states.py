"""The life of a dossier: states, deeds, and one table of who may take which step. Pure data.

Codes are those of the national exchange (TrangThaiHoSo); what stands under a state as `Stage` has no code of its own.
"""

from dataclasses import dataclass
from enum import StrEnum

from services.events import Fact


class State(StrEnum):
    SUBMITTED = "submitted"
    ACCEPTED = "accepted"
    REFUSED = "refused"
    PROCESSING = "processing"
    SUPPLEMENT = "supplement"
    PAYMENT = "payment"
    WITHDRAWN = "withdrawn"
    STOPPED = "stopped"
    DECIDED = "decided"
    RETURNED = "returned"


# UNVERIFIED for 1, 2, 4 and 6; what is sent to others is mapped by the exchange, by date.
NATIONAL_CODES: dict[State, int] = {
    State.SUBMITTED: 1,
    State.ACCEPTED: 2,
    State.REFUSED: 3,
    State.PROCESSING: 4,
    State.SUPPLEMENT: 5,
    State.PAYMENT: 6,
    State.WITHDRAWN: 7,
    State.STOPPED: 8,
    State.DECIDED: 9,
    State.RETURNED: 10,
}
EXTENDABLE = frozenset({State.ACCEPTED, State.PROCESSING, State.PAYMENT})  # while the clock runs
CLOSED = frozenset({State.REFUSED, State.WITHDRAWN, State.STOPPED, State.RETURNED})
OPEN = frozenset(State) - CLOSED


class Stage(StrEnum):
    """Where a dossier stands inside its state; empty when there is no more to say."""

    NONE = ""
    RECEPTION = "reception"  # supplement asked before acceptance
    CONSULTING = "consulting"
    AWAITING_CITIZEN = "awaiting_citizen"
    AWAITING_PERSONAL_NUMBER = "awaiting_personal_number"
    AWAITING_SIGNATURE = "awaiting_signature"
    AWAITING_NUMBER = "awaiting_number"
    READY_FOR_PICKUP = "ready_for_pickup"
    IN_POST = "in_post"
    CORRECTING = "correcting"
    NOT_COMPLETED = "not_completed"  # stopped, because nothing was supplemented in time


# A result that was issued and is wrong: the way to the corrected one. NĐ 118/2025 Đ.23.1
UNDER_CORRECTION = frozenset(
    {
        Stage.CORRECTING,
        Stage.AWAITING_CITIZEN,
        Stage.AWAITING_PERSONAL_NUMBER,
        Stage.AWAITING_SIGNATURE,
        Stage.AWAITING_NUMBER,
    }
)


def is_worked_on(state: State, stage: Stage) -> bool:
    """Whether steps towards a result are open: the first time, or to correct one."""
    return state is State.PROCESSING or (state is State.DECIDED and stage in UNDER_CORRECTION)


def at_rest(state: State) -> Stage:
    """The stage of a dossier that somebody works on and that waits for nobody else."""
    return Stage.CORRECTING if state is State.DECIDED else Stage.NONE


class Capability(StrEnum):
    VIEW = "services.dossier.view"
    FILE_FOR_CITIZEN = "services.dossier.file"
    RECEIVE = "services.dossier.receive"
    PROCESS = "services.dossier.process"
    ASSIGN = "services.dossier.assign"
    APPROVE = "services.dossier.approve"
    RETURN = "services.dossier.return"
    STOP = "services.dossier.stop"
    TAKE_PAYMENT = "services.payment.take"
    OVERSEE_PAYMENTS = "services.payment.oversee"
    APPROVE_REFUND = "services.refund.approve"
    KEEP_ACCOUNT = "services.account.keep"
    PROCEDURE_PUBLISH = "services.procedure.publish"
    EXCEED_SUPPLEMENTS = "services.supplement.exceed"
    PETITION_FILE = "services.petition.file"
    PETITION_HANDLE = "services.petition.handle"
    PETITION_LEAD = "services.petition.lead"
    RATING_ANSWER = "services.rating.answer"
    RECORDS_KEEP = "services.records.keep"


class Side(StrEnum):
    """Who takes the step."""

    CITIZEN = "citizen"  # the owner or filer of the dossier
    DESK = "desk"  # with `Capability.RECEIVE` at the unit that answers for it now
    HANDLER = "handler"  # who holds the open work item at the competent unit
    HEAD = "head"  # with `Capability.APPROVE` at the competent unit
    RETURNING = "returning"  # with `Capability.RETURN` at the returning unit
    SYSTEM = "system"


class Action(StrEnum):
    SUBMIT = "submit"
    ACCEPT = "accept"
    ASK_SUPPLEMENT_AT_RECEPTION = "ask_supplement_at_reception"
    COMPLETE_RECEPTION_SUPPLEMENT = "complete_reception_supplement"
    REFUSE = "refuse"
    REROUTE = "reroute"
    START = "start"
    ASK_SUPPLEMENT = "ask_supplement"
    COMPLETE_SUPPLEMENT = "complete_supplement"
    EXPIRE = "expire"
    ASK_PAYMENT = "ask_payment"
    GO_ON_PAID = "go_on_paid"
    DECIDE = "decide"
    RETURN = "return"
    WITHDRAW = "withdraw"
    STOP = "stop"
    CORRECT = "correct"
    REISSUE = "reissue"


@dataclass(frozen=True, slots=True)
class Transition:
    """`sources` empty: the dossier is born. A target of None keeps the state."""

    sources: frozenset[State]
    target: State | None
    side: Side
    fact: Fact


def _from(*sources: State) -> frozenset[State]:
    return frozenset(sources)


S, F = State, Fact
RUNNING = (S.ACCEPTED, S.PROCESSING, S.SUPPLEMENT, S.PAYMENT)
# NĐ 118/2025 Đ.16-23; everything that is not listed is refused.
TRANSITIONS: dict[Action, Transition] = {
    Action.SUBMIT: Transition(_from(), S.SUBMITTED, Side.CITIZEN, F.SUBMITTED),
    Action.ACCEPT: Transition(_from(S.SUBMITTED), S.ACCEPTED, Side.DESK, F.ACCEPTED),  # Đ.17.3
    Action.ASK_SUPPLEMENT_AT_RECEPTION: Transition(
        _from(S.SUBMITTED), S.SUPPLEMENT, Side.DESK, F.SUPPLEMENT_ASKED
    ),  # Đ.16.3, 17.2a
    Action.COMPLETE_RECEPTION_SUPPLEMENT: Transition(_from(S.SUPPLEMENT), S.SUBMITTED, Side.CITIZEN, F.SUPPLEMENTED),
    Action.REFUSE: Transition(_from(S.SUBMITTED), S.REFUSED, Side.DESK, F.REFUSED),  # Đ.17.1c
    Action.REROUTE: Transition(_from(S.SUBMITTED), None, Side.DESK, F.REROUTED),  # Đ.17.2a
    Action.START: Transition(_from(S.ACCEPTED), S.PROCESSING, Side.SYSTEM, F.STARTED),  # Đ.18.2
    Action.ASK_SUPPLEMENT: Transition(_from(S.PROCESSING), S.SUPPLEMENT, Side.HANDLER, F.SUPPLEMENT_ASKED),  # Đ.19.5
    Action.COMPLETE_SUPPLEMENT: Transition(_from(S.SUPPLEMENT), S.PROCESSING, Side.CITIZEN, F.SUPPLEMENTED),
    Action.EXPIRE: Transition(_from(S.SUPPLEMENT), S.STOPPED, Side.SYSTEM, F.EXPIRED),  # Đ.19.5
    Action.ASK_PAYMENT: Transition(_from(S.PROCESSING), S.PAYMENT, Side.HANDLER, F.PAYMENT_ASKED),
    Action.GO_ON_PAID: Transition(_from(S.PAYMENT), S.PROCESSING, Side.SYSTEM, F.PAYMENT_DONE),
    Action.DECIDE: Transition(_from(S.PROCESSING), S.DECIDED, Side.SYSTEM, F.DECIDED),  # Đ.22.1
    Action.RETURN: Transition(_from(S.DECIDED), S.RETURNED, Side.RETURNING, F.RETURNED),  # Đ.22.3
    Action.WITHDRAW: Transition(_from(S.SUBMITTED, *RUNNING), S.WITHDRAWN, Side.CITIZEN, F.WITHDRAWN),  # Đ.21.1
    Action.STOP: Transition(_from(S.SUBMITTED, *RUNNING), S.STOPPED, Side.HANDLER, F.STOPPED),  # Đ.21.3
    Action.CORRECT: Transition(_from(S.DECIDED, S.RETURNED), S.DECIDED, Side.HEAD, F.CORRECTION_BEGUN),  # Đ.23.1
    Action.REISSUE: Transition(_from(S.DECIDED), None, Side.SYSTEM, F.CORRECTED),  # Đ.23.1
}


class ItemState(StrEnum):
    WAITING = "waiting"  # its turn has not come
    OPEN = "open"
    DONE = "done"
    RETURNED = "returned"  # sent back to an earlier step
    CANCELLED = "cancelled"  # the dossier ended before


class RequestState(StrEnum):
    OPEN = "open"
    COMPLETE = "complete"
    EXPIRED = "expired"
    CANCELLED = "cancelled"


class ConfirmationState(StrEnum):
    """What became of the draft of a result that its citizen was asked about."""

    OPEN = "open"
    CONFIRMED = "confirmed"
    SILENT = "silent"  # no answer in time, which agrees
    OBJECTED = "objected"
    CANCELLED = "cancelled"  # taken back, or the dossier ended before


class ConsultationState(StrEnum):
    """Where a question to another unit stands. NĐ 118/2025 Đ.19.4"""

    WAITING = "waiting"  # in a chain on paper: its turn has not come. Đ.20.2a
    OPEN = "open"
    ANSWERED = "answered"
    REVOKED = "revoked"  # taken back, or the dossier ended before


class ConsultationAction(StrEnum):
    PLAN = "plan"
    ASK = "ask"
    ANSWER = "answer"
    REVOKE = "revoke"


@dataclass(frozen=True, slots=True)
class ConsultationTransition:
    """An empty source is the birth."""

    sources: frozenset[str]
    target: ConsultationState
    fact: Fact


PENDING = frozenset({ConsultationState.WAITING, ConsultationState.OPEN})
CONSULTATION_TRANSITIONS: dict[ConsultationAction, ConsultationTransition] = {
    ConsultationAction.PLAN: ConsultationTransition(frozenset({""}), ConsultationState.WAITING, F.CONSULTATION_PLANNED),
    ConsultationAction.ASK: ConsultationTransition(
        frozenset({"", ConsultationState.WAITING}), ConsultationState.OPEN, F.CONSULTATION_OPENED
    ),
    ConsultationAction.ANSWER: ConsultationTransition(
        frozenset({ConsultationState.OPEN}), ConsultationState.ANSWERED, F.CONSULTATION_ANSWERED
    ),
    ConsultationAction.REVOKE: ConsultationTransition(
        frozenset(PENDING), ConsultationState.REVOKED, F.CONSULTATION_REVOKED
    ),
}


class ExtensionState(StrEnum):
    """A new due moment, proposed by whoever works on the dossier, decided by the head. NĐ 118/2025 Đ.19.6"""

    ASKED = "asked"
    APPROVED = "approved"
    DECLINED = "declined"
    LAPSED = "lapsed"  # nobody decided before the due moment, or the dossier went on without it


class ClaimState(StrEnum):
    """A real moment that an officer entered beside the click."""

    CLAIMED = "claimed"
    CONFIRMED = "confirmed"  # lateness counts by it
    REFUSED = "refused"


class CorrectionState(StrEnum):
    """NĐ 118/2025 Đ.23.1"""

    ASKED = "asked"
    BEGUN = "begun"  # the wrong result is revoked
    DECLINED = "declined"  # nothing was wrong
    DONE = "done"


class PostalState(StrEnum):
    """Where the result of a dossier stands that goes by post."""

    PREPARED = "prepared"  # in its envelope, on a slip
    SENT = "sent"  # the carrier has it
    DELIVERED = "delivered"
    CAME_BACK = "came_back"  # it lies at the desk
    TAKEN_OFF = "taken_off"  # of its slip, before it went


POSTAL_OPEN = frozenset({PostalState.PREPARED, PostalState.SENT})


class FoundBy(StrEnum):
    CITIZEN = "citizen"
    OFFICE = "office"


AGREED = frozenset({ConfirmationState.CONFIRMED, ConfirmationState.SILENT})


class FormState(StrEnum):
    """What stands of a printed form: ordered by a deed, made and sealed by a worker."""

    ORDERED = "ordered"
    UNSIGNED = "unsigned"  # readable already, its seal is still tried for
    SIGNED = "signed"
    FAILED = "failed"  # its data cannot be laid out


class FormAction(StrEnum):
    ORDER = "order"
    KEEP = "keep"
    SIGN = "sign"
    GIVE_UP = "give_up"


@dataclass(frozen=True, slots=True)
class FormTransition:
    """`sources` empty: the form is born."""

    sources: frozenset[FormState]
    target: FormState
    fact: Fact


FORM_TRANSITIONS: dict[FormAction, FormTransition] = {
    FormAction.ORDER: FormTransition(frozenset(), FormState.ORDERED, F.FORM_ORDERED),
    FormAction.KEEP: FormTransition(frozenset({FormState.ORDERED}), FormState.UNSIGNED, F.FORM_PRINTED),
    FormAction.SIGN: FormTransition(
        frozenset({FormState.ORDERED, FormState.UNSIGNED}), FormState.SIGNED, F.FORM_SIGNED
    ),
    FormAction.GIVE_UP: FormTransition(frozenset({FormState.ORDERED}), FormState.FAILED, F.FORM_FAILED),
}


class BatchDeed(StrEnum):
    """What can be done to many dossiers with one confirmation."""

    ASSIGN = "assign"
    TAKE = "take"
    ACCEPT = "accept"
    FINISH = "finish"
    HAND_OUT = "hand_out"
    PRINT = "print"
    UNDO = "undo"  # the way back of an assignment


class BatchItemState(StrEnum):
    WAITING = "waiting"
    DONE = "done"
    FAILED = "failed"
    CANCELLED = "cancelled"
