from django.urls import path

from staff.views import accounts, clients, own, public

app_name = "staff"
urlpatterns = [
    path("can-bo/", own.colleagues, name="colleagues"),
    path("can-bo/don-vi/<int:unit_id>/", public.unit_officers, name="unit-officers"),
    path("can-bo/don-vi/<int:unit_id>/tai-khoan/", accounts.unit_accounts, name="accounts"),
    path("can-bo/phan-cong/<int:pk>/tai-khoan/", accounts.account, name="account"),
    path("can-bo/don-vi/<int:unit_id>/ung-dung/", clients.unit_clients, name="clients"),
    path("can-bo/don-vi/<int:unit_id>/ung-dung/them/", clients.new_client, name="client-new"),
    path("can-bo/ung-dung/<int:pk>/", clients.client, name="client"),
    path("can-bo/ung-dung/<int:pk>/ma-bi-mat/", clients.client_secret, name="client-secret"),
    path("can-bo/ung-dung/<int:pk>/trang-thai/", clients.client_state, name="client-state"),
    path("tai-khoan/quyen/", own.own_rights, name="own-rights"),
]
