"""The pages of any declaration form: tasks, one thing per page, rows, all answers once more.

A subclass says which form and where the answers are kept (`Sheet`); nothing here knows whether that is a dossier.
"""

import hashlib
import json
from abc import ABC, abstractmethod
from collections.abc import Mapping
from typing import Any

from django.core.files.uploadedfile import UploadedFile
from django.http import Http404, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.datastructures import MultiValueDict
from django.utils.functional import cached_property
from django.utils.translation import gettext
from django.views import View

from services.declarations import Definition, Page, Question, Step, Walk, World, walk
from services.declarations.walking import row_questions, rows_of
from services.forms.answers import RefusedFile
from services.forms.page import PageForm, without_sent
from services.views import declaring_words as words

BACK = "tro-lai"  # ?tro-lai=kiem-tra: the person came from the page of all answers, and returns there
REVIEW = "kiem-tra"
NEW = "moi"
MARK = "dau-trang"  # what the page looked like when it was opened


class Sheet(ABC):
    """One person's answers to one form, and where they are kept."""

    definition: Definition
    world: World
    code: str  # of the procedure
    title: str
    may_begin_anew = False  # the task list offers to throw everything away
    at_desk = False  # an officer fills it in for somebody
    saves = False  # what is typed is kept while it is typed
    urls: str  # namespace of the pages: <urls>-tasks, -page, -row, -remove, -review

    @property
    @abstractmethod
    def answers(self) -> Mapping[str, Any]: ...

    @abstractmethod
    def keep(self, answers: Mapping[str, Any], page: str = "") -> None:
        """All answers, every time; `page` is the one that was sent."""

    def typed(self, page: Page) -> Mapping[str, list[str]]:
        """What was typed on the page and not sent, by the names of its boxes."""
        return {}

    def mark(self, page: Page) -> str:
        """Changes with whatever was typed or answered on the page, wherever that was done."""
        keys = [question.key for question in page.questions]
        held = [[key, self.answers.get(key)] for key in keys] + [dict(self.typed(page))]
        return hashlib.sha256(json.dumps(held, sort_keys=True, default=str).encode()).hexdigest()[:16]

    def keep_typed(self, page: Page, typed: Mapping[str, list[str]]) -> None:
        """Raises ServicesError. Only where `saves` is true."""
        raise NotImplementedError

    def keep_file(self, upload: "UploadedFile[Any] | str", question: Question) -> str:
        """The id under which the file, or the one that came in parts, is kept from now on. Raises RefusedFile."""
        raise RefusedFile(gettext("%(label)s: files cannot be attached here.") % {"label": question.label})

    def file_name(self, file_id: str) -> str:
        return file_id

    def arguments(self) -> dict[str, Any]:
        """Of every address of the sheet."""
        return {"code": self.code}

    def url(self, name: str, **arguments: Any) -> str:
        return reverse(f"{self.urls}-{name}", kwargs={**self.arguments(), **arguments})

    def page_url(self, page: Page, back: str = "") -> str:
        return self.url("page", page=page.key) + (f"?{BACK}={back}" if back else "")

    def walk(self) -> Walk:
        return walk(self.definition, self.answers, self.world)


class DeclarationView(View):
    """The base of all pages; a subclass says how the sheet is found."""

    def sheet_for(self, request: HttpRequest) -> Sheet:
        """Raises Http404 for what this person may not see."""
        raise NotImplementedError

    @cached_property
    def sheet(self) -> Sheet:
        return self.sheet_for(self.request)

    def step(self, page_key: str) -> Step | None:
        if page_key not in self.sheet.definition.by_key:
            raise Http404
        return self.sheet.walk().step(page_key)

    def show(self, request: HttpRequest, template: str, *, refused: bool = False, **context: Any) -> HttpResponse:
        shared = {"sheet": self.sheet, "tasks_url": self.sheet.url("tasks")}
        return render(request, template, {**shared, **context}, status=400 if refused else 200)

    def onward(self, request: HttpRequest, page: Page) -> HttpResponse:
        """To the next page that lacks something; back to all answers when nothing does."""
        back = request.GET.get(BACK, "")
        open_page = words.next_open(self.sheet, after=page, only_lacking=back == REVIEW)
        if open_page is None:
            return redirect(self.sheet.url("review"))
        return redirect(self.sheet.page_url(open_page, back if back == REVIEW else ""))


class TaskListView(DeclarationView):
    def get(self, request: HttpRequest, **_arguments: Any) -> HttpResponse:
        return self.show(request, "declarations/tasks.html", **words.tasks(self.sheet))


class PageView(DeclarationView):
    """A page of questions; a page with rows lists them."""

    def dispatch(self, request: HttpRequest, *args: Any, **arguments: Any) -> HttpResponseBase:
        if self.step(str(arguments["page"])) is None:  # it doesn't apply any more: an old link, a changed answer
            return redirect(self.sheet.url("tasks"))
        return super().dispatch(request, *args, **arguments)

    def shown(self, page: str) -> Step:
        step = self.step(page)
        if step is None:
            raise Http404
        return step

    def get(self, request: HttpRequest, page: str, **_arguments: Any) -> HttpResponse:
        step = self.shown(page)
        if step.page.repeat:
            return self.show(request, "declarations/rows.html", **words.rows(self.sheet, step))
        typed = self.sheet.typed(step.page)
        form = self.form(step, MultiValueDict(typed), judged=False) if typed else self.form(step)
        return self.show_form(request, step, form, typed=bool(typed))

    def post(self, request: HttpRequest, page: str, **_arguments: Any) -> HttpResponse:
        step = self.shown(page)
        if step.page.repeat:
            return self.finish_rows(request, step)
        form = self.form(step, request.POST, request.FILES)
        if request.POST.get(MARK, self.sheet.mark(step.page)) != self.sheet.mark(step.page):
            return self.show_form(request, step, self.form(step, request.POST, judged=False), stale=True)
        if not form.is_valid():
            if files := form.kept_files():
                self.sheet.keep({**self.sheet.answers, **files})
                refused = form.refusals()
                form = self.form(step, without_sent(request.POST), MultiValueDict())
                form.is_valid()
                for key, error in refused:
                    form.add_error(key, error)
            return self.show_form(request, step, form, refused=True)
        self.sheet.keep(form.answers, step.page.key)
        return self.onward(request, step.page)

    def finish_rows(self, request: HttpRequest, step: Step) -> HttpResponse:
        lacking = words.lacking(self.sheet, step.page)
        if lacking:
            context = words.rows(self.sheet, step)
            return self.show(request, "declarations/rows.html", refused=True, problem=lacking[0].text, **context)
        return self.onward(request, step.page)

    def form(self, step: Step, data: Any = None, files: Any = None, *, judged: bool = True) -> PageForm:
        sheet = self.sheet
        return PageForm(
            sheet.definition,
            step.page,
            sheet.answers,
            sheet.world,
            keep=sheet.keep_file,
            file_name=sheet.file_name,
            data=data,
            files=files,
            judged=judged,
        )

    def show_form(
        self,
        request: HttpRequest,
        step: Step,
        form: PageForm,
        *,
        refused: bool = False,
        typed: bool = False,
        stale: bool = False,
    ) -> HttpResponse:
        context = words.question_page(self.sheet, step, form) | {"typed": typed, "stale": stale}
        if self.sheet.saves:
            save_url = self.sheet.url("save", page=step.page.key)
            context |= {"mark": self.sheet.mark(step.page), "mark_name": MARK, "save_url": save_url}
        response = self.show(request, "declarations/page.html", refused=refused, **context)
        if stale:
            response.status_code = 409
        return response


class RowView(DeclarationView):
    """One row of a page with rows: `row` is its number from 1, or "moi"."""

    def get(self, request: HttpRequest, page: str, row: str, **_arguments: Any) -> HttpResponse:
        step, index = self.place(page, row)
        return self.show_row(request, step, index, self.form(step, index))

    def post(self, request: HttpRequest, page: str, row: str, **_arguments: Any) -> HttpResponse:
        step, index = self.place(page, row)
        form = self.form(step, index, request.POST)
        if not form.is_valid():
            return self.show_row(request, step, index, form, refused=True)
        key, rows = self.rows_of(step)
        changed = [*rows[:index], form.answers, *rows[index + 1 :]]
        self.sheet.keep({**self.sheet.answers, key: changed})
        now = row_questions(self.sheet.definition, step.page, form.answers, self.sheet.answers, self.sheet.world)
        if {one.question.key for one in now} - set(form.fields):  # the answers opened another question
            return redirect(self.sheet.url("row", page=page, row=str(index + 1)))
        return redirect(self.sheet.page_url(step.page, request.GET.get(BACK, "")))

    def place(self, page: str, row: str) -> tuple[Step, int]:
        step = self.step(page)
        if step is None or step.page.repeat is None:
            raise Http404
        count = len(step.rows)
        index = count if row == NEW else int(row) - 1 if row.isascii() and row.isdigit() and len(row) < 4 else -1
        if not 0 <= index <= count or index >= step.page.repeat.most or (index == count and row != NEW):
            raise Http404
        return step, index

    def rows_of(self, step: Step) -> tuple[str, list[Mapping[str, Any]]]:
        key = step.page.repeat.key if step.page.repeat else ""
        return key, list(rows_of(self.sheet.answers, key))

    def form(self, step: Step, index: int, data: Any = None) -> PageForm:
        _key, rows = self.rows_of(step)
        row = rows[index] if index < len(rows) else {}
        return PageForm(self.sheet.definition, step.page, self.sheet.answers, self.sheet.world, row=row, data=data)

    def show_row(
        self, request: HttpRequest, step: Step, index: int, form: PageForm, *, refused: bool = False
    ) -> HttpResponse:
        context = words.row_page(self.sheet, step, index, form)
        return self.show(request, "declarations/page.html", refused=refused, **context)


class RemoveRowView(RowView):
    """Asks, then takes the row away."""

    http_method_names = ["get", "head", "post"]

    def get(self, request: HttpRequest, page: str, row: str, **_arguments: Any) -> HttpResponse:
        step, index = self.existing(page, row)
        return self.show(request, "declarations/remove.html", **words.removal(self.sheet, step, index))

    def post(self, request: HttpRequest, page: str, row: str, **_arguments: Any) -> HttpResponse:
        step, index = self.existing(page, row)
        key, rows = self.rows_of(step)
        self.sheet.keep({**self.sheet.answers, key: [*rows[:index], *rows[index + 1 :]]})
        return redirect(self.sheet.page_url(step.page))

    def existing(self, page: str, row: str) -> tuple[Step, int]:
        if row == NEW:
            raise Http404
        return self.place(page, row)


class ReviewView(DeclarationView):
    """All answers with their source, each with a way to change it; what is still lacking stands above."""

    def get(self, request: HttpRequest, **_arguments: Any) -> HttpResponse:
        return self.show(request, "declarations/review.html", **words.review_page(self.sheet))
