"""A server that answers as a test says, in place of a worker."""

import sys
import threading
from collections.abc import Callable
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any, Self


class Exchange(BaseHTTPRequestHandler):
    """One request and the means to answer it; ``stub`` is the server it came to."""

    protocol_version = "HTTP/1.1"
    server: "_Server"

    def do_GET(self) -> None:
        self.body = self.rfile.read(int(self.headers.get("Content-Length", 0)))
        self.server.stub.requests.append((self.command, self.path, dict(self.headers.items())))
        self.server.stub.answer(self)

    do_POST = do_GET  # noqa: N815 (the base's name)

    def send(self, body: bytes, status: int = 200, kind: str = "text/plain") -> None:
        self.send_response(status)
        self.send_header("Content-Type", kind)
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def send_in_pieces(self, *, chunked: bool = True) -> Callable[[bytes], None]:
        """Begin an answer; call what is returned with each piece of it, and with ``b""`` at last.
        One that is not chunked ends with its connection."""
        self.send_response(200)
        self.send_header("Content-Type", "text/event-stream")
        if chunked:
            self.send_header("Transfer-Encoding", "chunked")
        else:
            self.close_connection = True
        self.end_headers()

        def piece(data: bytes) -> None:
            self.wfile.write(b"%x\r\n%s\r\n" % (len(data), data) if chunked else data)

        return piece

    def hang_up(self) -> None:
        """Close the connection without an answer."""
        self.close_connection = True

    def log_message(self, format: str, *args: Any) -> None:  # noqa: A002 (the base's name)
        pass


class _Server(ThreadingHTTPServer):
    daemon_threads = True
    stub: "Stub"

    def handle_error(self, request: Any, client_address: Any) -> None:
        if not isinstance(sys.exception(), OSError):  # that is a client who left
            super().handle_error(request, client_address)

    def process_request(self, request: Any, client_address: Any) -> None:
        self.stub.connections += 1
        super().process_request(request, client_address)


class Stub:
    """``with Stub(answer) as stub:`` listens on ``stub.port``. ``requests`` are the method, path
    and headers of what came, ``connections`` how many were opened."""

    def __init__(self, answer: Callable[[Exchange], None]) -> None:
        self.answer = answer
        self.requests: list[tuple[str, str, dict[str, str]]] = []
        self.connections = 0
        self._server = _Server(("127.0.0.1", 0), Exchange)
        self._server.stub = self
        self.port = self._server.server_port

    def __enter__(self) -> Self:
        threading.Thread(target=self._server.serve_forever, args=(0.01,), daemon=True).start()
        return self

    def __exit__(self, *error: object) -> None:
        self._server.shutdown()
        self._server.server_close()
