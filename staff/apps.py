from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class StaffConfig(AppConfig):
    name = "staff"
    label = "staff"

    def ready(self) -> None:
        from portal.events import names  # apps register when all are there
        from portal.ui import work
        from portal.ui.navigation import Audience, Item, register
        from staff.directory import names_of_actors
        from staff.programs import Programs
        from staff.reorganisation import Posts
        from staff.work import contribution
        from units.handovers import register as take_part

        register(
            Item(Audience.OFFICER, _("Officers"), "staff:colleagues", order=70, signed_in=True),
            Item(Audience.OFFICER, _("My rights"), "staff:own-rights", order=90, signed_in=True),
        )
        work.register("staff", contribution, order=10)
        names.register(names_of_actors)
        take_part(Posts())
        take_part(Programs())
