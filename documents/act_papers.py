"""What the page of an act says about its file and about the report on what it did."""

from collections.abc import Iterator

from django.urls import reverse
from django.utils.translation import gettext as _

from documents.queries.act_files import file_of_act
from documents.states import FileState
from units.models import ReorgEvent
from units.papers import Paper
from units.policies import Asker


def papers(act: ReorgEvent, user: Asker) -> Iterator[Paper]:
    yield _file(act)


def _file(act: ReorgEvent) -> Paper:
    key, link = _("File of the resolution"), reverse("documents:act-file", args=[act.pk])
    file = file_of_act(act)
    if file is None:
        value = _("only its digest is known") if act.file_sha256 else _("not sent yet")
        return Paper(key, value, link)
    tags = {
        FileState.QUARANTINE.value: _("is being scanned"),
        FileState.REFUSED.value: _("a virus was found"),
    }
    return Paper(key, file.name, link, tag=tags.get(file.state, ""))
