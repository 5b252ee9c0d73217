"""Codes on paper: the blocks of the desks of an officer, and which of their numbers are still free."""

from collections.abc import Iterable
from datetime import date

from django.db.models import Count, Q, QuerySet

from services.models import PaperBlock, PaperNumber
from services.paper_numbers import NumberState


def blocks_of(unit_ids: list[int]) -> QuerySet[PaperBlock]:
    """Newest day first, with `free`, `used` and `void`."""
    counted = {state.value: Count("numbers", filter=Q(numbers__state=state.value)) for state in NumberState}
    return PaperBlock.objects.filter(unit__in=unit_ids).annotate(**counted).order_by("-day", "-taken_at", "id")


def numbers_of(block: PaperBlock) -> QuerySet[PaperNumber]:
    return PaperNumber.objects.filter(block=block).select_related("dossier").order_by("code", "id")


def left_behind(unit_ids: list[int], today: date) -> int:
    """How many of earlier days are neither used nor void: somebody may hold one."""
    earlier = PaperNumber.objects.filter(block__unit__in=unit_ids, block__day__lt=today)
    return earlier.filter(state=NumberState.FREE.value).count()


def free_numbers(unit_ids: Iterable[int], until: date) -> QuerySet[PaperNumber]:
    """Those that may have been given out on paper by that day."""
    free = PaperNumber.objects.filter(
        block__unit__in=sorted(set(unit_ids)), block__day__lte=until, state=NumberState.FREE.value
    )
    return free.select_related("block").order_by("block__day", "code", "id")
