"""Whose work a rating is about."""

from services.kinds import StepRole
from services.models import Moment, Rating, WorkItem
from services.petition_rules import items_of


def bind(rating: Rating) -> None:
    """To the step that was rated and its officer: who received it, or who worked on the result. Unknown items go."""
    dossier, on_result = rating.dossier, rating.moment == Moment.RESULT
    role = StepRole.SPECIALIST if on_result else StepRole.RECEPTION
    steps = WorkItem.objects.filter(dossier=dossier, role=role, officer__isnull=False)
    rating.step = steps.order_by("-number", "id").first()
    rating.officer_id = rating.step.officer_id if rating.step else None if on_result else dossier.assisted_by_id
    known = {item.key for item in items_of(rating.moment)}
    rating.items = {key: value for key, value in rating.items.items() if key in known and 1 <= value <= 5}
