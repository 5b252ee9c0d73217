from typing import Any

from django import forms
from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods

from portal.ui.display import Density, Display, TextSize, remember
from portal.ui.forms import Checkbox, Radios

LONGEST_ADDRESS = 500


class DisplayForm(forms.Form):
    text_size = forms.ChoiceField(
        label=gettext_lazy("Text size"),
        widget=Radios(inline=True),
        choices=[
            (TextSize.NORMAL, gettext_lazy("Normal size")),
            (TextSize.LARGE, gettext_lazy("Larger (115 %)")),
            (TextSize.LARGEST, gettext_lazy("Largest (130 %)")),
        ],
        error_messages={"required": gettext_lazy("Choose a text size.")},
    )
    density = forms.ChoiceField(
        label=gettext_lazy("Lists and tables on officers' pages"),
        widget=Radios(inline=True),
        choices=[
            (Density.NORMAL, gettext_lazy("Roomy")),
            (Density.COMPACT, gettext_lazy("Compact, more rows at a time")),
        ],
        error_messages={"required": gettext_lazy("Choose how close rows stand.")},
    )
    save_data = forms.BooleanField(
        label=gettext_lazy("Save data"),
        help_text=gettext_lazy("Pages come without their own typeface, a third of the size, in your device's letters."),
        required=False,
        widget=Checkbox(),
    )
    shortcuts = forms.BooleanField(
        label=gettext_lazy("Keyboard shortcuts on officers' pages"),
        help_text=gettext_lazy(
            "Single keys such as j, k and / move around lists. Switch them off if they get in the way."
        ),
        required=False,
        widget=Checkbox(),
    )


def _way_back(request: HttpRequest) -> str:
    """Where the person came from: an address of this portal, or the home page."""
    wanted = str(request.POST.get("next", request.GET.get("next", request.headers.get("Referer", ""))))[
        :LONGEST_ADDRESS
    ]
    safe = url_has_allowed_host_and_scheme(wanted, {request.get_host()}, require_https=request.is_secure())
    whole = wanted.startswith(("/", "http://", "https://"))
    return wanted if safe and whole and request.path not in wanted else reverse("ui:home")


def _initial(display: Display) -> dict[str, Any]:
    return {name: getattr(display, name) for name in ("text_size", "density", "save_data", "shortcuts")}


@login_not_required
@require_http_methods(["GET", "HEAD", "POST"])
def display(request: HttpRequest) -> HttpResponse:
    """Sets one cookie on this device and nothing else."""
    back = _way_back(request)
    form = DisplayForm(request.POST or None, initial=_initial(Display.read(request)))
    if request.method != "POST" or not form.is_valid():
        return render(request, "ui/display.html", {"form": form, "back": back})
    answers = form.cleaned_data
    chosen = Display(
        text_size=TextSize(answers["text_size"]),
        density=Density(answers["density"]),
        save_data=answers["save_data"],
        shortcuts=answers["shortcuts"],
    )
    messages.success(request, _("Display saved for this device."))
    return remember(HttpResponseRedirect(back), chosen)
