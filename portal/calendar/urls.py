from django.urls import path

from portal.calendar.views import deeds, offices, public

app_name = "calendar"
urlpatterns = [
    path("lich-lam-viec/", public.year, name="year"),
    path("lich-lam-viec/hoan-doi/", deeds.swap, name="swap"),
    path("lich-lam-viec/ngay-nghi/", deeds.holiday, name="holiday"),
    path("lich-lam-viec/ngay/<int:pk>/bo/", deeds.retire, name="retire"),
    path("lich-lam-viec/gio/", offices.hours, name="hours"),
    path("lich-lam-viec/quy-tac/", offices.setting, name="setting"),
    path("lich-lam-viec/don-vi/<int:unit_id>/gio/", offices.hours, name="unit-hours"),
    path("lich-lam-viec/don-vi/<int:unit_id>/dong-cua/", offices.close, name="close"),
    path("lich-lam-viec/dong-cua/<int:pk>/bo/", offices.open_again, name="open-again"),
]
