"""Pages that belong to no app: home, life events, help, statements, "việc của tôi", shortcuts."""

from dataclasses import replace

from django.contrib.auth.decorators import login_not_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.cache import patch_cache_control
from django.views.decorators.http import require_http_methods, require_safe

from portal.ui import work
from portal.ui.display import Display, remember
from portal.ui.life_events import LIFE_EVENTS, procedures_url

PUBLIC_PAGE_SECONDS = 300


def _public(request: HttpRequest, template: str, context: dict[str, object] | None = None) -> HttpResponse:
    """The same for everybody who brings no cookie, so caches on the way may keep it for a few minutes."""
    response = render(request, template, context)
    patch_cache_control(response, public=True, max_age=PUBLIC_PAGE_SECONDS)
    return response


@login_not_required
@require_safe
def home(request: HttpRequest) -> HttpResponse:
    return _public(request, "ui/home.html", {"life_events": LIFE_EVENTS, "procedures_url": procedures_url()})


@login_not_required
@require_safe
def life_event(request: HttpRequest, slug: str) -> HttpResponse:
    found = next((event for event in LIFE_EVENTS if event.slug == slug), None)
    if found is None:
        raise Http404
    others = [event for event in LIFE_EVENTS if event is not found]
    return _public(request, "ui/life_event.html", {"event": found, "others": others})


@login_not_required
@require_safe
def help_page(request: HttpRequest) -> HttpResponse:
    return _public(request, "ui/help.html")


@login_not_required
@require_safe
def accessibility(request: HttpRequest) -> HttpResponse:
    return _public(request, "ui/accessibility.html")


@login_not_required
@require_safe
def personal_data(request: HttpRequest) -> HttpResponse:
    return _public(request, "ui/personal_data.html")


@require_safe
def my_work(request: HttpRequest) -> HttpResponse:
    return render(request, "ui/work.html", {"work": work.contributions(request)})


@require_http_methods(["GET", "HEAD", "POST"])
def keyboard(request: HttpRequest) -> HttpResponse:
    """Lists the shortcuts; the button switches them for this device (WCAG 2.1.4)."""
    if request.method != "POST":
        return render(request, "ui/keyboard.html")
    chosen = replace(Display.read(request), shortcuts=request.POST.get("shortcuts") == "on")
    return remember(redirect("ui:keyboard"), chosen)
