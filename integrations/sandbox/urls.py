"""One folder of addresses per system."""

from pathlib import Path

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import include, path
from django.views.decorators.http import require_GET

from integrations.population.sandbox import NOTES, PEOPLE, full_name
from integrations.registers.faults import REGISTERS, SWITCHES, WORDS

STYLE = (Path(__file__).parent / "sandbox.css").read_bytes()


@require_GET
def home(request: HttpRequest) -> HttpResponse:
    """What can be tried here: the registers with their faults, and the invented people that they know."""
    registers = [
        {"key": key.value, "name": name, "fault": SWITCHES.look(key), "words": WORDS[SWITCHES.look(key)]}
        for key, name in REGISTERS.items()
    ]
    people = [
        {"name": full_name(row["CongDan"]), "number": row["CongDan"]["SoDinhDanh"], "note": NOTES.get(row["case"], "")}
        for row in PEOPLE
    ]
    context = {"registers": registers, "faults": WORDS.items(), "people": people}
    return render(request, "sandbox/home.html", context)


@require_GET
def style(request: HttpRequest) -> HttpResponse:
    return HttpResponse(STYLE, content_type="text/css; charset=utf-8", headers={"Cache-Control": "max-age=3600"})


@require_GET
def icon(request: HttpRequest) -> HttpResponse:
    return HttpResponse(status=204, headers={"Cache-Control": "max-age=86400"})


urlpatterns = [
    path("", home, name="home"),
    path("favicon.ico", icon, name="icon"),
    path("thu-nghiem.css", style, name="style"),
    path("vneid/", include("integrations.vneid.sandbox")),
    path("su-co/", include("integrations.registers.sandbox")),
    path("dan-cu/", include("integrations.population.sandbox")),
    path("ho-tich/", include("integrations.civil_status.sandbox")),
    path("giay-bao/", include("integrations.notices.sandbox")),
    path("doanh-nghiep/", include("integrations.business.sandbox")),
    path("kho-ca-nhan/", include("integrations.personal_store.sandbox")),
    path("thanh-toan/", include("integrations.payments.sandbox")),
    path("tin-da-den/", include("integrations.messaging.sandbox")),
    path("sms/v1/", include("integrations.sms.sandbox")),
    path("vneid-thong-bao/v1/", include("integrations.vneid_messages.sandbox")),
    path("thu/", include("integrations.mail.sandbox")),
    path("trust/", include("integrations.trust.sandbox")),
    path("csc/v1/", include("integrations.remote_signing.sandbox")),
]
