"""Addresses of documents. Files have a path of their own; in production a proxy may give them a host of their own."""

from django.urls import path

from documents.views import files

app_name = "documents"
urlpatterns = [
    path("tep/<uuid:file_id>/", files.download, name="file"),
]
