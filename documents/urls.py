from django.urls import path

from documents.views import register_files, registers

app_name = "documents"
urlpatterns = [
    path("so/", registers.register_books, name="register-books"),
    path("so/don-vi/<bigid:unit_id>/dang-ky/", registers.register_arrival, name="register-arrival"),
    path("so/<bigid:pk>/", registers.register_book, name="register-book"),
    path("so/<bigid:pk>/dong/", registers.register_close, name="register-close"),
    path("so/<bigid:pk>/<slug:form>.pdf", register_files.register_pdf, name="register-pdf"),
    path("so/<bigid:pk>/<slug:form>.xlsx", register_files.register_xlsx, name="register-xlsx"),
    path("so/muc/<bigid:pk>/", registers.register_entry, name="register-entry"),
    path("so/muc/<bigid:pk>/ghi-them/", registers.register_remark, name="register-remark"),
    path("so/muc/<bigid:pk>/huy/", registers.register_void, name="register-void"),
]
