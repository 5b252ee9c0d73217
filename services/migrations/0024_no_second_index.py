"""An index less where another one begins with the same key. By name, since Django would make the foreign keys anew, and
read whole tables for it.
"""

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

INDEXES = {
    "services_attachment_component_id_da3b6b45": "services_attachment (component_id)",
    "services_clockentry_dossier_id_0c413b56": "services_clockentry (dossier_id)",
    "services_component_dossier_id_bb7eaf97": "services_component (dossier_id)",
    "services_dossier_competent_unit_id_133a71d3": "services_dossier (competent_unit_id)",
    "services_dossier_filer_id_8913ec5b": "services_dossier (filer_id)",
    "services_dossier_holder_id_9d3558a8": "services_dossier (holder_id)",
    "services_dossier_owner_id_b76c52bb": "services_dossier (owner_id)",
    "services_dossier_receiving_unit_id_db4dd552": "services_dossier (receiving_unit_id)",
    "services_dossier_responsible_unit_id_cfa9570d": "services_dossier (responsible_unit_id)",
    "services_dossier_returning_unit_id_863adeeb": "services_dossier (returning_unit_id)",
    "services_handover_dossier_id_192d3c33": "services_handover (dossier_id)",
    "services_petition_filer_id_b314e42f": "services_petition (filer_id)",
    "services_petition_handler_id_02ac9faf": "services_petition (handler_id)",
    "services_petition_responsible_unit_id_372583fd": "services_petition (responsible_unit_id)",
    "services_petitionclock_unit_id_1a0834ee": "services_petitionclock (unit_id)",
    "services_petitionentry_petition_id_2099b3cc": "services_petitionentry (petition_id)",
    "services_petitionfile_petition_id_f87e8fe8": "services_petitionfile (petition_id)",
    "services_workitem_dossier_id_3e1f3460": "services_workitem (dossier_id)",
    "services_workitem_officer_id_bccdeea6": "services_workitem (officer_id)",
    "services_workitem_unit_id_50435c34": "services_workitem (unit_id)",
}


class Migration(migrations.Migration):
    dependencies = [
        ("services", "0023_moves"),
        ("units", "0010_begin_work"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]
    operations = [
        migrations.SeparateDatabaseAndState(
            [migrations.RunSQL(f"drop index {name}", f"create index {name} on {key}") for name, key in INDEXES.items()],
            [
                migrations.AlterField(
                    model_name="attachment",
                    name="component",
                    field=models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="attachments",
                        to="services.component",
                    ),
                ),
                migrations.AlterField(
                    model_name="clockentry",
                    name="dossier",
                    field=models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="clock_entries",
                        to="services.dossier",
                    ),
                ),
                migrations.AlterField(
                    model_name="component",
                    name="dossier",
                    field=models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="components",
                        to="services.dossier",
                    ),
                ),
                migrations.AlterField(
                    model_name="dossier",
                    name="competent_unit",
                    field=models.ForeignKey(
                        db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name="+", to="units.unit"
                    ),
                ),
                migrations.AlterField(
                    model_name="dossier",
                    name="filer",
                    field=models.ForeignKey(
                        db_index=False,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="filed_dossiers",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                migrations.AlterField(
                    model_name="dossier",
                    name="holder",
                    field=models.ForeignKey(
                        db_index=False,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="held_dossiers",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                migrations.AlterField(
                    model_name="dossier",
                    name="owner",
                    field=models.ForeignKey(
                        db_index=False,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="owned_dossiers",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                migrations.AlterField(
                    model_name="dossier",
                    name="receiving_unit",
                    field=models.ForeignKey(
                        db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name="+", to="units.unit"
                    ),
                ),
                migrations.AlterField(
                    model_name="dossier",
                    name="responsible_unit",
                    field=models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="dossiers",
                        to="units.unit",
                    ),
                ),
                migrations.AlterField(
                    model_name="dossier",
                    name="returning_unit",
                    field=models.ForeignKey(
                        db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name="+", to="units.unit"
                    ),
                ),
                migrations.AlterField(
                    model_name="handover",
                    name="dossier",
                    field=models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="handovers",
                        to="services.dossier",
                    ),
                ),
                migrations.AlterField(
                    model_name="petition",
                    name="filer",
                    field=models.ForeignKey(
                        db_index=False,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="petitions",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                migrations.AlterField(
                    model_name="petition",
                    name="handler",
                    field=models.ForeignKey(
                        db_index=False,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="handled_petitions",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                migrations.AlterField(
                    model_name="petition",
                    name="responsible_unit",
                    field=models.ForeignKey(
                        db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name="+", to="units.unit"
                    ),
                ),
                migrations.AlterField(
                    model_name="petitionclock",
                    name="unit",
                    field=models.ForeignKey(
                        db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name="+", to="units.unit"
                    ),
                ),
                migrations.AlterField(
                    model_name="petitionentry",
                    name="petition",
                    field=models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="entries",
                        to="services.petition",
                    ),
                ),
                migrations.AlterField(
                    model_name="petitionfile",
                    name="petition",
                    field=models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="files",
                        to="services.petition",
                    ),
                ),
                migrations.AlterField(
                    model_name="workitem",
                    name="dossier",
                    field=models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="work_items",
                        to="services.dossier",
                    ),
                ),
                migrations.AlterField(
                    model_name="workitem",
                    name="officer",
                    field=models.ForeignKey(
                        db_index=False,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="work_items",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                migrations.AlterField(
                    model_name="workitem",
                    name="unit",
                    field=models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="work_items",
                        to="units.unit",
                    ),
                ),
            ],
        ),
    ]
