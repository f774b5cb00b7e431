"""The pages of a preview: for this computer alone, and told of every change."""

from __future__ import annotations

import http.client
import io
import json
import re
import socket
import time
from collections.abc import Iterator
from contextlib import contextmanager
from urllib.parse import urlencode, urlsplit

import psutil
import pypdfium2
import pytest

from thongthin.basics.problems import Problem
from thongthin.commands.preview.board import SENTENCES, Board, View
from thongthin.commands.preview.server import ADDRESS, FILES, PAGE, Server
from thongthin.commands.setup import Stop

THAI, ENGLISH = View("article", "th", "html"), View("article", "en", "html")
PDF = View("article", "th", "pdf")


@pytest.fixture
def asked() -> list[View]:
    return []


@pytest.fixture
def server(asked: list[View]) -> Iterator[Server]:
    server = Server(Board(views=[THAI, ENGLISH, PDF]), 0, asked.append)
    server.start()
    yield server
    server.board.enter("ended")
    server.end()


def get(server: Server, path: str, **headers: str) -> tuple[int, dict[str, str], bytes]:
    """Status, headers and content of an answer; `path` stands below the key of the server, unless it begins with /."""
    connection = http.client.HTTPConnection(*server.server_address, timeout=10)
    connection.request("GET", path if path.startswith("/") else f"/{server.key}/{path}", headers=headers)
    answer = connection.getresponse()
    return answer.status, dict(answer.getheaders()), answer.read()


def query(view: View) -> str:
    return urlencode(view._asdict())


@contextmanager
def news(server: Server, view: View) -> Iterator[Iterator[dict[str, object]]]:
    """What a page of this view is told."""
    connection = http.client.HTTPConnection(*server.server_address, timeout=10)
    connection.request("GET", f"/{server.key}/events?{query(view)}")
    answer = connection.getresponse()
    assert answer.getheader("Content-Type") == "text/event-stream; charset=utf-8"
    yield (json.loads(line.removeprefix(b"data: ")) for line in answer if line.startswith(b"data: "))
    answer.close()
    connection.close()


def test_it_listens_on_the_loopback_address_only(server: Server) -> None:
    listening = [one for one in psutil.Process().net_connections("inet") if one.status == psutil.CONN_LISTEN]
    own = [one.laddr.ip for one in listening if one.laddr.port == server.server_address[1]]
    assert own == [ADDRESS] == ["127.0.0.1"]


def test_a_port_that_another_program_has_is_told() -> None:
    with socket.socket() as other:
        other.bind((ADDRESS, 0))
        other.listen()
        with pytest.raises(Stop, match="can't be had") as stop:
            Server(Board(), other.getsockname()[1], lambda _: None)
    assert "ใช้พอร์ต" in stop.value.args[1]


@pytest.mark.parametrize("name", ["127.0.0.1", "localhost", "LOCALHOST"])
def test_it_answers_to_its_own_names(server: Server, name: str) -> None:
    assert get(server, "", Host=f"{name}:{server.server_address[1]}")[0] == 200


@pytest.mark.parametrize("name", ["attacker.example", "127.0.0.1.attacker.example", "127.0.0.2", "[::1]", ""])
def test_it_does_not_answer_to_another_name_that_leads_here(server: Server, name: str) -> None:
    for host in (f"{name}:{server.server_address[1]}", name):
        assert get(server, "", Host=host)[0] == 421


def test_it_does_not_answer_without_a_name_or_to_another_port(server: Server) -> None:
    assert get(server, "", Host=ADDRESS)[0] == 421
    with socket.create_connection(server.server_address, timeout=10) as connection:
        connection.sendall(f"GET /{server.key}/ HTTP/1.0\r\n\r\n".encode())
        assert connection.recv(100).split()[1] == b"421"


def test_a_page_of_another_origin_gets_nothing(server: Server) -> None:
    assert get(server, "", Origin="https://attacker.example")[0] == 403
    status, headers, _ = get(server, "", Origin=f"http://127.0.0.1:{server.server_address[1]}")
    assert status == 200
    assert not any(name.lower().startswith("access-control") for name in headers)


def test_without_the_key_nothing_is_found_and_each_preview_has_another(server: Server) -> None:
    assert [get(server, path)[0] for path in ("/", "/page.js", "/wrong/", f"/{server.key[:-1]}/")] == [404] * 4
    other = Server(Board(), 0, lambda _: None)
    other.server_close()
    assert other.key != server.key
    assert len(server.key) >= 20


@pytest.mark.parametrize(
    "path",
    [
        "../server.py",
        "%2e%2e/server.py",
        "..%2fserver.py",
        "page/../../server.py",
        "/../../../../etc/hosts",
        "index.html",
    ],
)
def test_no_path_leads_to_another_file(server: Server, path: str) -> None:
    assert get(server, path)[0] == 404


def test_it_only_reads(server: Server) -> None:
    for method in ("POST", "PUT", "DELETE", "OPTIONS"):
        connection = http.client.HTTPConnection(*server.server_address, timeout=10)
        connection.request(method, f"/{server.key}/", body=b"x")
        assert connection.getresponse().status == 501


def test_no_file_of_the_page_names_another_host_and_the_browser_is_told_to_ask_none(server: Server) -> None:
    for name in FILES.values():
        assert not re.search(r"(https?:)?//[\w.-]+\.\w", (PAGE / name).read_text(encoding="utf-8")), name
    server.board.show(THAI, b"<html></html>")
    for path in ("", "page.js", "page.css", f"document?{query(THAI)}"):
        status, headers, _ = get(server, path)
        assert status == 200
        assert headers["Content-Security-Policy"].startswith("default-src 'none';")
        assert "http" not in headers["Content-Security-Policy"]
        assert headers["Cache-Control"] == "no-store"
        assert headers["Referrer-Policy"] == "no-referrer"
    assert "script-src" not in get(server, f"document?{query(THAI)}")[1]["Content-Security-Policy"]


def test_a_page_has_what_a_screen_reader_needs(server: Server) -> None:
    page = get(server, "")[2].decode("utf-8")
    assert '<p id="news" role="status"></p>' in page  # read aloud politely, whatever is put there
    assert 'class="skip" href="#place"' in page
    assert "มิใช่บทความที่สร้างแล้ว" in page
    assert "not the built article" in page


def test_a_view_is_served_as_it_was_shown_last(server: Server) -> None:
    address = f"document?{query(THAI)}"
    assert get(server, address)[0] == 404
    assert server.board.show(THAI, "ก".encode())
    assert get(server, address)[2] == "ก".encode()
    assert server.board.show(THAI, "ข".encode())
    assert not server.board.show(THAI, "ข".encode())
    assert get(server, address)[2] == "ข".encode()
    assert server.board.message(THAI)["version"] == 2
    assert get(server, f"document?{query(ENGLISH)}")[0] == 404
    assert get(server, f"document?{query(View('supplement', 'th', 'html'))}")[0] == 404


def test_a_page_is_told_of_each_change_and_of_the_end(server: Server, asked: list[View]) -> None:
    with news(server, ENGLISH) as told:
        assert next(told)["phase"] == "checking"
        assert asked == [ENGLISH]
        assert server.board.open_views() == [ENGLISH]
        server.board.show(ENGLISH, b"1")
        assert next(told)["version"] == 1
        server.board.enter("wrong", [Problem("x", "report/a.qmd", "Wrong.", "ผิด", "Mend.", "แก้", row=3)])
        message = next(told)
        assert message["sentence"] == list(SENTENCES["wrong"])
        assert message["problems"] == [
            {"file": "report/a.qmd", "place": ["Line 3", "บรรทัดที่ 3"], "said": ["Wrong.", "ผิด"], "hint": ["Mend.", "แก้"]}
        ]
        assert message["version"] == 1  # the last good one stays
        server.board.add_line("one\x1b[31m")
        server.board.enter("building", [])
        while (message := next(told))["phase"] != "building":
            pass
        assert message["lines"] == ["one\\x1b[31m"]
        server.board.enter("ended")
        assert next(told)["phase"] == "ended"
        assert next(told, None) is None


def test_who_closes_a_page_is_forgotten(server: Server, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("thongthin.commands.preview.server.BEAT", 0.05)
    with news(server, THAI) as told:
        next(told)
    for _ in range(200):
        if not server.board.open_views():
            return
        time.sleep(0.05)
    pytest.fail("it is told of further news")


def test_a_pdf_is_shown_page_by_page_with_its_text(server: Server) -> None:
    pdf = pypdfium2.PdfDocument.new()
    for _ in range(2):
        pdf.new_page(200, 100)
    path = f"picture?{query(PDF)}&number="
    server.board.show(PDF, saved(pdf))
    assert json.loads(get(server, f"pages?{query(PDF)}")[2]) == ["", ""]
    status, headers, picture = get(server, f"{path}2")
    assert (status, headers["Content-Type"], picture[:4]) == (200, "image/png", b"\x89PNG")
    assert [get(server, path + number)[0] for number in ("0", "3", "-1", "x", "99999999999999999999")] == [404] * 5
    pdf.new_page(200, 100)
    server.board.show(PDF, saved(pdf))
    assert get(server, f"{path}3")[0] == 200
    assert get(server, f"document?{query(PDF)}")[1]["Content-Type"] == "application/pdf"


def saved(pdf: pypdfium2.PdfDocument) -> bytes:
    out = io.BytesIO()
    pdf.save(out)
    return out.getvalue()


def test_the_address_of_a_page_names_its_view(server: Server) -> None:
    address = urlsplit(server.url(PDF))
    assert address.netloc == f"127.0.0.1:{server.server_address[1]}"
    assert address.path == f"/{server.key}/"
    assert address.query == query(PDF)


def test_every_phase_is_said_in_both_languages() -> None:
    for english, thai in SENTENCES.values():
        assert re.search("[a-z]", english)
        assert not re.search("[a-zA-Z]", thai)
