from django.urls import path

from services.api import procedures

app_name = "services"

urlpatterns = [
    path("procedures", procedures.ProcedureList.as_view(), name="procedures"),
    path("procedures/<procedurecode:code>", procedures.ProcedureDetail.as_view(), name="procedure"),
    path("procedures/<procedurecode:code>/form", procedures.ProcedureForm.as_view(), name="procedure-form"),
]
