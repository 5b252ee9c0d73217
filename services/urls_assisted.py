"""The desk files for a citizen: who stands there, the pages of the draft, the confirmation."""

from django.urls import URLPattern, path

from services.views import assisting, visits

VISIT = "mot-cua/nop-ho/"
DRAFT = f"{VISIT}ban-nhap/<uuid:draft>/"

urlpatterns: list[URLPattern] = [
    path(VISIT, visits.visit, name="visit"),
    path(f"{VISIT}<uuid:pk>/", visits.procedures, name="visit-procedures"),
    path(f"{VISIT}<uuid:pk>/<procedurecode:code>/", visits.begin, name="visit-begin"),
    path(DRAFT, assisting.TaskListView.as_view(), name="assist-tasks"),
    path(f"{DRAFT}bo/", assisting.DiscardView.as_view(), name="assist-discard"),
    path(f"{DRAFT}quy-dinh-moi/", assisting.MoveView.as_view(), name="assist-move"),
    path(f"{DRAFT}giay-to/", assisting.PapersView.as_view(), name="assist-papers"),
    path(f"{DRAFT}nop-thay/", assisting.AssistMandateView.as_view(), name="assist-mandate"),
    path(f"{DRAFT}noi-giai-quyet/", assisting.PlacesView.as_view(), name="assist-places"),
    path(f"{DRAFT}xac-nhan/", assisting.ConfirmView.as_view(), name="assist-review"),
    path(f"{DRAFT}trang/<slug:page>/", assisting.PageView.as_view(), name="assist-page"),
    path(f"{DRAFT}luu/<slug:page>/", assisting.SaveView.as_view(), name="assist-save"),
    path(f"{DRAFT}trang/<slug:page>/<slug:row>/", assisting.RowView.as_view(), name="assist-row"),
    path(f"{DRAFT}trang/<slug:page>/<slug:row>/bo/", assisting.RemoveRowView.as_view(), name="assist-remove"),
]
