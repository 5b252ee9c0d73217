"""The form by which a petition is sent in, for everybody and for officers who type it for somebody."""

from functools import cached_property
from typing import Any

from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone

from documents.errors import DocumentsError
from portal.accounts.models import User
from portal.events.actors import ANONYMOUS, Actor
from services.declarations import World
from services.errors import ServicesError
from services.forms.petitions import PetitionForm
from services.models import Petition, PetitionChannel
from services.operations.petitions import PetitionFiling, file_petition
from services.petition_rules import petition_rules_on
from services.queries.places import UnitsOn


class Sending:
    """`desk` is the officer's own unit."""

    def __init__(self, request: HttpRequest, *, initial: dict[str, Any], desk: int | None = None) -> None:
        self.request, self.desk, self.now = request, desk, timezone.now()
        on = timezone.localdate(self.now)
        self.world = World(on, UnitsOn(on))
        self.rules = petition_rules_on(on)
        most = self.rules.files_per_petition
        data = request.POST if request.method == "POST" else None
        self.form = PetitionForm(
            self.world, data, request.FILES or None, most=most, desk=desk is not None, initial=initial
        )

    @cached_property
    def actor(self) -> Actor:
        return self.request.user if isinstance(self.request.user, User) else ANONYMOUS

    def send(self) -> Petition | None:
        """None when it was refused; the form then says why, and nothing was kept."""
        form = self.form
        if not form.is_valid():
            return None
        said = form.cleaned_data
        filer = self.actor if isinstance(self.actor, User) and self.actor.is_citizen else None
        filing = PetitionFiling(
            kind=said["kind"],
            text=said["text"],
            unit_id=said["unit"]["unit"],
            channel=PetitionChannel(said.get("channel") or PetitionChannel.ONLINE),
            filer=filer if self.desk is None else None,
            contact=form.contact(),
            about_officer=said["about_officer"],
            dossier_code=said["dossier_code"],
            procedure_code=said["procedure"],
            uploads=said["uploads"],
            at_desk=self.desk,
        )
        try:
            with transaction.atomic():
                return file_petition(filing=filing, actor=self.actor, now=self.now)
        except DocumentsError as refusal:
            form.add_error("uploads", str(refusal))
        except ServicesError as refusal:
            form.add_error(None, str(refusal))
        return None

    def page(self, template: str, **more: Any) -> HttpResponse:
        limits = {kind.value: limit for kind, limit in self.rules.limits.items()}
        lost = bool(self.form.errors and self.request.FILES)
        context = {"form": self.form, "rules": limits, "lost_files": lost, **more}
        return render(self.request, template, context, status=400 if self.form.errors else 200)
