"""What an officer finds on "việc của tôi" before any work: who they are here, for whom they stand in, and the day."""

from collections.abc import Iterable
from datetime import date, datetime
from itertools import islice

from django.http import HttpRequest
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from portal.accounts.models import User
from portal.calendar import wording as calendar_words
from portal.calendar.ahead import Stretch, unusual_days
from portal.calendar.working import Calendar, Why
from portal.ui.wording import day
from portal.ui.work import Contribution, Panel, Row
from staff.models import Assignment, AssignmentKind, Delegation, Person
from staff.moved import moved_panel
from staff.states import Term
from units.models import UnitVersion
from units.queries import versions_at

MOST = 10  # assignments, delegations
DAYS_OFF = 3


def contribution(request: HttpRequest) -> Contribution:
    """For `portal.ui.work.register`. Citizens have no post, so nothing is said to them."""
    user = request.user
    if not isinstance(user, User) or not user.is_officer:
        return Contribution()
    now = timezone.localtime()
    today = now.date()
    rows = Assignment.objects.of(user).select_related("post").order_by("-valid", "id")[:MOST]
    assignments = [row for row in rows if row.term(today) is not Term.ENDED]
    units = versions_at([row.unit_id for row in assignments], today)
    panels = [_posts(assignments, units, today), _delegations(user, today)]
    if news := moved_panel(assignments, units, today):
        panels.insert(0, news)
    if unit := units.get(main_unit(assignments, today) or 0):
        panels.append(_day(unit, now))
    person = Person.objects.filter(user=user).only("name").first()  # the database shows each their own row
    return Contribution(person=person.name if person else "", panels=panels)


def main_unit(assignments: Iterable[Assignment], on: date) -> int | None:
    """Where the officer works on the day: the main assignment's unit, else that of any other."""
    alive = [row for row in assignments if row.term(on) is Term.CURRENT]
    alive.sort(key=lambda row: (row.kind != AssignmentKind.MAIN, row.pk))
    return alive[0].unit_id if alive else None


def _posts(assignments: list[Assignment], units: dict[int, UnitVersion], on: date) -> Panel:
    rows = []
    for row in assignments:
        unit = units.get(row.unit_id)
        rows.append(
            Row(
                key=row.post.name,
                value=unit.full_name if unit else "",
                link=reverse("units:card", kwargs={"pk": row.unit_id}) if unit else "",
                source=f"{row.get_kind_display()} · {_span(row)}",
                tag=_("takes effect soon") if row.term(on) is Term.COMING else "",
                lang="vi",
            )
        )
    nothing = _("No post of yours is in force today. Please turn to the staff office of your agency.")
    return Panel(_("Your post"), rows, nothing="" if rows else nothing)


def _delegations(user: User, on: date) -> Panel:
    given, taken = Delegation.objects.filter(giver__user=user), Delegation.objects.to(user)
    found = (given | taken).select_related("giver__post", "taker__post").order_by("-valid", "id")[:MOST]
    rows = []
    for row in found:
        term = row.term(on)
        if term is Term.ENDED:
            continue
        is_taken = row.taker.user_id == user.pk
        words = _("Given to you by: %(post)s") if is_taken else _("Given by you to: %(post)s")
        decision = {"number": row.decision_no, "day": day(row.decision_on)}
        rows.append(
            Row(
                key=words % {"post": (row.giver if is_taken else row.taker).post.name},
                value=_span(row),
                source=_("Decision %(number)s of %(day)s") % decision,
                tag=_("takes effect soon") if term is Term.COMING else "",
            )
        )
    nothing = "" if rows else _("No delegation to you or by you is in force or to come.")
    return Panel(_("Delegations"), rows, nothing=nothing, url=reverse("staff:own-rights"), action=_("My rights"))


def _span(row: Assignment | Delegation) -> str:
    since = _("from %(day)s") % {"day": day(row.first_day)}
    return since + (" " + _("until before %(day)s") % {"day": day(row.until)} if row.until else "")


def _day(unit: UnitVersion, now: datetime) -> Panel:
    """Today's hours at the officer's unit, and what is not as usual soon."""
    today = now.date()
    above = [int(step) for step in reversed(unit.path.split(".")[:-1])]
    calendar = Calendar.load(unit.unit_id, first=today, last=date(today.year + 1, 12, 31), above=above)
    this_day = calendar.day(today)
    hours = calendar_words.hours(calendar.reception(today)) or _reason(this_day.why)
    named = Row(key=_("Today"), value=this_day.name, lang="vi")
    rows = [
        Row(key=_("Office hours today"), value=hours, source=_state(calendar, now)),
        *([named] if named.value else []),
    ]
    rows += [_coming(stretch) for stretch in islice(unusual_days(calendar, today), DAYS_OFF)]
    title = _("Today, %(day)s") % {"day": calendar_words.day(today)}
    return Panel(title, rows, beside=True, url=reverse("calendar:year"), action=_("Working calendar"))


def _coming(stretch: Stretch) -> Row:
    """By its name, which is Vietnamese in every language."""
    if not stretch.name:
        return Row(key=_short(stretch), value=_reason(stretch.why))
    return Row(key=_short(stretch), value=stretch.name, source=_reason(stretch.why), lang="vi")


def _reason(why: Why) -> str:
    text = calendar_words.reason(why)
    return text[:1].upper() + text[1:]


def _state(calendar: Calendar, now: datetime) -> str:
    """Whether the office is open at this moment, and until or from when."""
    local = calendar.local(now)
    sessions = calendar.reception(local.date())
    for session in sessions:
        if local.time() < session.opens:
            return _("Opens at %(clock)s") % {"clock": calendar_words.clock(session.opens)}
        if local.time() < session.closes:
            return _("Open now, until %(clock)s") % {"clock": calendar_words.clock(session.closes)}
    following = {"day": calendar_words.day(calendar.next_working_day(local.date()))}
    return (
        _("Closed now. Next working day: %(day)s") % following
        if sessions
        else _("Next working day: %(day)s") % following
    )


def _short(stretch: Stretch) -> str:
    if stretch.first == stretch.last:
        return calendar_words.numbers(stretch.first)
    days = {"first": calendar_words.numbers(stretch.first), "last": calendar_words.numbers(stretch.last)}
    return _("%(first)s to %(last)s") % days
