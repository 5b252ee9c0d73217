"""Questions about units on a day. Pure reads; errors are in `errors` and derive from LookupError."""

from units.country import data_from
from units.kinds import full_name
from units.queries.ended import Ended, ended
from units.queries.errors import AmbiguousCode, BadText, BeforeData, NobodyBore, Unanswerable, UnknownUnit
from units.queries.history import Party, Step, history
from units.queries.search import TEXT_LIMIT, Candidates, Found, Name, names_borne, resolve_old_address, search
from units.queries.succession import (
    Successor,
    predecessors,
    predecessors_of_many,
    sources,
    successors,
    successors_of_many,
)
from units.queries.taken_over import above_now, below_ever, keepers, taken_over, taken_over_by
from units.queries.tree import (
    ancestors,
    bearer,
    children,
    codes_at,
    last_day_borne,
    root,
    subtree,
    version_at,
    versions_at,
)

__all__ = [
    "TEXT_LIMIT",
    "AmbiguousCode",
    "BadText",
    "BeforeData",
    "Candidates",
    "Ended",
    "Found",
    "Name",
    "NobodyBore",
    "Party",
    "Step",
    "Successor",
    "Unanswerable",
    "UnknownUnit",
    "above_now",
    "ancestors",
    "bearer",
    "below_ever",
    "children",
    "codes_at",
    "data_from",
    "ended",
    "full_name",
    "history",
    "keepers",
    "last_day_borne",
    "names_borne",
    "predecessors",
    "predecessors_of_many",
    "resolve_old_address",
    "root",
    "search",
    "sources",
    "subtree",
    "successors",
    "successors_of_many",
    "taken_over",
    "taken_over_by",
    "version_at",
    "versions_at",
]
