from django.urls import URLPattern, path

from services.api import confirmations, desk, dossiers, drafts, files, lateness, look_ups, procedures, talk, work

app_name = "services"
ONE = "dossiers/<uuid:pk>"
STEP = "work-items/<uuid:pk>"

urlpatterns: list[URLPattern] = [
    path("procedures", procedures.ProcedureList.as_view(), name="procedures"),
    path("procedures/<procedurecode:code>", procedures.ProcedureDetail.as_view(), name="procedure"),
    path("procedures/<procedurecode:code>/form", procedures.ProcedureForm.as_view(), name="procedure-form"),
    path("dossiers", dossiers.Dossiers.as_view(), name="dossiers"),
    path(ONE, dossiers.DossierDetail.as_view(), name="dossier"),
    path(f"{ONE}/clock", dossiers.DossierClock.as_view(), name="dossier-clock"),
    path(f"{ONE}/events", dossiers.DossierEvents.as_view(), name="dossier-events"),
    path(f"{ONE}/attachments", dossiers.DossierAttachments.as_view(), name="dossier-attachments"),
    path(f"{ONE}/component-checks", desk.ComponentChecks.as_view(), name="component-checks"),
    path(f"{ONE}/acceptances", desk.Acceptances.as_view(), name="acceptances"),
    path(f"{ONE}/refusals", desk.Refusals.as_view(), name="refusals"),
    path(f"{ONE}/reroutings", desk.Reroutings.as_view(), name="reroutings"),
    path(f"{ONE}/hand-outs", desk.HandOuts.as_view(), name="hand-outs"),
    path(f"{ONE}/stops", desk.Stops.as_view(), name="stops"),
    path(f"{ONE}/supplement-requests", desk.SupplementRequests.as_view(), name="supplement-requests"),
    path(
        f"{ONE}/supplement-requests/<uuid:supplement>/items/<bigid:item>",
        talk.SupplementItemDetail.as_view(),
        name="supplement-item",
    ),
    path(f"{ONE}/supplement-completions", talk.SupplementCompletions.as_view(), name="supplement-completions"),
    path(f"{ONE}/draft-confirmations", confirmations.Confirmations.as_view(), name="draft-confirmations"),
    path(f"{ONE}/draft-objections", confirmations.Objections.as_view(), name="draft-objections"),
    path(f"{ONE}/withdrawals", talk.Withdrawals.as_view(), name="withdrawals"),
    path(f"{ONE}/messages", talk.Messages.as_view(), name="messages"),
    path(f"{ONE}/notes", talk.Notes.as_view(), name="notes"),
    path(f"{ONE}/ratings", talk.Ratings.as_view(), name="ratings"),
    path(f"{ONE}/extensions", lateness.Extensions.as_view(), name="extensions"),
    path(f"{ONE}/extension-approvals", lateness.ExtensionApprovals.as_view(), name="extension-approvals"),
    path(f"{ONE}/extension-refusals", lateness.ExtensionRefusals.as_view(), name="extension-refusals"),
    path("late-dossiers", lateness.LateDossiers.as_view(), name="late-dossiers"),
    path("dossier-look-ups", look_ups.DossierLookUps.as_view(), name="dossier-look-ups"),
    path("declaration-drafts", drafts.DeclarationDrafts.as_view(), name="declaration-drafts"),
    path("declaration-drafts/<uuid:pk>", drafts.DeclarationDraftDetail.as_view(), name="declaration-draft"),
    path("declaration-checks", drafts.DeclarationChecks.as_view(), name="declaration-checks"),
    path("work-items", work.WorkItems.as_view(), name="work-items"),
    path(STEP, work.WorkItemDetail.as_view(), name="work-item"),
    path(f"{STEP}/colleagues", work.Colleagues.as_view(), name="colleagues"),
    path(f"{STEP}/takings", work.Takings.as_view(), name="takings"),
    path(f"{STEP}/assignments", work.Assignments.as_view(), name="work-assignments"),
    path(f"{STEP}/completions", work.Completions.as_view(), name="completions"),
    path(f"{STEP}/returns", work.Returns.as_view(), name="returns"),
    path(f"{STEP}/proposals", work.Proposals.as_view(), name="proposals"),
    path(f"{STEP}/draft-recalls", work.DraftRecalls.as_view(), name="draft-recalls"),
    path(f"{STEP}/extensions", lateness.ProposedExtensions.as_view(), name="proposed-extensions"),
    path("files", files.Files.as_view(), name="files"),
    path("files/<uuid:pk>", files.FileDetail.as_view(), name="stored-file"),
    path("files/<uuid:pk>/content", files.FileContent.as_view(), name="file-content"),
]
