from django.urls import path

from documents.api import (
    acts,
    batches,
    certificates,
    document_deeds,
    documents,
    numbering_rules,
    register_deeds,
    registers,
    result_searches,
    verifications,
)

app_name = "documents"

urlpatterns = [
    path("documents", documents.DocumentList.as_view(), name="documents"),
    path("documents/<uuid:pk>", documents.DocumentDetail.as_view(), name="document"),
    path("documents/<uuid:pk>/content.pdf", documents.DocumentContent.as_view(), name="document-content"),
    *(
        path(f"documents/<uuid:pk>/{noun}", view.as_view(), name=f"document-{noun}")
        for noun, view in document_deeds.VIEWS.items()
    ),
    path("document-batches", batches.BatchList.as_view(), name="document-batches"),
    path("document-batches/<uuid:pk>", batches.BatchDetail.as_view(), name="document-batch"),
    path("document-batches/<uuid:pk>/cancellations", batches.BatchCancellations.as_view(), name="batch-cancellations"),
    path("register-books", registers.BookList.as_view(), name="register-books"),
    path("register-books/<bigid:pk>", registers.BookDetail.as_view(), name="register-book"),
    path("register-books/<bigid:pk>/entries", registers.EntryList.as_view(), name="register-entries"),
    path("register-books/<bigid:pk>/book.pdf", registers.BookPdf.as_view(), name="register-pdf"),
    path("register-books/<bigid:pk>/book.xlsx", registers.BookXlsx.as_view(), name="register-xlsx"),
    path("register-entries/<bigid:pk>", registers.EntryDetail.as_view(), name="register-entry"),
    path("certificates", certificates.CertificateList.as_view(), name="certificates"),
    path("certificates/<uuid:pk>", certificates.CertificateDetail.as_view(), name="certificate"),
    path("trust-anchors", certificates.AnchorList.as_view(), name="trust-anchors"),
    path("register-arrivals", register_deeds.Arrivals.as_view(), name="register-arrivals"),
    path("register-entries/<bigid:pk>/remarks", register_deeds.Remarks.as_view(), name="register-remarks"),
    path("register-entries/<bigid:pk>/voidings", register_deeds.Voidings.as_view(), name="register-voidings"),
    path("register-books/<bigid:pk>/closings", register_deeds.Closings.as_view(), name="register-closings"),
    path("organ-abbreviations", numbering_rules.Abbreviations.as_view(), name="organ-abbreviations"),
    path("series-rules", numbering_rules.SeriesRules.as_view(), name="series-rules"),
    path("result-searches", result_searches.ResultSearches.as_view(), name="result-searches"),
    path("reorganisation-acts/<bigid:pk>/file", acts.ActFile.as_view(), name="act-file"),
    path("reorganisation-acts/<bigid:pk>/file.pdf", acts.ActFileContent.as_view(), name="act-file-content"),
    path("reorganisation-acts/<bigid:pk>/report", acts.ActReport.as_view(), name="act-report"),
    path("verifications/<str:code>", verifications.Verification.as_view(), name="verification"),
]
