"""What is sent with a form: refused before it fills the disk."""

from typing import Any

from django.core.exceptions import RequestDataTooBig
from django.core.files.uploadhandler import FileUploadHandler

MOST = 105 * 1024 * 1024  # a little more than any page takes: what is just too large is answered by the page itself


class Limit(FileUploadHandler):
    """Refuses a request whose body is larger than any page takes; else leaves all to the others."""

    def handle_raw_input(
        self, input_data: Any, META: Any, content_length: int, boundary: Any, encoding: Any = None
    ) -> None:
        """Looks at the size that the request states; a server reads no more than that."""
        if content_length > MOST:
            raise RequestDataTooBig("too large")

    def receive_data_chunk(self, raw_data: bytes, start: int) -> bytes:
        """Passes it on."""
        return raw_data

    def file_complete(self, file_size: int) -> None:
        """Leaves it to the others."""
