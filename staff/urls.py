from django.urls import path

from staff.views import accounts, own, public

app_name = "staff"
urlpatterns = [
    path("can-bo/", own.colleagues, name="colleagues"),
    path("can-bo/don-vi/<int:unit_id>/", public.unit_officers, name="unit-officers"),
    path("can-bo/don-vi/<int:unit_id>/tai-khoan/", accounts.unit_accounts, name="accounts"),
    path("can-bo/phan-cong/<int:pk>/tai-khoan/", accounts.account, name="account"),
    path("tai-khoan/quyen/", own.own_rights, name="own-rights"),
]
