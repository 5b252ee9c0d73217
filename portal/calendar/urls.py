from django.urls import path

from portal.calendar.views import deeds, public

app_name = "calendar"
urlpatterns = [
    path("lich-lam-viec/", public.year, name="year"),
    path("lich-lam-viec/hoan-doi/", deeds.swap, name="swap"),
    path("lich-lam-viec/ngay-nghi/", deeds.holiday, name="holiday"),
    path("lich-lam-viec/ngay/<int:pk>/bo/", deeds.retire, name="retire"),
]
