"""`python -m integrations.sandbox --port N`: the sandbox at 127.0.0.1, until it is interrupted."""

import argparse
import sys
from socketserver import ThreadingMixIn
from wsgiref.simple_server import WSGIRequestHandler, WSGIServer, make_server

from django.core.exceptions import ImproperlyConfigured


class Server(ThreadingMixIn, WSGIServer):
    daemon_threads = True


class Quiet(WSGIRequestHandler):
    """Without a line per request, and without asking the name server who calls."""

    def log_message(self, format: str, *args: object) -> None:
        pass

    def address_string(self) -> str:
        return str(self.client_address[0])


def main() -> int:
    parser = argparse.ArgumentParser(prog="python -m integrations.sandbox", description=__doc__)
    parser.add_argument("--port", type=int, default=8001)
    port = parser.parse_args().port
    try:
        from integrations.sandbox.wsgi import application  # after the arguments: starting makes a key
    except ImproperlyConfigured as error:
        sys.stderr.write(f"{error}\n")
        return 1
    from integrations.vneid.sandbox import signing_key  # as above

    signing_key()
    with make_server("127.0.0.1", port, application, server_class=Server, handler_class=Quiet) as server:
        sys.stdout.write(f"http://127.0.0.1:{server.server_port}\n")
        sys.stdout.flush()
        try:
            server.serve_forever()
        except KeyboardInterrupt:
            return 0
    return 0


if __name__ == "__main__":
    sys.exit(main())
