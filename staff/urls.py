from django.urls import path

from staff.views import own, public

app_name = "staff"
urlpatterns = [
    path("can-bo/", own.colleagues, name="colleagues"),
    path("can-bo/don-vi/<int:unit_id>/", public.unit_officers, name="unit-officers"),
    path("tai-khoan/quyen/", own.own_rights, name="own-rights"),
]
