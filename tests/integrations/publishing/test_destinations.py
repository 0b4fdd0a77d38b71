from __future__ import annotations

from pathlib import Path, PurePosixPath

import pytest
from hypothesis import given
from hypothesis import strategies as st

from generator.integrations.publishing import Branch, Folder, Host, parse
from generator.integrations.publishing.ssh import Connection

BASE = Path("/repository")


@pytest.mark.parametrize(
    ("text", "meant"),
    [
        ("/srv/www", Folder(Path("/srv/www"))),
        ("out/../www/", Folder(BASE / "www")),
        ("~/www", Folder(Path.home() / "www")),
        ("ssh://host/srv/www", Host("host", PurePosixPath("/srv/www"))),
        ("ssh://me@Host_1:2222/srv//www/", Host("Host_1", PurePosixPath("/srv/www"), "me", 2222)),
        ("ssh://[::1]:22/srv/a%20b", Host("::1", PurePosixPath("/srv/a b"), "", 22)),
        ("ssh://host/~/www", Host("host", PurePosixPath("www"))),
        ("branch:gh-pages", Branch("gh-pages")),
        ("branch:a/b", Branch("a/b")),
    ],
)
def test_what_is_meant(text, meant):
    assert parse(text, BASE) == meant


@pytest.mark.parametrize(
    "text",
    [
        "",
        " ",
        "a\nb",
        "https://host/x",
        "s3://bucket",
        "C:\\www",
        "-rf",
        "ssh://",
        "ssh:///srv/www",
        "ssh://-oProxyCommand=touch%20x/srv/www",
        "ssh://-oProxyCommand=x@host/srv/www",
        "ssh://host:99999/srv/www",
        "ssh://host:x/srv/www",
        "ssh://ho st/srv/www",
        "ssh://host;id/srv/www",
        "ssh://$(id)@host/srv/www",
        "ssh://[::1/srv/www",
        "ssh://host",
        "ssh://host/",
        "ssh://host/srv",
        "ssh://host/~/",
        "ssh://host/~/-rf",
        "ssh://host/~other/www",
        "ssh://host/srv/../etc",
        "ssh://host/srv/a%0Ab",
        "ssh://host/srv/www?x",
        "branch:",
        "branch:-f",
        "branch:a b",
        "branch:a:b",
        "branch:+main",
        "branch:refs/heads/x",
        "branch:x@{1}",
    ],
)
def test_what_is_none(text):
    with pytest.raises(ValueError, match=r"^(?!not enough|too many)\S.+"):
        parse(text, BASE)


def test_a_password_is_refused_and_not_repeated():
    with pytest.raises(ValueError, match="holds a password") as refused:
        parse("ssh://me:hunter2@host/srv/www", BASE)
    assert "hunter2" not in str(refused.value)


@given(st.text(max_size=40))
def test_nothing_that_somebody_writes_becomes_an_option(text):
    try:
        meant = parse(f"ssh://{text}/srv/www", BASE)
    except ValueError:
        return
    assert isinstance(meant, Host)
    command = Connection(meant, ("ssh",))._command(1)
    at = command.index("--")
    assert command[at + 1] == meant.host
    assert len(command) == at + 3
    assert not meant.host.startswith("-")
    assert not meant.user.startswith("-")


@given(st.text(max_size=30))
def test_text_of_any_kind_gives_a_destination_or_one_sentence(text):
    for before in ("", "branch:", "ssh://host/srv/", "ssh://"):
        try:
            meant = parse(before + text, BASE)
        except ValueError:
            continue
        assert isinstance(meant, Host) or parse(str(meant), BASE) == meant
