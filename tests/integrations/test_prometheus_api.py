"""What a server may answer, and what it may not: judged by a real one and by hostile ones."""

from __future__ import annotations

import json
import shutil
import socket
import ssl
import subprocess
import time
from collections.abc import Iterator
from contextlib import contextmanager
from time import monotonic

import pytest

from generator.integrations import prometheus_api
from generator.integrations.prometheus_api import NAMES, Server, ServerError, metric_names
from tests.integrations.fake_server import answer, fake_server, slowly
from tests.prometheus_server import counters, needs_prometheus, prometheus

NAMED = json.dumps({"status": "success", "data": ["b", "a", "b"]}).encode()


@needs_prometheus
@pytest.mark.real_tool
def test_a_real_prometheus_gives_its_names(tmp_path):
    with prometheus(tmp_path, counters({'http_requests_total{code="200"}': 1, "up": 1}, hours=0.1)) as server:
        assert metric_names(Server(server.url)) == ("http_requests_total", "up")


def test_names_are_sorted_and_the_path_of_the_server_is_kept():
    with fake_server(answer(NAMED)) as fake:
        assert metric_names(Server(f"{fake.url}/prometheus/")) == ("a", "b")
    assert fake.heard[0].startswith(f"GET /prometheus{NAMES} HTTP/1.1\r\n".encode())
    assert b"Authorization" not in fake.heard[0]


def test_the_secret_goes_with_the_request():
    with fake_server(answer(NAMED)) as fake:
        metric_names(Server(fake.url, "Bearer abc"))
    assert b"\r\nAuthorization: Bearer abc\r\n" in fake.heard[0]


def test_an_answer_in_chunks_is_read():
    head = b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n"
    with fake_server(lambda _: [head, b"%x\r\n%s\r\n0\r\n\r\n" % (len(NAMED), NAMED)]) as fake:
        assert metric_names(Server(fake.url)) == ("a", "b")


OTHER_ANSWERS = {
    "a page to sign in": (answer(b"<html><b>Sign in</b>"), "not with JSON: '<html><b>Sign in</b>'"),
    "nothing": (answer(b""), "not with JSON: 'nothing'"),
    "bytes": (answer(b"\xff\xfe"), "not with JSON"),
    "deep": (answer(b"[" * 100_000), "not with JSON"),
    "a list": (answer(b"[]"), "no list of names"),
    "an object": (answer(b'{"status": "success", "data": {"a": 1}}'), "no list of names"),
    "numbers": (answer(b'{"status": "success", "data": [1]}'), "no list of names"),
    "an error": (answer(b'{"status": "error", "data": ["a"]}'), "no list of names"),
    "refused": (answer(b"who are you", "401 Unauthorized"), "status 401: 'who are you'"),
    "what a terminal obeys": (answer(b"\x1b[2J\x00gone\nfor good", "500 Oh"), "status 500: '[2J gone for good'"),
    "a long page": (answer(b"x" * 10_000, "404 Not Found"), f"status 404: '{'x' * 200}'"),
    "a redirect to nowhere": (answer(b"", "302 Found"), "status 302"),
    "a circle": (answer(b"", "302 Found", "Location: /again"), "redirects again and again"),
    "another protocol": (lambda _: [b"SSH-2.0-OpenSSH_9.2\r\n"], "does not speak HTTP"),
    "closed": (lambda _: [], ""),
    "cut off": (lambda _: [b"HTTP/1.1 200 OK\r\nContent-Length: 100\r\n\r\n{"], "breaks off"),
    "many headers": (lambda _: [b"HTTP/1.1 200 OK\r\n" + b"A: b\r\n" * 500], "does not speak HTTP"),
    "a long header": (lambda _: [b"HTTP/1.1 200 OK\r\nA: " + b"b" * 100_000 + b"\r\n\r\n"], "does not speak HTTP"),
}


@pytest.mark.parametrize("name", OTHER_ANSWERS)
def test_any_other_answer_is_one_sentence(name):
    given, said = OTHER_ANSWERS[name]
    with fake_server(given) as fake, pytest.raises(ServerError) as refused:
        metric_names(Server(fake.url, timeout=10))
    assert said in refused.value.message
    assert refused.value.message.isprintable()


@pytest.mark.parametrize(
    "location",
    [
        "http://evil.example.com/names",
        "//evil.example.com/names",
        "http://127.0.0.1:1/names",
        "http://127.0.0.1@evil.example.com/",
        "file:///etc/passwd",
        "http://[::1/",
        "http://127.0.0.1:99999999/",
    ],
)
def test_the_secret_goes_to_no_other_host(location):
    given = answer(b"", "307 Temporary Redirect", f"Location: {location}")
    with fake_server(given) as fake, pytest.raises(ServerError, match=r"another host|no address"):
        metric_names(Server(fake.url, "Bearer abc"))
    assert len(fake.heard) == 1


def test_https_never_becomes_http():
    with pytest.raises(ServerError, match="another host"):
        prometheus_api._followed(Server("https://a"), "https://a/x", "http://a/x")
    assert prometheus_api._followed(Server("http://a"), "http://a/x", "https://A/x") == "https://A/x"


def test_a_redirect_within_the_host_is_followed():
    with fake_server(answer(b"", "301 Moved", "Location: /under/it?x=1"), answer(NAMED)) as fake:
        assert metric_names(Server(fake.url)) == ("a", "b")
    assert fake.heard[1].startswith(b"GET /under/it?x=1 HTTP/1.1\r\n")


@pytest.mark.parametrize("header", [b"", b"Content-Length: 10000000000\r\n"])
def test_what_is_too_large_is_not_read_to_its_end(monkeypatch, header):
    monkeypatch.setattr(prometheus_api, "LONGEST", 1000)

    def endless(_):
        yield b"HTTP/1.1 200 OK\r\n" + header + b"\r\n"
        while True:
            yield b" " * 1000

    with fake_server(endless) as fake, pytest.raises(ServerError, match="answers with more than"):
        metric_names(Server(fake.url))


TRICKLES = {
    "headers": [b"HTTP/1.1 200 OK\r\n", *[b"A: b\r\n"] * 200],
    "a body": [b"HTTP/1.1 200 OK\r\nContent-Length: 1000\r\n\r\n", *[b" "] * 200],
    "a body without length": [b"HTTP/1.1 200 OK\r\n\r\n", *[b" "] * 200],
    "nothing": [b""] * 200,
}


@pytest.mark.parametrize("name", TRICKLES)
def test_what_trickles_in_is_given_up(name):
    with fake_server(slowly(TRICKLES[name], 0.1)) as fake, given_up():
        metric_names(Server(fake.url, timeout=0.5))


def test_a_handshake_that_trickles_in_is_given_up():
    record = [b"\x16\x03\x03\x40\x00", *[b"\x02"] * 200]
    with fake_server(slowly(record, 0.1)) as fake, given_up():
        metric_names(Server(fake.url.replace("http:", "https:"), timeout=0.5))


def test_redirects_take_no_time_of_their_own():
    there = slowly([b"HTTP/1.1 302 Found\r\nLocation: /again\r\n", b"Content-Length: 0\r\n\r\n"], 0.3)
    with fake_server(there, there, answer(NAMED)) as fake, given_up():
        metric_names(Server(fake.url, timeout=0.5))


@contextmanager
def given_up() -> Iterator[None]:
    """In time, give or take what a busy machine adds: what trickles here would take 20 seconds."""
    start = monotonic()
    with pytest.raises(ServerError, match="did not answer in time") as refused:
        yield
    assert refused.value.hint == "--timeout gives it more seconds"
    assert monotonic() - start < 5


def test_nobody_listens():
    with socket.create_server(("127.0.0.1", 0)) as free:
        url = f"http://127.0.0.1:{free.getsockname()[1]}"
    with pytest.raises(ServerError, match="refuses the connection"):
        metric_names(Server(url))


def test_a_host_that_does_not_exist():
    with pytest.raises(ServerError, match=r"not known here|cannot be reached"):
        metric_names(Server("http://nowhere.invalid"))
    with pytest.raises(ServerError):
        metric_names(Server(f"http://{'a' * 70}.invalid"))


def test_plain_http_where_tls_is_expected():
    with fake_server(answer(NAMED)) as fake, pytest.raises(ServerError, match="cannot be reached"):
        metric_names(Server(fake.url.replace("http:", "https:")))


@pytest.mark.skipif(shutil.which("openssl") is None, reason="needs openssl")
def test_certificates_are_verified(tmp_path, monkeypatch):
    options = ("-x509", "-newkey", "rsa:2048", "-nodes", "-days", "2", "-keyout", "key.pem", "-out", "cert.pem")
    names = ("-subj", "/CN=localhost", "-addext", "subjectAltName=IP:127.0.0.1")
    subprocess.run(["openssl", "req", *options, *names], cwd=tmp_path, check=True, capture_output=True)
    tls = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    tls.load_cert_chain(tmp_path / "cert.pem", tmp_path / "key.pem")
    with fake_server(answer(NAMED), tls=tls) as fake:
        with pytest.raises(ServerError, match="certificate") as refused:
            metric_names(Server(fake.url, "Bearer abc"))
        assert "SSL_CERT_FILE" in refused.value.hint
        assert fake.heard == []
        monkeypatch.setenv("SSL_CERT_FILE", str(tmp_path / "cert.pem"))
        assert metric_names(Server(fake.url, "Bearer abc")) == ("a", "b")
    with fake_server(lambda _: (time.sleep(0.4), NAMED)[1:], tls=tls, pause=0.4) as slow, given_up():
        metric_names(Server(slow.url, timeout=0.6))  # each step is in time, and all of them together are not
