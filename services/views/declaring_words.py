"""What the pages of a declaration form say: statuses, rows, answers in words."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.utils.translation import gettext, ngettext

from portal.ui.wording import moment
from services import wording
from services.declarations import Fault, Page, Sourced, Step, check_page, check_whole, review
from services.declarations.reviewing import Line, in_words
from services.forms.page import PageForm

if TYPE_CHECKING:
    from services.views.declaring import Sheet

Context = dict[str, Any]


def lacking(sheet: Sheet, page: Page) -> list[Fault]:
    return check_page(sheet.definition, page.key, sheet.answers, sheet.world)


def next_open(sheet: Sheet, *, after: Page, only_lacking: bool) -> Page | None:
    """The page that the person is on while it opened another question, then those behind it, then those before. Pages
    where everything is optional are passed once."""
    pages = [step.page for step in sheet.walk().steps]
    if lacking(sheet, after):
        return after
    place = next((number for number, page in enumerate(pages) if page.key == after.key), -1)
    for page in pages[place + 1 :]:
        if lacking(sheet, page) or (not only_lacking and _untouched(sheet, page)):
            return page
    return next((page for page in pages[:place] if lacking(sheet, page)), None)


def _untouched(sheet: Sheet, page: Page) -> bool:
    """Nothing on it was answered, and something may be."""
    step = sheet.walk().step(page.key)
    if step is None or page.repeat:
        return bool(page.repeat and step and not step.rows)
    return bool(step.to_ask) and all(asked.value is None for asked in step.to_ask)


def source(sourced: Sourced | None) -> str:
    if sourced is None:
        return ""
    name = wording.SOURCES.get(sourced.origin, sourced.origin)
    if sourced.at is None:
        return gettext("From %(source)s") % {"source": name}
    return gettext("From %(source)s, %(moment)s") % {"source": name, "moment": moment(sourced.at)}


def tasks(sheet: Sheet) -> Context:
    steps = sheet.walk().steps
    sections: list[Context] = []
    told: list[Context] = []
    done = 0
    for key, title in sheet.definition.sections:
        rows = [_task(sheet, step) for step in steps if step.page.section == key]
        done += sum(row["done"] for row in rows)
        told += rows
        if rows:
            sections.append({"title": f"{len(sections) + 1}. {title}", "tasks": rows})
    ready = not check_whole(sheet.definition, sheet.answers, sheet.world)
    last: Context = {
        "id": "viec-kiem-tra",
        "name": gettext("Check your answers"),
        "url": sheet.url("review") if ready else "",
        "status": gettext("Not started") if ready else gettext("Cannot start yet"),
        "colour": "blue" if ready else "",
    }
    next((row for row in told if not row["done"]), last)["is_next"] = True
    sections.append({"title": f"{len(sections) + 1}. {gettext('Check')}", "tasks": [last]})
    return {"sections": sections, "done": done, "total": sum(not one["open"] for one in told)}


def _task(sheet: Sheet, step: Step) -> Context:
    faults, known = lacking(sheet, step.page), bool(step.asked) and not step.to_ask
    begun = bool(step.rows) or any(asked.value is not None for asked in step.to_ask)
    if known:
        status, colour = gettext("Done"), ""
    elif faults:
        status, colour = (gettext("In progress"), "blue") if begun else (gettext("Not started"), "blue")
    else:
        status, colour = (gettext("Done"), "") if begun else (gettext("Optional"), "grey")
    return {
        "id": f"viec-{step.page.key}",
        "name": step.page.title,
        "url": sheet.page_url(step.page),
        "hint": source(step.asked[0].sourced) if known else "",
        "status": status,
        "colour": colour,
        "done": not faults and (known or begun),
        "open": not faults and not known and not begun,  # optional, and left alone
    }


def question_page(sheet: Sheet, step: Step, form: PageForm) -> Context:
    known = [
        {
            "key": asked.question.label,
            "value": in_words(asked.question, asked.value, sheet.world),
            "source": source(asked.sourced),
        }
        for asked in step.asked
        if asked.sourced is not None
    ]
    return {**_place(sheet, step), "form": form, "known": known, "heading": step.page.title, "intro": step.page.intro}


def _place(sheet: Sheet, step: Step) -> Context:
    pages = [one.page.key for one in sheet.walk().steps]
    told = gettext("Part %(number)d of %(total)d") % {"number": pages.index(step.page.key) + 1, "total": len(pages)}
    return {"page": step.page, "caption": told, "has_files": any(one.component for one in step.page.questions)}


def row_page(sheet: Sheet, step: Step, index: int, form: PageForm) -> Context:
    item = step.page.repeat.item if step.page.repeat else ""
    heading = f"{item} {index + 1}"
    return {
        **_place(sheet, step),
        "form": form,
        "known": [],
        "heading": heading,
        "intro": "",
        "back_url": sheet.page_url(step.page),
        "back_text": step.page.title,
    }


def rows(sheet: Sheet, step: Step) -> Context:
    repeat = step.page.repeat
    most = repeat.most if repeat else 0
    told = [
        {
            "title": f"{repeat.item if repeat else ''} {number}",
            "lines": [
                {"key": asked.question.label, "value": in_words(asked.question, asked.value, sheet.world)}
                for asked in row
                if asked.value is not None
            ],
            "url": sheet.url("row", page=step.page.key, row=str(number)),
            "remove_url": sheet.url("remove", page=step.page.key, row=str(number)),
        }
        for number, row in enumerate(step.rows, 1)
    ]
    return {
        **_place(sheet, step),
        "heading": step.page.title,
        "intro": step.page.intro,
        "rows": told,
        "item": repeat.item if repeat else "",
        "add_url": sheet.url("row", page=step.page.key, row="moi") if len(told) < most else "",
        "count": ngettext("%(count)d entry", "%(count)d entries", len(told)) % {"count": len(told)},
    }


def removal(sheet: Sheet, step: Step, index: int) -> Context:
    context = rows(sheet, step)
    return {**context, "row": context["rows"][index], "back_url": sheet.page_url(step.page)}


def review_page(sheet: Sheet) -> Context:
    faults = check_whole(sheet.definition, sheet.answers, sheet.world)
    by_key = sheet.definition.by_key
    sections = []
    for section in review(sheet.walk(), sheet.world):
        title = f"{section.title} {section.number}" if section.number else str(section.title)
        lines = [_line(sheet, line) for line in section.lines if line.words or not line.question.optional]
        if lines:
            sections.append({"title": title, "rows": lines})
    problems = [
        {"text": fault.text, "url": sheet.page_url(by_key[fault.page], "kiem-tra") if fault.page in by_key else ""}
        for fault in faults[:20]
    ]
    return {"sections": sections, "problems": problems, "declaration": sheet.definition.declaration}


def _line(sheet: Sheet, line: Line) -> Context:
    row: Context = {
        "key": line.question.label,
        "value": line.words or gettext("Not answered yet"),
        "source": source(line.sourced),
    }
    if line.sourced is None:
        page = sheet.definition.by_key[line.page]
        url = sheet.page_url(page, "kiem-tra")
        if line.row is not None:
            url = sheet.url("row", page=line.page, row=str(line.row + 1)) + "?tro-lai=kiem-tra"
        row |= {"url": url, "action": gettext("Change"), "what": line.question.label}
    return row
