"""Controls that only declaration forms have: a unit found by old or new name, and files that stay once they came."""

from collections.abc import Mapping, Sequence
from typing import Any

from django.forms import Widget
from django.urls import reverse
from django.utils.datastructures import MultiValueDict

from portal.ui.forms import DateBoxes, Upload

MOST_SENT = 30  # files of one answer
SENT = "-sent"  # behind the name of a question: ids of files that came in parts


class DayBoxes(DateBoxes):
    """Three boxes over an ISO text, which may lack day and month."""

    def decompress(self, value: Any) -> list[Any]:
        year, month, day = [*str(value or "").split("-"), "", ""][:3]
        return [day.lstrip("0"), month.lstrip("0"), year]


class UnitPicker(Widget):
    """A search box; after sending, the units found as radios. With `detail`, a second box for village and street.

    Complete without script: what is typed is searched when the page is sent, and one hit is taken at once.
    """

    template_name = "forms/unit.html"
    use_fieldset = True

    def __init__(self, *, detail: bool, attrs: dict[str, Any] | None = None) -> None:
        self.detail = detail
        self.found: Sequence[tuple[int, str]] = ()  # set by the field while it cleans
        super().__init__(attrs)

    def value_from_datadict(self, data: Mapping[str, Any], files: Any, name: str) -> dict[str, str]:
        return {part: str(data.get(f"{name}-{part}", ""))[:300] for part in ("find", "for", "unit", "detail")}

    def value_omitted_from_data(self, data: Mapping[str, Any], files: Any, name: str) -> bool:
        return f"{name}-find" not in data

    def get_context(self, name: str, value: Any, attrs: dict[str, Any] | None) -> dict[str, Any]:
        context = super().get_context(name, value, attrs)
        given = value if isinstance(value, dict) else {}
        found = [(unit_id, words, str(unit_id) == str(given.get("unit"))) for unit_id, words in self.found]
        context["widget"] |= {
            "given": given,
            "detail": self.detail,
            "found": found,
            "invalid": bool(context["widget"]["attrs"].get("aria-invalid")),
        }
        return context

    def id_for_label(self, id_: str) -> str:
        return id_


class Uploads(Upload):
    """Several files; those that came before are listed, each with a box that takes it away."""

    allow_multiple_selected = True
    template_name = "forms/uploads.html"

    def __init__(self, *, kept: Sequence[tuple[str, str]] = ()) -> None:
        self.kept = kept
        super().__init__(accept=".pdf,.jpg,.jpeg,.png,.heic,image/*", attrs={"multiple": True})

    def value_from_datadict(self, data: Any, files: Any, name: str) -> dict[str, list[Any]]:
        """`sent` are ids of files that a script has sent in parts; without one they come with the form."""
        new = files.getlist(name) if isinstance(files, MultiValueDict) else []
        gone = data.getlist(f"{name}-remove") if hasattr(data, "getlist") else []
        sent = data.getlist(f"{name}{SENT}") if hasattr(data, "getlist") else []
        return {"new": list(new), "gone": gone, "sent": sent[:MOST_SENT]}

    def value_omitted_from_data(self, data: Any, files: Any, name: str) -> bool:
        return False

    def get_context(self, name: str, value: Any, attrs: dict[str, Any] | None) -> dict[str, Any]:
        context = super().get_context(name, None, attrs)
        context["widget"] |= {"kept": self.kept, "parts_url": reverse("documents:upload")}
        return context
