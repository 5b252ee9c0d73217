"""The engine of declaration forms (tờ khai): what a procedure asks, as data, and everything that follows from it.

Pure: answers in, verdicts out; `World` brings the day, what registers know, and the units. Pages, REST and the deeds of
dossiers use the same functions. `docs/catalogue.md` tells how a form is written.
"""

from services.declarations.checking import Fault, Judged, check_page, check_row, check_whole, judge
from services.declarations.definition import Definition, Kind, Page, Question, read
from services.declarations.linting import faults_of_form
from services.declarations.migrating import Migrated, migrate_answers
from services.declarations.reviewing import Section, review
from services.declarations.schema import published_schema
from services.declarations.walking import Asked, Step, Walk, walk
from services.declarations.words import Words
from services.declarations.world import Known, Sourced, Units, World

__all__ = [
    "Asked",
    "Definition",
    "Fault",
    "Judged",
    "Kind",
    "Known",
    "Migrated",
    "Page",
    "Question",
    "Section",
    "Sourced",
    "Step",
    "Units",
    "Walk",
    "Words",
    "World",
    "check_page",
    "check_row",
    "check_whole",
    "faults_of_form",
    "judge",
    "migrate_answers",
    "published_schema",
    "read",
    "review",
    "walk",
]
