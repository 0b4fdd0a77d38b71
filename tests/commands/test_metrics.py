from __future__ import annotations

import base64
import json

import pytest

from generator.cli import main
from generator.commands.metrics import BASIC, DEFAULT, TOKEN
from tests.integrations.fake_server import answer, fake_server
from tests.prometheus_server import counters, needs_prometheus, prometheus

NOW = ["--now", "2026-11-24T12:00Z"]


@pytest.fixture
def repository(tmp_path, monkeypatch):
    monkeypatch.delenv(TOKEN, raising=False)
    monkeypatch.delenv(BASIC, raising=False)
    (tmp_path / "tocsin.yaml").write_text("prometheus: {metrics: alerts/names.txt}\n")
    return tmp_path


def names(*found):
    return answer(json.dumps({"status": "success", "data": found}).encode())


def pull(folder, *arguments):
    return main(["-C", str(folder), "metrics", "pull", *arguments])


@needs_prometheus
@pytest.mark.real_tool
def test_a_misspelt_metric_is_found_with_the_names_of_a_real_server(repository, tmp_path_factory, capsys):
    (repository / "alerts").mkdir()
    rule = "{alert: Down, expr: 'rate(htp_requests_total[5m]) == 0', for: 5m}"
    (repository / "alerts" / "web.yaml").write_text(f"alerts: [{rule}]\n")
    series = {'http_requests_total{code="200"}': 1, "process_start_time_seconds": 1}
    with prometheus(tmp_path_factory.mktemp("prometheus"), counters(series, hours=0.1)) as server:
        assert pull(repository, server.url) == 0
    lines = (repository / "alerts" / "names.txt").read_text().splitlines()
    assert lines[0].startswith(f"# The metrics of {server.url}")
    assert lines[1:] == ["http_requests_total", "process_start_time_seconds"]
    capsys.readouterr()
    main(["-C", str(repository), "check", *NOW])
    out = capsys.readouterr().out
    assert "query/unknown-metric" in out
    assert "http_requests_total" in out


def test_the_file_says_what_is_new_and_what_is_gone(repository, capsys):
    (repository / "alerts").mkdir()
    (repository / "alerts" / "names.txt").write_text("# old\na\nb\n\nc # by hand\n")
    with fake_server(names("d", "b", "a")) as fake:
        assert pull(repository, fake.url + "/") == 0
    assert "3 names, 1 of them new, 1 gone" in capsys.readouterr().out
    assert (repository / "alerts" / "names.txt").read_text().splitlines()[1:] == ["a", "b", "d"]


def test_without_a_setting_it_says_which_one_to_write(tmp_path, capsys):
    (tmp_path / "tocsin.yaml").write_text("environments: {eu: {retention: 15d}}\n")
    with fake_server(names("a")) as fake:
        assert pull(tmp_path, fake.url) == 0
        assert f"prometheus: {{metrics: {DEFAULT}}}" in capsys.readouterr().out
        assert pull(tmp_path, fake.url, "--environment", "eu") == 0
        assert f"environments: {{eu: {{metrics: {DEFAULT}}}}}" in capsys.readouterr().out
    assert (tmp_path / DEFAULT).is_file()


def test_an_environment_has_a_file_of_its_own(repository, capsys):
    said = "prometheus: {metrics: names.txt}\nenvironments: {eu: {metrics: names-eu.txt}}\n"
    (repository / "tocsin.yaml").write_text(said)
    with fake_server(names("a")) as fake:
        assert pull(repository, fake.url, "--environment", "eu") == 0
        assert not (repository / "names.txt").exists()
        assert (repository / "names-eu.txt").is_file()
        assert pull(repository, fake.url, "--environment", "ue") == 2
    assert "did you mean 'eu'" in capsys.readouterr().err


def test_names_that_no_line_can_hold_are_left_out(repository, capsys):
    with fake_server(names("good", "two words", "a#b", "a\nb", "", "größe", "a.b")) as fake:
        assert pull(repository, fake.url) == 0
    assert (repository / "alerts" / "names.txt").read_text(encoding="utf-8").splitlines()[1:] == [
        "a.b",
        "good",
        "größe",
    ]
    assert "left out 4 names" in capsys.readouterr().err


def test_a_server_without_metrics_changes_nothing(repository, capsys):
    with fake_server(names()) as fake:
        assert pull(repository, fake.url) == 3
    assert not (repository / "alerts").exists()
    assert "has no metrics" in capsys.readouterr().err


def heard(repository, *arguments):
    with fake_server(names("a")) as fake:
        assert pull(repository, fake.url, *arguments) == 0
    return next((line for line in fake.heard[0].decode().split("\r\n") if line.startswith("Authorization")), None)


def test_secrets_come_from_files_or_the_environment(repository, monkeypatch):
    token, basic = repository / "token", repository / "basic"
    token.write_text("abc\n")
    basic.write_text("me:pass word\n")
    encoded = base64.b64encode(b"me:pass word").decode()
    assert heard(repository) is None
    assert heard(repository, "--token-file", str(token)) == "Authorization: Bearer abc"
    assert heard(repository, "--basic-file", str(basic)) == f"Authorization: Basic {encoded}"
    monkeypatch.setenv(BASIC, "me:pass word")
    assert heard(repository) == f"Authorization: Basic {encoded}"
    monkeypatch.setenv(TOKEN, "def")
    assert heard(repository) == "Authorization: Bearer def"
    assert heard(repository, "--basic-file", str(basic)) == f"Authorization: Basic {encoded}"


@pytest.mark.parametrize("content", [b"", b"\n", b"a\nX-Evil: b", b"\xff\xfe", "ñ".encode()])
def test_a_file_that_holds_no_secret(repository, capsys, content):
    (repository / "token").write_bytes(content)
    assert pull(repository, "http://127.0.0.1:1", "--token-file", str(repository / "token")) == 2
    assert "token holds no" in capsys.readouterr().err


def test_files_of_secrets_exclude_each_other_and_must_be_there(repository, capsys):
    assert pull(repository, "http://127.0.0.1:1", "--token-file", "a", "--basic-file", "b") == 2
    assert pull(repository, "http://127.0.0.1:1", "--token-file", str(repository / "none")) == 2
    assert "No such file" in capsys.readouterr().err


@pytest.mark.parametrize(
    ("url", "said"),
    [
        ("prometheus.example.com", "none of a server"),
        ("ftp://prometheus.example.com", "none of a server"),
        ("file:///etc/passwd", "none of a server"),
        ("http://", "none of a server"),
        ("http://a:b:c", "none of a server"),
        ("http://a:99999", "none of a server"),
        ("http://[::1", "none of a server"),
        ("http://a/?x=1", "none of a server"),
        ("http://a/#x", "none of a server"),
        ("http://a/b c", "none of a server"),
        ("http://a/b\r\nX: y", "none of a server"),
        ("http://me:s3cret@a", "user or a password"),
        ("http://me:s3cret@[", "user or a password|none of a server"),
    ],
)
def test_addresses_that_are_none(repository, capsys, url, said):
    assert pull(repository, url) == 2
    err = capsys.readouterr().err
    assert any(each in err for each in said.split("|"))
    assert "s3cret" not in err


@pytest.mark.parametrize(
    "path", ["../names.txt", "/etc/names.txt", "alerts/web.yaml", "tocsin.yaml", "link/names.txt", "link.txt", ".git/x"]
)
def test_no_source_and_nothing_outside_is_written(repository, tmp_path_factory, capsys, path):
    outside = tmp_path_factory.mktemp("outside")
    (repository / "link").symlink_to(outside)
    (repository / "link.txt").symlink_to(outside / "names.txt")
    (repository / "tocsin.yaml").write_text(f"prometheus: {{metrics: {path}}}\n")
    with fake_server(names("a")) as fake:
        assert pull(repository, fake.url) == 2
    assert not list(outside.iterdir())
    assert fake.heard == []


@pytest.mark.parametrize("seconds", ["0", "-1", "nan", "1e9"])
def test_a_time_out_is_some_seconds(repository, seconds):
    assert pull(repository, "http://127.0.0.1:1", "--timeout", seconds) == 2


def test_what_goes_wrong_is_one_sentence_and_a_hint(repository, capsys):
    with fake_server(answer(b"no", "401 Unauthorized")) as fake:
        assert pull(repository, fake.url) == 2
    err = capsys.readouterr().err
    assert f"tocsin: {fake.url} answers with status 401: 'no'\n  hint: give a token" in err


def test_help_shows_how(capsys):
    with pytest.raises(SystemExit):
        main(["metrics", "--help"])
    assert "tocsin metrics pull http://localhost:9090" in capsys.readouterr().out
