from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from portal.ui import samples

BASES = {"citizen": "citizen/base.html", "officer": "officer/base.html", "admin": "admin/base.html"}


@login_not_required
@require_safe
def catalogue(request: HttpRequest) -> HttpResponse:
    """Every component in its states. ?base=citizen|officer|admin, ?form=empty|filled|error, ?messages=1."""
    base = BASES.get(request.GET.get("base", ""), BASES["officer"])
    form = samples.form(request.GET.get("form", ""))
    content = samples.content()
    if request.GET.get("messages"):
        messages.success(request, content["messages"]["success"])
        messages.error(request, content["messages"]["error"])
    content.pop("messages")  # the page draws Django's own under this name
    return render(request, "ui/catalogue.html", content | {"base": base, "form": form})
