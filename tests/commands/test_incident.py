"""`tocsin incident`: the steps of an incident, each one commit of both files."""

from __future__ import annotations

import json

import pytest

from tests.commands.recorded import FACE, IDENT, OPEN, RECORD, recorded


@pytest.fixture
def tocsin(tmp_path, capsys, monkeypatch):
    return recorded(tmp_path / "repository", capsys, monkeypatch)


def test_an_incident_from_its_first_minute_to_its_last(tocsin):
    tocsin("incident", *OPEN, "--title-es=Errores al pagar", "We look into it.", "--language=es=Lo vemos.")
    tocsin("incident", "update", "identified", "We found it.", at="13:22")
    tocsin("incident", "update", "--component=website=ok", "monitoring", "It works again.", at="13:30")
    out, _ = tocsin("incident", "resolve", "It is over.", at="13:40")
    assert tocsin.text(FACE) == (
        "# Times are UTC. Customers read this: what they notice and what they can do, nothing about how it is built.\n"
        "title: {en: Errors at checkout, es: Errores al pagar}\n"
        "updates:\n"
        "  - at: 2026-10-14 13:12\n"
        "    status: investigating\n"
        "    components: {website: partial_outage}\n"
        "    message: {en: We look into it., es: Lo vemos.}\n"
        "  - at: 2026-10-14 13:22\n    status: identified\n    message: We found it.\n"
        "  - at: 2026-10-14 13:30\n    status: monitoring\n    components: {website: operational}\n"
        "    message: It works again.\n"
        "  - at: 2026-10-14 13:40\n    status: resolved\n    message: It is over.\n"
    )
    record = tocsin.text(RECORD)
    assert record.startswith("---\nstatus: draft\nseverity: SEV-1\nalerts: []\nauthors: [ana]\nservices: [web]\n---\n")
    rows = [line for line in record.splitlines() if line.startswith("| 13:")]
    assert rows == [
        "| 13:12 | **Started**: Errors at checkout |",
        "| 13:12 | **Detected**: noticed by people |",
        "| 13:12 | **Acknowledged**: ana |",
        "| 13:12 | Status page, investigating: We look into it. |",
        "| 13:22 | Status page, identified: We found it. |",
        "| 13:30 | **Mitigated**: Status page, monitoring: It works again. |",
        "| 13:40 | **Resolved**: It is over. |",
    ]
    assert tocsin.subjects()[:4] == [
        f"status: {word} - Errors at checkout" for word in ("resolved", "monitoring", "identified", "investigating")
    ]
    assert tocsin.repository.git("show", "--format=", "--name-only").stdout.split() == [RECORD, FACE]
    assert tocsin.repository.git("status", "--porcelain").stdout == ""
    assert "Customers will read:\n  [en] Errors at checkout (resolved)\n       It is over.\n" in out
    assert "+    status: resolved\n" in out
    assert tocsin.has_no_errors(at="13:50")


def test_for_the_team_alone_until_customers_notice_it(tocsin):
    tocsin("incident", "open", "--title=Disk fills up", "--alert=WebDown", at="2026-10-14T00:10Z")
    ident = "2026-10-14-disk-fills-up"
    record = tocsin.text(f"postmortems/{ident}.md")
    assert "alerts: [WebDown]" in record
    assert "| 00:10 | **Detected**: WebDown |" in record
    assert not (tocsin.repository.path / "status/incidents").exists()
    out, _ = tocsin("incident", "update", "identified", "A | log", "--mitigated", at="2026-10-14T00:20Z")
    assert "customers read nothing" in out
    tocsin("incident", "update", "--public", "--title=Slow pages", "--component=rest=slow", "It is slow.", at="00:30")
    assert "title: Slow pages" in tocsin.text(f"status/incidents/{ident}.yaml")
    rows = [line for line in tocsin.text(f"postmortems/{ident}.md").splitlines() if line.startswith("| 00:")]
    assert rows[-2:] == [
        "| 00:20 | **Mitigated**: Identified: A \\| log |",
        "| 00:30 | Status page, investigating: It is slow. |",
    ]


def test_a_severity_that_an_alert_proposes_and_the_short_form(tocsin):
    tocsin("incident", "open", "--title=Down", "--alert=WebDown")
    assert "severity: SEV-2" in tocsin.text("postmortems/2026-10-14-down.md")
    tocsin("incident", "open", "--title=Small", "--severity=SEV-3")
    assert "## Contributing factors" not in tocsin.text("postmortems/2026-10-14-small.md")
    tocsin("incident", "open", "--title=Small again", "--severity=SEV-3", "--long")
    assert "## Contributing factors" in tocsin.text("postmortems/2026-10-14-small-again.md")


def test_a_record_in_spanish_gets_spanish_rows(tocsin):
    said = ("Lo vemos.", "--record-language=es")
    tocsin("incident", *OPEN, *said)
    tocsin("incident", "update", "--internal", "--mitigated", "Se revirtió", at="13:20")
    tocsin("incident", "resolve", "Over.", "--message-es=Terminó.", at="13:30")
    rows = [line for line in tocsin.text(RECORD).splitlines() if line.startswith("| 13:")]
    assert rows[1:] == [
        "| 13:12 | **Detección**: lo notaron personas |",
        "| 13:12 | **Reconocimiento**: ana |",
        "| 13:12 | Página de estado, en investigación: Lo vemos. |",
        "| 13:20 | **Mitigación**: Se revirtió |",
        "| 13:30 | **Resolución**: Terminó. |",
    ]


def test_what_was_resolved_too_early_is_open_again(tocsin):
    tocsin("incident", *OPEN, "We look into it.")
    tocsin("incident", "resolve", "Over.", at="13:30")
    tocsin("incident", "reopen", "It is back.", at="13:50")
    assert tocsin.text(FACE).endswith(
        "  - at: 2026-10-14 13:50\n    status: investigating\n    components: {website: partial_outage}\n"
        "    message: It is back.\n"
    )
    assert "status: open\n" in tocsin.text(RECORD)
    assert "| 13:30 | Resolved at first: Over. |\n| 13:50 | Reopened: It is back. |\n" in tocsin.text(RECORD)
    tocsin("incident", "resolve", "Really over.", at="14:10")
    found = json.loads(tocsin("incident", "show", IDENT, "--format=json", at="15:00")[0])
    assert (found["resolved"], found["seconds"], found["open"]) == ("2026-10-14T14:10:00Z", 3480, False)
    assert [each["moment"] for each in found["timeline"]][-1] == "resolved"


def test_what_was_learnt_is_told_after_it(tocsin):
    tocsin("incident", *OPEN, "We look into it.")
    tocsin("incident", "resolve", "Over.", at="13:30")
    link = "https://example.com/blog/checkout"
    tocsin("incident", "update", "postmortem", "What we learnt.", f"--postmortem={link}", at="18:00")
    assert f"title: Errors at checkout\npostmortem: {link}\n" in tocsin.text(FACE)
    assert tocsin.text(FACE).endswith("    status: postmortem\n    message: What we learnt.\n")


@pytest.mark.parametrize(
    "first",
    [
        (*OPEN, "We look into it."),
        ("open", "--title=Disk"),
        ("update", "identified", "Found."),
        ("update", "--internal", "A note"),
        ("resolve", "Over."),
        ("reopen", "Back."),
    ],
    ids=["open", "open-inside", "update", "update-internal", "resolve", "reopen"],
)
def test_the_same_words_again_are_there_already(tocsin, first):
    if first[0] != "open":
        tocsin("incident", *OPEN, "We look into it.")
    if first[0] == "reopen":
        tocsin("incident", "resolve", "Over.", at="13:20")
    tocsin("incident", *first, at="13:30")
    before = tocsin.subjects()
    out, _ = tocsin("incident", *first, at="13:31")
    assert "nothing to do" in out
    assert tocsin.subjects() == before
    if first[0] == "update":
        tocsin("incident", *first, at="2026-10-15T13:31Z")  # a day later it is news
        assert len(tocsin.subjects()) == len(before) + 1


def test_words_of_templates_ours_and_the_repositorys(tocsin):
    own = "payments: {en: Paying fails., es: No se puede pagar.}\nresolved: '{title} is over ({components}).'\n"
    tocsin.commit_files({"status/templates/wording.yaml": own})
    tocsin("incident", *OPEN, "--template=investigating")
    assert "en: We are seeing problems with Website and are looking into them." in tocsin.text(FACE)
    assert "es: Vemos problemas con Sitio web y los estamos investigando." in tocsin.text(FACE)
    tocsin("incident", "update", "--template=payments", at="13:20")
    assert "message: {en: Paying fails., es: No se puede pagar.}" in tocsin.text(FACE)
    tocsin("incident", "resolve", "--template=resolved", at="13:30")
    assert "message: Errors at checkout is over (Website)." in tocsin.text(FACE)
    assert "wording" not in tocsin("check", at="13:40", status=1)[0]


def test_lists_for_people_and_programs(tocsin):
    assert tocsin("incident", "list")[0] == "no incident is open\n"
    tocsin("incident", *OPEN, "We look into it.")
    head, row = tocsin("incident", "list", at="14:00")[0].splitlines()
    assert row.split()[:4] == [IDENT, "investigating", "SEV-1", "major"]
    assert "48 minutes" in row
    assert row.index("website=partial_outage") == head.index("Components")
    (found,) = json.loads(tocsin("incident", "list", "--format=json", at="14:00")[0])
    assert found["seconds"] == 2880
    assert found["components"] == {"website": "partial_outage"}
    assert tocsin("incident", "show", "checkout-errors", at="14:00", status=2)[1].count("did you mean") <= 1
    text, _ = tocsin("incident", "show", at="14:00")
    assert "lasts     48 minutes\n" in text
    assert "2026-10-14 13:12  investigating: We look into it.\n" in text


def test_a_template_of_the_repository_in_its_own_form(tocsin):
    table = "Time | Event | Link\n--- | --- | ---\n"
    own = f"---\nstatus: draft\nteam: web\n---\n# Title\n\n## Timeline\n\n{table}\n## Notes\n"
    tocsin.commit_files({"postmortems/templates/postmortem.md": own})
    tocsin("incident", "open", "--title=Disk *full*", "--severity=SEV-1", "--started=2026-10-13 23:50", at="00:10")
    expected = (
        "---\nstatus: open\nteam: web\nseverity: SEV-1\nauthors: [ana]\n---\n# Disk \\*full\\*\n\n"
        "## Timeline\n\nTime | Event | Link\n--- | --- | ---\n"
        "| 2026-10-13 23:50 | **Started**: Disk \\*full\\* |  |\n"
        "| 2026-10-14 00:10 | **Detected**: noticed by people |  |\n"
        "| 00:10 | **Acknowledged**: ana |  |\n"
        "\n## Notes\n"
    )
    assert tocsin.text("postmortems/2026-10-14-disk-full.md") == expected


def test_a_text_alone_is_the_title_where_nothing_else_can_be(tocsin):
    tocsin("incident", "open", "Disk of db fills up")
    assert "\n# Disk of db fills up\n" in tocsin.text("postmortems/2026-10-14-disk-of-db-fills-up.md")
    tocsin("incident", "open", "Errors at checkout", "--public", "--template=investigating")
    assert "title: Errors at checkout\n" in tocsin.text(FACE)


def test_a_terminal_obeys_nothing_that_a_file_says(tocsin):
    evil = 'title: "T\\e[31m\\nx"\nupdates:\n  - {at: 2026-10-14 13:00, status: investigating, message: "\\e]0;M\\a"}\n'
    record = "---\nstatus: open\n---\n# T\n\n| Time (UTC) | Event |\n| --- | --- |\n| 13:00 | a &#27;[2J b |\n"
    tocsin.commit_files({FACE: evil, RECORD: record})
    for arguments in (("list",), ("show",), ("update", "identified", "A"), ("update", "--internal", "B")):
        assert "\x1b" not in tocsin("incident", *arguments)[0]
    assert tocsin.subjects()[1] == "status: identified - T [31m x"
