"""The portal with one more page: a form that makes a mark, once."""

from django import forms
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.template import engines
from django.urls import path
from django.utils import timezone

from portal.accounts.once import sent_once
from portal.accounts.signing_in import user_of
from portal.events import record
from portal.events.models import Heartbeat
from portal.urls import urlpatterns as portal_urls

PAGE = """{% load form_token %}<form method="post">{% csrf_token %}{% form_token %}{{ form }}</form>"""


class MarkForm(forms.Form):
    name = forms.CharField(max_length=5)


@sent_once
def mark(request: HttpRequest) -> HttpResponse:
    form = MarkForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        made = Heartbeat(queue=f"form-{form.cleaned_data['name']}")
        made.save(force_insert=True)
        record("tests.mark.made", subject=made, actor=user_of(request), unit=None, at=timezone.now())
        return redirect("made", name=made.queue)
    body = engines["django"].from_string(PAGE).render({"form": form}, request)
    return HttpResponse(body, status=400 if form.errors else 200)


def made(request: HttpRequest, name: str) -> HttpResponse:
    return HttpResponse(name)


urlpatterns = [
    path("dau/", mark, name="mark-form"),
    path("dau-khac/", mark, name="other-form"),
    path("dau/<str:name>/", made, name="made"),
    *portal_urls,
]
