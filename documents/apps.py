from importlib import import_module

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class DocumentsConfig(AppConfig):
    name = "documents"
    label = "documents"

    def ready(self) -> None:
        import_module("documents.checks")
        from documents import act_papers, reporting
        from documents.api.kinds import KINDS, PROGRAMS
        from documents.reorganisation import Documents
        from documents.scanning import TOPIC  # apps register when all are there
        from documents.scanning.delivery import SCAN
        from documents.signing.states import Capability as SigningCapability
        from documents.states import Capability
        from documents.subscribers import subscribe_all
        from documents.views.desk import listed
        from documents.work import contribution
        from portal.accounts import machines
        from portal.api import refusals, router
        from portal.events.subscriptions import subscribe
        from portal.ui import list_files, work
        from portal.ui.navigation import Audience, Item, belongs, register
        from units import papers
        from units.handovers import register as take_part

        take_part(Documents())
        subscribe(TOPIC, SCAN)
        subscribe_all()
        reporting.subscribe_all()
        router.register("documents.api.urls")
        refusals.register(KINDS)
        machines.open_to_programs(PROGRAMS)
        papers.register("documents", act_papers.papers, order=10)
        work.register("documents", contribution, order=30)
        list_files.provide("documents:documents", listed)
        sees = Capability.DOCUMENT_VIEW.value
        register(Item(Audience.OFFICER, _("Documents"), "documents:documents", order=30, needs=sees))
        needs = Capability.REGISTER_VIEW.value
        for page in ("act-file", "act-report"):
            belongs(f"documents:{page}", "units:acts")
        looks = Capability.RESULT_SEARCH.value
        register(Item(Audience.OFFICER, _("Issued results"), "documents:result-search", order=35, needs=looks))
        keeps = SigningCapability.CERTIFICATE_REGISTER.value
        register(Item(Audience.OFFICER, _("Signing certificates"), "documents:certificates", order=60, needs=keeps))
        register(Item(Audience.OFFICER, _("Register books"), "documents:register-books", order=40, needs=needs))
        register(
            Item(Audience.CITIZEN, _("Verify a document"), "documents:verification", order=40, signed_in=False),
            Item(Audience.FOOTER, _("Verify a document"), "documents:verification", order=40, signed_in=True),
            Item(Audience.CITIZEN, _("My papers"), "documents:own-results", order=60, signed_in=True),
        )
