"""The deeds of this app."""

from units.operations.acts import Change, confirm_effective_day, enter_act
from units.operations.checking import check_table, kind_of_rows, lines_of
from units.operations.deciding import schedule_act, sign_act, withdraw_act
from units.operations.drafting import draft_act, revise_act
from units.operations.effect import Ran, run_due_acts, settle, take_effect
from units.operations.errors import (
    ActError,
    BadHead,
    Blocked,
    BuiltUpon,
    CheckFailed,
    CorrectedOtherwise,
    DoesNotFit,
    NotAllowed,
    NotAsSeen,
    OpenWork,
    OtherCountry,
    OtherDay,
    Outdated,
    SamePerson,
    StandsThere,
    TooEarly,
    TooLate,
    WaitsFor,
    WrongState,
)
from units.operations.gathering import gather
from units.operations.heads import Head, check_head
from units.operations.loading import Loaded, load, load_country
from units.operations.naming import name_file
from units.operations.pasting import Line, Read
from units.operations.proving import Proven, prove
from units.operations.retypes import change_of
from units.operations.rows import BadRows, Result, RowProblem, Source
from units.operations.simulating import Difference, compare, simulate
from units.operations.standstill import begin_work_at, stop_new_work
from units.operations.undecided import decide_item
from units.operations.writing import reorganisation_of

__all__ = [
    "ActError",
    "BadHead",
    "BadRows",
    "Blocked",
    "BuiltUpon",
    "Change",
    "CheckFailed",
    "CorrectedOtherwise",
    "Difference",
    "DoesNotFit",
    "Head",
    "Line",
    "Loaded",
    "NotAllowed",
    "NotAsSeen",
    "OpenWork",
    "OtherCountry",
    "OtherDay",
    "Outdated",
    "Proven",
    "Ran",
    "Read",
    "Result",
    "RowProblem",
    "SamePerson",
    "Source",
    "StandsThere",
    "TooEarly",
    "TooLate",
    "WaitsFor",
    "WrongState",
    "begin_work_at",
    "change_of",
    "check_head",
    "check_table",
    "compare",
    "confirm_effective_day",
    "decide_item",
    "draft_act",
    "enter_act",
    "gather",
    "kind_of_rows",
    "lines_of",
    "load",
    "load_country",
    "name_file",
    "prove",
    "reorganisation_of",
    "revise_act",
    "run_due_acts",
    "schedule_act",
    "settle",
    "sign_act",
    "simulate",
    "stop_new_work",
    "take_effect",
    "withdraw_act",
]
