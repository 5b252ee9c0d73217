"""Names in the description of the API for choices that several shapes share."""

SHARED_CHOICES = {
    "DocumentStateEnum": "documents.api.schemas.DOCUMENT_STATES",
    "SigningGoalEnum": "documents.api.schemas.GOALS",
    "SigningItemStateEnum": "documents.api.schemas.ITEM_STATES",
    "DossierStateEnum": "services.api.dossier_schemas.STATES",
    "WorkItemStateEnum": "services.api.work_schemas.STATES",
    "ConsultationStateEnum": "services.api.consultation_schemas.STATES",
    "AskedForEnum": "services.api.consultation_schemas.KINDS",
    "NotificationStateEnum": "portal.notifications.api.schemas.STATES",
    "NotificationChannelEnum": "portal.notifications.api.schemas.CHANNELS",
    "NotificationReasonEnum": "portal.notifications.api.schemas.REASONS",
    "NotificationLanguageEnum": "portal.notifications.api.schemas.LANGUAGES",
    "TypeEnum": "units.api.schemas.TYPES",
    "PetitionStateEnum": "services.api.petition_schemas.STATES",
    "PetitionChannelEnum": "services.api.petition_schemas.CHANNELS",
    "PetitionTypeEnum": "services.api.petition_schemas.TYPES",
    "ChannelEnum": "services.api.dossier_schemas.CHANNELS",
    "KeptKindEnum": "services.api.retention_schemas.KINDS",
    "HoldCauseEnum": "services.api.retention_schemas.CAUSES",
    "HoldStateEnum": "services.api.retention_schemas.STATES",
    "HandedInEnum": "services.api.dossier_schemas.AT_DESK",
}
