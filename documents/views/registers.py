"""Register books for those whose post may see them, and the clerk's deeds in them."""

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_http_methods

from documents.catalogue import series_name
from documents.models import RegisterBook, RegisterEntry
from documents.operations.registers import add_remark, close_book, register_incoming, void_entry
from documents.policies import Capability, may
from documents.queries.registers import books_of, entries_of, remarks_in_order, remarks_of, units_to_view, years_of
from documents.registers import errors
from documents.registers.columns import FORMS_OF, KIND_NAMES, Line, note
from documents.registers.forms import COLUMN_WORDS, BookFilter, EntryFilter, IncomingForm, RemarkForm, VoidForm
from documents.registers.printing import volumes
from documents.registers.states import BookKind, BookState, Column
from documents.views.access import clerk_of, officer_of, visible_book, visible_entry
from portal.accounts.models import User
from staff.policies import today
from units.queries import version_at, versions_at

SIZE = 50
MOST_VOLUMES = 40
MOST_UNITS = 20  # with a link to their rules


@never_cache
@require_GET
def register_books(request: HttpRequest) -> HttpResponse:
    """The books of the units whose registers one may see."""
    user = officer_of(request)
    on = today()
    units = units_to_view(user, on)
    form = BookFilter(request.GET or None, years_of(units))
    books = books_of(units)
    if form.is_valid():
        if form.cleaned_data["nam"]:
            books = books.filter(year=form.cleaned_data["nam"])
        if form.cleaned_data["loai"]:
            books = books.filter(kind=form.cleaned_data["loai"])
    page = Paginator(books.order_by("-year", "kind", "series", "id"), SIZE).get_page(request.GET.get("page"))
    names = versions_at([book.unit_id for book in page], on)
    rows = [(book, name_of(book), series_of(book), names.get(book.unit_id)) for book in page]
    units_seen = list(versions_at(units, on).values())
    entering = [unit for unit in units_seen if may(user, Capability.REGISTER_ENTER, unit.unit_id)]
    context = {"form": form, "rows": rows, "page_obj": page, "entering": entering, "units": units_seen[:MOST_UNITS]}
    return render(request, "documents/register_books.html", context, status=400 if form.errors else 200)


@never_cache
@require_GET
def register_book(request: HttpRequest, pk: int) -> HttpResponse:
    user = officer_of(request)
    book = visible_book(user, pk)
    form = EntryFilter(request.GET or None)
    entries = entries_of(book, **form.chosen()) if form.is_valid() else entries_of(book)
    page = Paginator(entries.order_by("-number", "-id"), SIZE).get_page(request.GET.get("page"))
    remarks = remarks_of(page.object_list)
    lines = [Line(entry, remarks.get(entry.pk, {})) for entry in page.object_list]
    context = {
        "book": book,
        "name": name_of(book),
        "series": series_of(book),
        "form": form,
        "rows": [(line.entry, note(line)) for line in lines],
        "page_obj": page,
        "is_incoming": book.kind == BookKind.INCOMING,
        "is_open": book.state == BookState.OPEN,
        "may_close": may(user, Capability.REGISTER_CLOSE, book.unit_id) and book.state == BookState.OPEN,
        "may_enter": may(user, Capability.REGISTER_ENTER, book.unit_id) and book.kind == BookKind.INCOMING,
        "prints": FORMS_OF[BookKind(book.kind)],
        "volumes": range(1, min(volumes(book), MOST_VOLUMES) + 1),
    }
    return render(request, "documents/register_book.html", context, status=400 if form.errors else 200)


@never_cache
@require_http_methods(["GET", "POST"])
def register_close(request: HttpRequest, pk: int) -> HttpResponse:
    user = officer_of(request)
    book = visible_book(user, pk)
    clerk_of(user, Capability.REGISTER_CLOSE, book.unit_id)
    problem, status = "", 200
    if request.method == "POST":
        try:
            close_book(book=book, actor=user, now=timezone.now())
        except errors.RegisterError as refusal:
            problem, status = str(refusal), 409
        else:
            messages.success(request, _("The book is closed. Print it, have it signed and bind it."))
            return redirect("documents:register-book", book.pk)
    context = {"book": book, "name": name_of(book), "series": series_of(book), "problem": problem}
    return render(request, "documents/register_close.html", context, status=status)


@never_cache
@require_GET
def register_entry(request: HttpRequest, pk: int) -> HttpResponse:
    user = officer_of(request)
    entry = visible_entry(user, pk)
    return _entry_page(request, user, entry, RemarkForm(None, BookKind(entry.kind)))


@never_cache
@require_http_methods(["POST"])
def register_remark(request: HttpRequest, pk: int) -> HttpResponse:
    """What became known later; the page of the entry carries the form."""
    user = officer_of(request)
    entry = visible_entry(user, pk)
    clerk_of(user, Capability.REGISTER_ENTER, entry.unit_id)
    form = RemarkForm(request.POST, BookKind(entry.kind))
    if form.is_valid():
        try:
            add_remark(entry=entry, **form.arguments(), actor=user, now=timezone.now())
        except errors.RegisterError as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(request, _("The remark stands in the book."))
            return redirect("documents:register-entry", entry.pk)
    return _entry_page(request, user, entry, form)


@never_cache
@require_http_methods(["GET", "POST"])
def register_void(request: HttpRequest, pk: int) -> HttpResponse:
    user = officer_of(request)
    entry = visible_entry(user, pk)
    clerk_of(user, Capability.REGISTER_VOID, entry.unit_id)
    form = VoidForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            void_entry(entry=entry, reason=form.cleaned_data["reason"], actor=user, now=timezone.now())
        except errors.RegisterError as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(request, _("Number %(text)s is void. It stays in the book.") % {"text": entry.text})
            return redirect("documents:register-entry", entry.pk)
    context = {"entry": entry, "form": form}
    return render(request, "documents/register_void.html", context, status=400 if form.errors else 200)


@never_cache
@require_http_methods(["GET", "POST"])
def register_arrival(request: HttpRequest, unit_id: int) -> HttpResponse:
    """A document has arrived: it gets the next arrival number of the unit."""
    user = officer_of(request)
    unit = version_at(unit_id, today())
    if unit is None or unit_id not in units_to_view(user, today()):
        raise Http404
    clerk_of(user, Capability.REGISTER_ENTER, unit_id)
    form = IncomingForm(request.POST or None, initial={"arrived_on": today()})
    if request.method == "POST" and form.is_valid():
        now = timezone.now()
        try:
            entry = register_incoming(unit_id=unit_id, row=form.row(), arrived_on=form.arrived, actor=user, now=now)
        except errors.RegisterError as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(request, _("Registered under arrival number %(number)s.") % {"number": entry.text})
            return redirect("documents:register-entry", entry.pk)
    return render(
        request, "documents/register_arrival.html", {"form": form, "unit": unit}, status=400 if form.errors else 200
    )


def _entry_page(request: HttpRequest, user: User, entry: RegisterEntry, form: RemarkForm) -> HttpResponse:
    book = entry.book
    remarks = remarks_in_order(entry)
    latest = {remark.column: remark for remark in remarks}
    line = Line(entry, latest)
    printed = FORMS_OF[BookKind(book.kind)][0]
    context = {
        "entry": entry,
        "book": book,
        "name": name_of(book),
        "rows": [{"key": heading.words, "value": heading.cell(line)} for heading in printed.headings],
        "remarks": [(COLUMN_WORDS[Column(remark.column)], remark) for remark in remarks],
        "form": form,
        "may_void": may(user, Capability.REGISTER_VOID, entry.unit_id)
        and not entry.is_voided
        and book.state == BookState.OPEN,
        "may_remark": may(user, Capability.REGISTER_ENTER, entry.unit_id) and not entry.is_voided,
    }
    return render(request, "documents/register_entry.html", context, status=400 if form.errors else 200)


def name_of(book: RegisterBook) -> str:
    return str(KIND_NAMES[book.kind])


def series_of(book: RegisterBook) -> str:
    return series_name(book.kind, book.series, book.last_dated_on or timezone.localdate(book.opened_at))
