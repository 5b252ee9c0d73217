"""What somebody is typing is kept while they type, as it is; it becomes an answer when they send the page."""

from http import HTTPStatus

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.http.response import HttpResponseBase
from django.utils import timezone
from django.utils.translation import gettext
from django.views import View

from services.errors import ServicesError
from services.views.declaring import MARK, PageView

LONGEST = 20_000  # characters of all boxes of one page


class Telling(View):
    """The outermost of the bases: whatever the others answer as a page is one sentence for the script."""

    def dispatch(self, request: HttpRequest, *args: object, **arguments: object) -> HttpResponseBase:
        response = super().dispatch(request, *args, **arguments)
        if isinstance(response, JsonResponse):
            return response
        return _said(gettext("Not saved: this form has ended or moved on. What you typed stays here."), HTTPStatus.GONE)


class SavingView(PageView):
    """Answers a script: `text` says it in words, `mark` is what the page sends with its next saving."""

    http_method_names = ["post"]

    def post(self, request: HttpRequest, page: str, **_arguments: object) -> HttpResponse:
        step = self.shown(page)
        if request.POST.get(MARK) != self.sheet.mark(step.page):
            told = gettext("Not saved: this page was saved elsewhere meanwhile. Nothing was overwritten.")
            return _said(told, HTTPStatus.CONFLICT)
        keys = tuple(self.form(step).fields)
        typed = {name: request.POST.getlist(name) for name in request.POST if _is_of(name, keys)}
        if sum(len(one) for values in typed.values() for one in values) > LONGEST:
            return _said(gettext("Not saved: this is too long. Shorten it."), HTTPStatus.REQUEST_ENTITY_TOO_LARGE)
        try:
            self.sheet.keep_typed(step.page, typed)
        except ServicesError as error:
            return _said(str(error), HTTPStatus.CONFLICT)
        told = gettext("Saved at %(time)s") % {"time": timezone.localtime().strftime("%H:%M")}
        return _said(told, HTTPStatus.OK, self.sheet.mark(step.page))


def _is_of(name: str, keys: tuple[str, ...]) -> bool:
    """A box of one of the questions: days and communes have several."""
    return any(name == key or name.startswith((f"{key}_", f"{key}-")) for key in keys)


def _said(text: str, status: HTTPStatus, mark: str = "") -> JsonResponse:
    response = JsonResponse({"text": text, "mark": mark}, status=status)
    response["Cache-Control"] = "no-store"
    return response
