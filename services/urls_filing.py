"""Filing by citizens: begin, the pages of a draft, the receipt."""

from django.urls import URLPattern, path

from services.views import begin, draft_fees, filing, mandates, sending

DRAFT = "nop-ho-so/ho-so/<uuid:draft>/"

urlpatterns: list[URLPattern] = [
    path("nop-ho-so/ban-nhap/", begin.DraftsView.as_view(), name="drafts"),
    path("nop-ho-so/<procedurecode:code>/", begin.BeginView.as_view(), name="begin"),
    path(DRAFT, filing.TaskListView.as_view(), name="draft-tasks"),
    path(f"{DRAFT}bo/", begin.DiscardView.as_view(), name="draft-discard"),
    path(f"{DRAFT}quy-dinh-moi/", sending.MoveView.as_view(), name="draft-move"),
    path(f"{DRAFT}noi-giai-quyet/", sending.PlacesView.as_view(), name="draft-places"),
    path(f"{DRAFT}nop-thay/", mandates.MandateView.as_view(), name="draft-mandate"),
    path(f"{DRAFT}phi/", draft_fees.DraftFeeView.as_view(), name="draft-fee"),
    path(f"{DRAFT}kiem-tra/", sending.ReviewView.as_view(), name="draft-review"),
    path(f"{DRAFT}trang/<slug:page>/", filing.PageView.as_view(), name="draft-page"),
    path(f"{DRAFT}luu/<slug:page>/", filing.SaveView.as_view(), name="draft-save"),
    path(f"{DRAFT}trang/<slug:page>/<slug:row>/", filing.RowView.as_view(), name="draft-row"),
    path(f"{DRAFT}trang/<slug:page>/<slug:row>/bo/", filing.RemoveRowView.as_view(), name="draft-remove"),
    path("ho-so/<uuid:dossier>/bien-nhan/", sending.receipt, name="receipt"),
    path("ho-so/<uuid:dossier>/bien-nhan/ma-qr.svg", sending.receipt_square, name="receipt-square"),
]
