"""How a request's files reach the disk: always in a temporary file, and no further than the largest that is taken."""

from typing import Any

from django.conf import settings
from django.core.files.uploadhandler import TemporaryFileUploadHandler


class BoundedUpload(TemporaryFileUploadHandler):
    """For FILE_UPLOAD_HANDLERS. What is too large is counted to its end, and not kept.

    The file then says its real size and is empty, so that the form can tell its sender what went wrong.
    """

    def receive_data_chunk(self, raw_data: bytes, start: int) -> bytes | None:
        if start + len(raw_data) <= settings.UPLOAD_LARGEST_BYTES:
            self.file.write(raw_data)
        elif self.file.tell():
            self.file.seek(0)
            self.file.truncate()
        return None

    def file_complete(self, file_size: int) -> Any:
        self.file.seek(0)
        self.file.size = file_size
        return self.file
