"""What citizens see and do after filing, and the look-up without sign-in."""

from django.urls import URLPattern, path

from services.views import look_up, own, own_changes, own_confirmation, own_deeds, own_supplement, seen

ONE = "ho-so-cua-toi/<uuid:pk>/"

urlpatterns: list[URLPattern] = [
    path("tra-cuu/", look_up.look_up, name="look-up"),
    path("tra-cuu/q/<str:token>/", look_up.by_link, name="look-up-link"),
    path("tra-cuu/q/<str:token>/danh-gia/<slug:when>/", look_up.rate, name="look-up-rating"),
    path("tai-khoan/ai-da-xem/", seen.looks, name="own-looks"),
    path("ho-so-cua-toi/", own.dossiers, name="own-dossiers"),
    path(ONE, own.dossier, name="own-dossier"),
    path(f"{ONE}noi-dung/", own.content, name="own-content"),
    path(f"{ONE}thoi-han.ics", own.calendar, name="own-calendar"),
    path(f"{ONE}bo-sung/", own_supplement.supplement, name="own-supplement"),
    path(f"{ONE}bo-sung/<bigid:item_id>/", own_supplement.item, name="own-supplement-item"),
    path(f"{ONE}sua/", own_changes.changes, name="own-changes"),
    path(f"{ONE}sua/cau/", own_changes.change, name="own-change"),
    path(f"{ONE}xac-nhan/", own_confirmation.confirmation, name="own-confirmation"),
    path(f"{ONE}xac-nhan/chua-dung/", own_confirmation.objection, name="own-objection"),
    path(f"{ONE}rut/", own_deeds.withdrawal, name="own-withdrawal"),
    path(f"{ONE}danh-gia/<slug:when>/", own_deeds.rating, name="own-rating"),
    path(f"{ONE}trao-doi/", own_deeds.message, name="own-message"),
]
