"""The pages of a preview, for the browsers of this computer alone.

The server listens on the loopback address, and answers only to its own name there: a page of the internet whose name
was made to lead here (DNS rebinding) has another one. Every address begins with a key that is new each time, since
other people may work on this computer. Nothing is served but three files of this package and what the board holds: no
path of an address ever becomes the path of a file. What pages may load is told to the browser, and no other host is
among it.
"""

from __future__ import annotations

import contextlib
import json
import os
import secrets
import threading
from collections.abc import Callable, Collection
from http import HTTPStatus
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from urllib.parse import parse_qs, urlsplit

from thongthin.commands.preview.board import Board, View
from thongthin.commands.preview.pages import PdfPages
from thongthin.commands.setup import Stop

ADDRESS = "127.0.0.1"
NAMES = (ADDRESS, "localhost")
PAGE = Path(__file__).parent / "page"
# The files of the page by the end of their address.
FILES = {"": "index.html", "page.js": "page.js", "page.css": "page.css"}
TYPES = {".html": "text/html", ".js": "text/javascript", ".css": "text/css"}
# What the browser may load: of the page only what comes from here; of the document, which runs nothing, only what
# stands in it.
PAGE_POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'self' 'unsafe-inline'; connect-src 'self';"
    " img-src 'self' data:; frame-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'"
)
DOCUMENT_POLICY = (
    "default-src 'none'; style-src 'unsafe-inline'; img-src data:; font-src data:; base-uri 'none'; form-action 'none';"
    " frame-ancestors 'self'"
)
# Seconds after which a page is sent a sign of life, by which the server learns that it was closed.
BEAT = 10.0


class Server(ThreadingHTTPServer):
    """Serves a board; `asked` is called with each view that a page begins to show.

    Args:
        port: 0 takes any that is free.

    Raises:
        Stop: the port can't be had.
    """

    daemon_threads = True
    block_on_close = False
    allow_reuse_address = os.name == "posix"  # where this does not let two programs have one port

    def __init__(self, board: Board, port: int, asked: Callable[[View], None]) -> None:
        self.board, self.asked = board, asked
        self.key = secrets.token_urlsafe(16)
        self.pdf_pages = PdfPages()
        try:
            super().__init__((ADDRESS, port), Handler)
        except (OSError, OverflowError) as error:
            raise Stop(
                f"The port {port} can't be had: {error}. Leave --port out, and one that is free is taken.",
                f"ใช้พอร์ต {port} ไม่ได้: {error} หากไม่ระบุ --port จะใช้พอร์ตที่ว่างให้เอง",
            ) from None
        self.thread = threading.Thread(target=self.serve_forever, args=(0.2,), daemon=True)

    @property
    def hosts(self) -> Collection[str]:
        """What may stand in the header `Host`."""
        port = self.server_address[1]
        return [f"{name}:{port}" for name in NAMES] + (list(NAMES) if port == 80 else [])

    def url(self, view: View) -> str:
        """Where the page of a view is found."""
        return (
            f"http://{ADDRESS}:{self.server_address[1]}/{self.key}/"
            f"?document={view.document}&language={view.language}&format={view.format}"
        )

    def start(self) -> None:
        self.thread.start()

    def end(self) -> None:
        """Stop serving; pages were told before, by the phase `ended`."""
        self.shutdown()
        self.server_close()

    def handle_error(self, request: object, client_address: object) -> None:
        """A page that was closed while it was answered is nothing to tell of."""


class Handler(BaseHTTPRequestHandler):
    """Answers one request after the other of a connection."""

    server: Server
    protocol_version = "HTTP/1.1"
    timeout = 60
    server_version, sys_version = "Thongthin", ""

    def log_message(self, *_: object) -> None:
        """The terminal tells what is rendered, not what is fetched."""

    def do_GET(self) -> None:
        """Answer, if the address has the host and the key of this preview."""
        hosts = self.headers.get_all("Host") or []
        origin = self.headers.get("Origin")
        address = urlsplit(self.path)
        key, _, name = address.path.removeprefix("/").partition("/")
        if len(hosts) != 1 or hosts[0].lower() not in self.server.hosts:
            self.refuse(HTTPStatus.MISDIRECTED_REQUEST)
        elif origin and origin.lower() not in [f"http://{host}" for host in self.server.hosts]:
            self.refuse(HTTPStatus.FORBIDDEN)
        elif not secrets.compare_digest(key.encode("utf-8", "replace"), self.server.key.encode()):
            self.refuse(HTTPStatus.NOT_FOUND)
        elif name in FILES:
            path = PAGE / FILES[name]
            self.answer(path.read_bytes(), f"{TYPES[path.suffix]}; charset=utf-8", PAGE_POLICY)
        else:
            self.answer_of_view(name, {key: values[0] for key, values in parse_qs(address.query).items()})

    do_HEAD = do_GET

    def answer_of_view(self, name: str, asked: dict[str, str]) -> None:
        """Answer what is asked of one view: its news, its document, the pages of its PDF."""
        wanted = [asked.get(part) for part in View._fields]
        view = next((view for view in self.server.board.views if list(view) == wanted), None)
        if name == "events":
            self.news(view)
            return
        shown = self.server.board.shown.get(view) if view else None
        if view is None or shown is None:
            self.refuse(HTTPStatus.NOT_FOUND)
        elif name == "document":
            kind = "text/html; charset=utf-8" if view.format == "html" else "application/pdf"
            self.answer(shown.data, kind, DOCUMENT_POLICY)
        elif name == "pages" and view.format == "pdf":
            texts = json.dumps(self.server.pdf_pages.texts(shown.data), ensure_ascii=False)
            self.answer(texts.encode("utf-8"), "application/json", DOCUMENT_POLICY)
        elif name == "picture" and view.format == "pdf" and asked.get("number", "").isdecimal():
            picture = self.server.pdf_pages.picture(shown.data, int(asked["number"]))
            if picture is None:
                self.refuse(HTTPStatus.NOT_FOUND)
            else:
                self.answer(picture, "image/png", DOCUMENT_POLICY)
        else:
            self.refuse(HTTPStatus.NOT_FOUND)

    def news(self, view: View | None) -> None:
        """Tell a page what is new, as long as it stays open, as server-sent events."""
        board = self.server.board
        self.close_connection = True
        self.head(HTTPStatus.OK, "text/event-stream; charset=utf-8", PAGE_POLICY)
        self.end_headers()
        with board.page(view) if view else contextlib.nullcontext(), contextlib.suppress(OSError):
            if view:
                self.server.asked(view)
            known, phase = -1, ""
            while phase != "ended":
                now = board.wait(known, BEAT)
                message = board.message(view)
                phase = str(message["phase"])
                text = f"data: {json.dumps(message, ensure_ascii=False)}\n\n" if now != known else ":\n\n"
                known = now
                self.wfile.write(text.encode("utf-8"))
                self.wfile.flush()

    def answer(self, data: bytes, kind: str, policy: str) -> None:
        self.head(HTTPStatus.OK, kind, policy)
        self.send_header("Content-Length", str(len(data)))
        self.end_headers()
        if self.command != "HEAD":
            self.wfile.write(data)

    def refuse(self, status: HTTPStatus) -> None:
        data = f"{status.value}\n".encode()
        self.head(status, "text/plain; charset=utf-8", DOCUMENT_POLICY)
        self.send_header("Content-Length", str(len(data)))
        self.end_headers()
        if self.command != "HEAD":
            self.wfile.write(data)

    def head(self, status: HTTPStatus, kind: str, policy: str) -> None:
        self.send_response(status)
        self.send_header("Content-Type", kind)
        self.send_header("Content-Security-Policy", policy)
        self.send_header("Cache-Control", "no-store")
        self.send_header("X-Content-Type-Options", "nosniff")
        self.send_header("Referrer-Policy", "no-referrer")
        self.send_header("Cross-Origin-Resource-Policy", "same-origin")
