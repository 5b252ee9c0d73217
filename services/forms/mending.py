"""An answer that an officer mends while a result is corrected: the form's own field, and why."""

from collections.abc import Mapping
from typing import Any

from django.utils.translation import gettext_lazy as _

from services.declarations import Definition, World
from services.forms.lateness import words
from services.forms.supplementing import AnswerItemForm
from services.models.mendings import REASON_LENGTH
from services.pointers import Spot


class MendForm(AnswerItemForm):
    def __init__(
        self, data: Any, *, spot: Spot, definition: Definition, answers: Mapping[str, Any], world: World
    ) -> None:
        super().__init__(data, prefix="sua", spot=spot, definition=definition, answers=answers, world=world)
        self.fields["reason"] = words(
            _("Why it is mended"),
            _("Write why it is mended"),
            longest=REASON_LENGTH,
            help_text=_("For example: the birth notice says so. Both answers and the reason stay with the correction."),
            rows=2,
        )
