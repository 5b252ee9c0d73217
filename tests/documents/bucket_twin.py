"""An S3-compatible store of a few lines over real HTTP: put, head, get, delete and list of one bucket."""

import hashlib
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from email.utils import formatdate
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from urllib.parse import parse_qs, urlsplit
from xml.sax.saxutils import escape

HEAD = '<?xml version="1.0"?><ListBucketResult><IsTruncated>false</IsTruncated>'
ROW = "<Contents><Key>{}</Key><Size>{}</Size><LastModified>2026-01-01T00:00:00.000Z</LastModified></Contents>"


@dataclass
class Bucket:
    address: str = ""
    objects: dict[str, bytes] = field(default_factory=dict)
    puts: list[str] = field(default_factory=list)


def _answering(bucket: Bucket) -> type[BaseHTTPRequestHandler]:
    class Handler(BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"

        def log_message(self, format: str, *args: object) -> None:
            return

        def answer(self, status: int, body: bytes = b"", **headers: str) -> None:
            self.send_response(status)
            self.send_header("Content-Length", headers.pop("length", str(len(body))))
            for name, value in headers.items():
                self.send_header(name.replace("_", "-"), value)
            self.end_headers()
            self.wfile.write(body)

        @property
        def key(self) -> str:
            return urlsplit(self.path).path.removeprefix("/files/")

        def do_PUT(self) -> None:
            body = self.rfile.read(int(self.headers["Content-Length"]))
            bucket.objects[self.key] = body
            bucket.puts.append(self.key)
            return self.answer(200, ETag=f'"{hashlib.md5(body, usedforsecurity=False).hexdigest()}"')

        def do_HEAD(self) -> None:
            found = bucket.objects.get(self.key)
            if found is None:
                return self.answer(404)
            return self.answer(200, length=str(len(found)), Last_Modified=formatdate(usegmt=True), ETag='"x"')

        def do_GET(self) -> None:
            if "list-type" in self.path or "prefix" in self.path:
                return self.listing(parse_qs(urlsplit(self.path).query).get("prefix", [""])[0])
            found = bucket.objects.get(self.key)
            if found is None:
                return self.answer(404)
            first, _, last = self.headers.get("Range", "bytes=0-").removeprefix("bytes=").partition("-")
            part = found[int(first) : int(last) + 1 if last else None]
            place = f"bytes {first}-{int(first) + len(part) - 1}/{len(found)}"
            status = 206 if "Range" in self.headers else 200
            return self.answer(status, part, Last_Modified=formatdate(usegmt=True), ETag='"x"', Content_Range=place)

        def listing(self, prefix: str) -> None:
            rows = [
                ROW.format(escape(key), len(body)) for key, body in bucket.objects.items() if key.startswith(prefix)
            ]
            self.answer(200, (HEAD + "".join(rows) + "</ListBucketResult>").encode(), Content_Type="application/xml")

        def do_DELETE(self) -> None:
            bucket.objects.pop(self.key, None)
            self.answer(204)

    return Handler


@contextmanager
def running() -> Iterator[Bucket]:
    bucket = Bucket()
    server = ThreadingHTTPServer(("127.0.0.1", 0), _answering(bucket))
    bucket.address = f"http://127.0.0.1:{server.server_port}"
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    try:
        yield bucket
    finally:
        server.shutdown()
        server.server_close()
        thread.join(5)
