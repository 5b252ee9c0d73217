from django.urls import path

from documents.api import registers, verifications

app_name = "documents"

urlpatterns = [
    path("register-books", registers.BookList.as_view(), name="register-books"),
    path("register-books/<bigid:pk>", registers.BookDetail.as_view(), name="register-book"),
    path("register-books/<bigid:pk>/entries", registers.EntryList.as_view(), name="register-entries"),
    path("register-books/<bigid:pk>/book.pdf", registers.BookPdf.as_view(), name="register-pdf"),
    path("register-books/<bigid:pk>/book.xlsx", registers.BookXlsx.as_view(), name="register-xlsx"),
    path("register-entries/<bigid:pk>", registers.EntryDetail.as_view(), name="register-entry"),
    path("verifications/<str:code>", verifications.Verification.as_view(), name="verification"),
]
