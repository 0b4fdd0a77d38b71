"""`tocsin incident` on a terminal: what it asks, what it shows, and that nothing is left where nobody agrees."""

from __future__ import annotations

import pytest

from tests.commands.recorded import FACE, OPEN, RECORD, everything, recorded
from tests.commands.terminal import CTRL_C, CTRL_D, terminal


@pytest.fixture
def tocsin(tmp_path, capsys, monkeypatch):
    return recorded(tmp_path / "repository", capsys, monkeypatch)


@pytest.fixture
def on_terminal(tocsin):
    def start(*arguments: str, at: str = "13:12"):
        names = ("NAME", "EMAIL")  # those of the repository count
        who = {name: value for name, value in tocsin.repository.environment.items() if not name.endswith(names)}
        return terminal(tocsin.repository.path, [*arguments, f"--now=2026-10-14T{at}Z"], who)

    return start


def test_everything_is_asked_for(tocsin, on_terminal):
    with on_terminal("incident", "open") as asked:
        asked.answer("shall the status page say so? [y/N]", "y")
        asked.answer("Title, as customers see it [en]", "Errors at checkout")
        asked.answer("Title, as customers see it [es]", "")
        asked.answer("How severe is it?", "sev-1")
        asked.answer("Which components change?", "1 rset")
        asked.answer("'rset' is no choice. rest? [Y/n]", "y")
        asked.answer("website is now", "major_outage")
        asked.answer("rest is now", "")
        asked.wait_for("  We are seeing problems with Website and REST API and are looking into them.")
        asked.answer("Message [en]", "Look at https://runbooks.example.com/runbooks/x/")
        asked.wait_for("customers would read 'runbooks.example.com/runbooks/x")
        asked.answer("Message [en]", "")
        asked.answer("Message [es]", "")
        asked.wait_for("[es] Errors at checkout (investigating)\n       Vemos problemas con Sitio web y REST API y los")
        asked.wait_for("Website: major outage\n")
        asked.wait_for("+    components: {website: major_outage, rest: partial_outage}")
        asked.answer("Commit this? [Y/n]", "y")
        assert asked.end() == 0
    assert "Traceback" not in asked.shown
    assert tocsin.subjects()[0] == "status: investigating - Errors at checkout"
    assert "severity: SEV-1" in tocsin.text(RECORD)


def test_an_update_and_its_push(tocsin, on_terminal, tmp_path):
    tocsin("incident", *OPEN, "We look into it.")
    tocsin.repository.git("init", "--quiet", "--bare", str(tmp_path / "remote.git"))
    tocsin.repository.git("remote", "add", "origin", str(tmp_path / "remote.git"))
    tocsin.repository.git("push", "--quiet", "--set-upstream", "origin", "main")
    with on_terminal("incident", "update", at="13:30") as asked:
        asked.answer("How far is it? (Enter: investigating)", "2")
        asked.wait_for("website  Website (partial_outage)")
        asked.answer("Which components change?", "website")
        asked.answer("website is now", "1")
        asked.answer("Message [en]", "We found it.")
        asked.answer("Message [es] (Enter: none)", "")
        asked.wait_for("note: no text in es; those readers see it in en")
        asked.answer("Commit this?", "")
        asked.answer("And push it, so that others see it?", "")
        assert asked.end() == 0
    assert "pushed to origin" in asked.shown
    assert "message: We found it.\n" in tocsin.repository.git("show", f"origin/main:{FACE}").stdout


@pytest.mark.parametrize("end", [CTRL_C, CTRL_D], ids=["ctrl-c", "ctrl-d"])
@pytest.mark.parametrize("question", ["How far is it?", "Which components change?", "Message [en]", "Commit this?"])
def test_whoever_stops_leaves_nothing(tocsin, on_terminal, question, end):
    tocsin("incident", *OPEN, "We look into it.")
    before = everything(tocsin.repository.path)
    with on_terminal("incident", "update", at="13:30") as asked:
        for each, answer in (
            ("How far is it?", "identified"),
            ("Which components change?", ""),
            ("Message [en]", "Found."),
            ("Message [es]", ""),
            ("Commit this?", "y"),
        ):
            if each == question:
                assert asked.stop(each, end) == 130
                break
            asked.answer(each, answer)
    assert asked.shown.rstrip().endswith("tocsin: stopped")
    assert everything(tocsin.repository.path) == before


def test_no_is_no(tocsin, on_terminal):
    tocsin("incident", *OPEN, "We look into it.")
    before = everything(tocsin.repository.path)
    with on_terminal("incident", "resolve", "Over.", at="13:30") as asked:
        asked.answer("Commit this? [Y/n]", "n")
        assert asked.end() == 130
    assert everything(tocsin.repository.path) == before


def test_nothing_is_asked_that_cannot_be_done(tocsin, on_terminal):
    tocsin.repository.git("checkout", "--quiet", "--detach")
    with on_terminal("incident", "open") as asked:
        assert asked.end() == 2
    assert "HEAD is detached" in asked.shown
    assert "?" not in asked.shown
