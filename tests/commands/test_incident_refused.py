"""What `tocsin incident` refuses: one sentence, exit status 2, and not a byte of the repository changes."""

from __future__ import annotations

import pytest

from tests.commands.recorded import FACE, IDENT, OPEN, RECORD, everything, recorded

NOT = "tocsin: "


@pytest.fixture(scope="module")
def prepared(tmp_path_factory):
    """A repository with an open incident, one that is resolved, and one for the team alone; made once."""
    patch = pytest.MonkeyPatch()
    path = tmp_path_factory.mktemp("refused") / "repository"
    tocsin = recorded(path, _Quiet(), patch)  # type: ignore[arg-type]
    tocsin("incident", *OPEN, "We look into it.")
    tocsin("incident", *OPEN, "--id=2026-10-13-old", "Old.", at="2026-10-13T09:00Z")
    tocsin("incident", "resolve", "--incident=2026-10-13-old", "Over.", at="2026-10-13T10:00Z")
    yield tocsin
    patch.undo()


class _Quiet:
    def readouterr(self) -> tuple[str, str]:
        return "", ""


@pytest.fixture
def refused(prepared, capsys):
    def run(*arguments: str, command: str = "incident", at: str = "13:30") -> str:
        before = everything(prepared.repository.path)
        prepared.capsys = capsys
        _, err = prepared(command, *arguments, at=at, status=2)
        assert everything(prepared.repository.path) == before
        assert "Traceback" not in err
        assert [line[: len(NOT)] for line in err.splitlines() if not line.startswith("  hint: ")] == [NOT]
        return err

    return run


@pytest.mark.parametrize(
    ("arguments", "sentence"),
    [
        (
            ("update", "--component=websit=partial", "A"),
            "there is no component 'websit'\n  hint: did you mean 'website'?",
        ),
        (("update", "--component=website=partly", "A"), "a component has no status 'partly'"),
        (("update", "--component=website", "A"), "--component website says no status"),
        (("update", "identifed", "A"), "an incident has no status 'identifed'\n  hint: did you mean 'identified'?"),
        (("update", "identifed"), "an incident has no status 'identifed'"),
        (("update", "scheduled", "A"), "an incident has no status 'scheduled'"),
        (("update", "identified", "A", "B"), "'B' is one text too many"),
        (("update", "identified"), "the message is missing"),
        (("update", "identified", "  "), "the message is empty"),
        (("update", "identified", "x" * 5001), "the message has 5001 characters, 5000 are possible"),
        (("update", "identified", "a\x07b"), "the message has characters that are none"),
        (("update", "--language=de=Hallo", "A"), "the status page has no language 'de'"),
        (("update", "--language=es", "A"), "--language 'es' says no language"),
        (("update", "--message=B", "A"), "the message is given twice"),
        (("update", "--template=identifed"), "there is no template 'identifed'"),
        (("update", "--incident=2026-10-14-errors", "A"), "there is no incident '2026-10-14-errors'"),
        (
            ("update", "--incident=old", "A"),
            "incident 2026-10-13-old (Errors at checkout) is resolved since 2026-10-13 10",
        ),
        (("resolve", "--incident=old", "B"), "incident 2026-10-13-old (Errors at checkout) is resolved since"),
        (("reopen", f"--incident={IDENT}", "B"), "is open: only a resolved one can be opened again"),
        (("update", "postmortem", f"--incident={IDENT}", "B"), "has no public face that is resolved"),
        (("resolve", "--component=website=ok", "B"), "resolved means that every component works again"),
        (("update", "--internal", "--component=website=ok", "B"), "components change for customers"),
        (("update", "--internal", "--public", "B"), "--internal and --public exclude each other"),
        (("update", "--severity=SEV-7", "B"), "there is no severity 'SEV-7'"),
        (("update", "--at=2026-10-14 14:00", "B"), "--at 2026-10-14 14:00 is still to come"),
        (
            ("update", "--at=2026-10-14 13:00", "B"),
            "--at 2026-10-14 13:00 is before the last update, of 2026-10-14 13:12",
        ),
        (("update", "--at=soon", "B"), "--at: 'soon' is not a time"),
        (("update", "Ask ana@shop.example"), "customers would read 'ana@shop.example': somebody's e-mail address"),
        (("update", "See https://runbooks.example.com/x/"), "customers would read 'runbooks.example.com/x"),
        (("update", "On db-2.internal"), "customers would read 'db-2.internal'"),
        (("update", "--push", "B"), "there is no remote to push to"),
        (("open", "--public", "B"), "the title is missing"),
        (("open", "--title=X", "--component=website=ok"), "components change for customers, who are told nothing"),
        (("open", "--public", "--title=X"), "the message is missing"),
        (("open", "--title=X", "--alert=WebDwn"), "there is no alert 'WebDwn'\n  hint: did you mean 'WebDown'?"),
        (("open", "--title=🎉"), "no id can be made of the title '🎉'"),
        (("open", "--title=X", "--id=Bad_Id"), "'2026-10-14-Bad_Id' is no id"),
        (("open", "--title=X", "--started=2026-10-14 13:45"), "it cannot have been noticed before it started"),
        ((*OPEN, "Other words."), f"there is an incident {IDENT} already"),
        (("show", "nothing"), "there is no incident 'nothing'"),
    ],
    ids=lambda each: " ".join(each)[:60] if isinstance(each, tuple) else "",
)
def test_one_sentence(refused, arguments, sentence):
    assert sentence in refused(*arguments)


def test_which_of_several(refused, prepared):
    prepared("incident", "open", "--title=Disk")
    assert "2 incidents are open: " in refused("update", "A")
    prepared("incident", "resolve", "--incident=disk", "Over.", at="13:20")


def test_files_that_somebody_is_changing(refused, prepared):
    for path in (FACE, RECORD):
        text = prepared.text(path)
        prepared.repository.write(path, f"{text}\n")
        assert path in refused("update", "identified", "A")
        prepared.repository.git("add", path)
        assert path in refused("update", "identified", "A")
        prepared.repository.git("reset", "--quiet")
        prepared.repository.write(path, text)


def test_a_file_that_cannot_be_read(refused, prepared):
    text = prepared.text(FACE)
    prepared.repository.write(FACE, "updates: [")
    assert f"the status incident of {IDENT} cannot be read" in refused("update", f"--incident={IDENT}", "A")
    prepared.repository.write(FACE, text)


def test_an_alias_that_an_update_would_change(refused, prepared):
    text = prepared.text(FACE)
    path = "status/incidents/2026-10-14-alias.yaml"
    prepared.commit_files(
        {path: "title: T\nupdates: &all\n  - {at: 2026-10-14 13:00, status: identified, message: M}\n"}
    )
    prepared("incident", "update", "--incident=alias", "B")
    shared = "title: T\nupdates:\n  - &one {at: 2026-10-14 13:00, status: identified, message: M}\n  - *one\n"
    prepared.commit_files({path: shared})
    assert f"{path} was not changed" in refused("update", "--incident=alias", "C")
    prepared.repository.git("rm", "--quiet", path)
    prepared.repository.commit("Away")
    assert prepared.text(FACE) == text


def test_a_head_that_is_detached(refused, prepared):
    prepared.repository.git("checkout", "--quiet", "--detach")
    assert "HEAD is detached" in refused("update", "A")
    prepared.repository.git("checkout", "--quiet", "main")


def test_nobody_who_commits(refused, prepared):
    prepared.repository.git("config", "--unset", "user.email")
    assert "Git does not know who commits" in refused("update", "A")
    prepared.repository.git("config", "user.email", "ana@shop.example")


def test_a_merge_that_is_going_on(refused, prepared):
    (prepared.repository.path / ".git/MERGE_HEAD").write_text(prepared.repository.git("rev-parse", "HEAD").stdout)
    assert "a merge is going on" in refused("update", "A")
    (prepared.repository.path / ".git/MERGE_HEAD").unlink()


def test_without_git_and_without_components(tmp_path, capsys, monkeypatch):
    tocsin = recorded(tmp_path / "plain", capsys, monkeypatch)
    tocsin.commit_files({"status/components.yaml": "{}\n"})
    said = ("incident", *OPEN, "A")
    assert "there are no components" in tocsin(*said, status=2)[1]
    (tmp_path / "plain/.git").rename(tmp_path / "git")
    assert "changes are recorded as commits" in tocsin("incident", "open", "--title=X", status=2)[1]
    assert "no incident is open" in tocsin("incident", "list")[0]
