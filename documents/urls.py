from django.conf import settings
from django.urls import URLPattern, path

from documents.views import (
    acts,
    batches,
    certificates,
    deeds,
    desk,
    drafting,
    files,
    layouts,
    numbering_rules,
    partial,
    register_files,
    registers,
    results,
    verification,
)

app_name = "documents"
urlpatterns: list[URLPattern] = [
    path("van-ban/", desk.document_list, name="documents"),
    path("van-ban/moi/", drafting.document_new, name="document-new"),
    *(
        path(f"van-ban/{way}/{rest}", view, {"way": way}, name=name)
        for way in batches.WAY
        for rest, view, name in (
            ("", batches.batch_choice, f"batch-{way}"),
            ("xac-nhan/", batches.batch_confirm, f"batch-{way}-confirm"),
        )
    ),
    path("van-ban/dot/<uuid:pk>/", batches.batch_page, name="batch"),
    path("van-ban/dot/<uuid:pk>/huy/", batches.batch_cancel, name="batch-cancel"),
    path("van-ban/<uuid:pk>/", desk.document_page, name="document"),
    path("van-ban/<uuid:pk>/sua/", drafting.document_revise, name="document-revise"),
    path("van-ban/<uuid:pk>/xem-truoc.pdf", desk.document_preview, name="document-preview"),
    path("van-ban/<uuid:pk>/<slug:noun>/", deeds.document_deed, name="document-deed"),
    path("van-ban/sap-xep/<bigid:pk>/", acts.act_file, name="act-file"),
    path("van-ban/sap-xep/<bigid:pk>/bao-cao/", acts.act_report, name="act-report"),
    path("van-ban/sap-xep/<bigid:pk>/nghi-quyet.pdf", acts.act_file_content, name="act-file-content"),
    path("tep/gui/", partial.begin, name="upload"),
    path("tep/gui/<uuid:pk>/<int:offset>/", partial.part, name="upload-part"),
    path("tep/<uuid:file_id>/", files.download, name="file"),
    path("xac-minh/", verification.verification, name="verification"),
    path("xac-minh/tep/", verification.verify_file, name="verify-file"),
    path("xac-minh/<str:code>/", verification.verified, name="verified"),
    path("giay-to/", results.own, name="own-results"),
    path("van-ban/ket-qua/", results.search, name="result-search"),
    path("van-ban/chung-thu/", certificates.certificate_list, name="certificates"),
    path("van-ban/chung-thu/don-vi/<bigid:unit_id>/dang-ky/", certificates.certificate_new, name="certificate-new"),
    path("van-ban/chung-thu/goc/", certificates.anchor_list, name="anchors"),
    path("van-ban/chung-thu/goc/<bigid:pk>/go-bo/", certificates.anchor_strike, name="anchor-strike"),
    path("van-ban/chung-thu/<uuid:pk>/", certificates.certificate_page, name="certificate"),
    path("van-ban/chung-thu/<uuid:pk>/<slug:noun>/", certificates.certificate_deed, name="certificate-deed"),
    path("van-ban/so/", registers.register_books, name="register-books"),
    path("van-ban/so/don-vi/<bigid:unit_id>/dang-ky/", registers.register_arrival, name="register-arrival"),
    path("van-ban/so/don-vi/<bigid:unit_id>/quy-tac/", numbering_rules.numbering_rules, name="numbering-rules"),
    path(
        "van-ban/so/don-vi/<bigid:unit_id>/quy-tac/<slug:noun>/",
        numbering_rules.numbering_rule,
        name="numbering-rule",
    ),
    path("van-ban/so/<bigid:pk>/", registers.register_book, name="register-book"),
    path("van-ban/so/<bigid:pk>/dong/", registers.register_close, name="register-close"),
    path("van-ban/so/<bigid:pk>/<slug:form>.pdf", register_files.register_pdf, name="register-pdf"),
    path("van-ban/so/<bigid:pk>/<slug:form>.xlsx", register_files.register_xlsx, name="register-xlsx"),
    path("van-ban/so/muc/<bigid:pk>/", registers.register_entry, name="register-entry"),
    path("van-ban/so/muc/<bigid:pk>/ghi-them/", registers.register_remark, name="register-remark"),
    path("van-ban/so/muc/<bigid:pk>/huy/", registers.register_void, name="register-void"),
]
if settings.UI_CATALOGUE:
    urlpatterns += [
        path("he-thong/bieu-mau/", layouts.catalogue, name="layouts"),
        path("he-thong/bieu-mau/<slug:code>.pdf", layouts.sample_pdf, name="layout-sample"),
    ]
