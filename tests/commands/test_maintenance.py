"""`tocsin maintenance`: announced, begun, ended and called off; and what is refused."""

from __future__ import annotations

import json

import pytest

from tests.commands.recorded import everything, recorded
from tests.commands.terminal import terminal

IDENT = "2026-10-20-network"
PATH = f"status/maintenances/{IDENT}.yaml"
PLAN = ("plan", "--title=Network", "--from=2026-10-20 03:00", "--for=1h", "--component=website")


@pytest.fixture
def tocsin(tmp_path, capsys, monkeypatch):
    return recorded(tmp_path / "repository", capsys, monkeypatch)


def test_planned_work_from_its_announcement_to_its_end(tocsin):
    out, _ = tocsin("maintenance", *PLAN, "--title-es=Red", "Short breaks.", "--language=es=Cortes breves.", "--mute")
    assert "from 2026-10-20 03:00 until 2026-10-20 04:00 UTC (1 hour)" in out
    planned = (
        "# Times are UTC. It opens and closes by the clock.\n"
        "title: {en: Network, es: Red}\n"
        "components: [website]\n"
        "from: 2026-10-20 03:00\n"
        "until: 2026-10-20 04:00\n"
        "message: {en: Short breaks., es: Cortes breves.}\n"
        "mute: true\n"
    )
    assert tocsin.text(PATH) == planned
    tocsin("maintenance", "start", "--message=We begin.", at="2026-10-20T02:50Z")
    tocsin("maintenance", "finish", "--template=maintenance-finished", at="2026-10-20T03:20Z")
    assert tocsin.text(PATH) == planned + (
        "updates:\n"
        "  - at: 2026-10-20 02:50\n    status: in_progress\n    message: We begin.\n"
        "  - at: 2026-10-20 03:20\n    status: completed\n"
        "    message: {en: The planned work is done., es: El trabajo planificado terminó.}\n"
    )
    assert tocsin.subjects()[:3] == [f"status: {word} - Network" for word in ("completed", "in_progress", "scheduled")]
    assert tocsin.has_no_errors(at="2026-10-20T03:30Z")


def test_work_that_is_called_off(tocsin):
    tocsin("maintenance", *PLAN, "Short breaks.")
    tocsin("maintenance", "cancel", "--message=Not now.", at="14:00")
    assert "until: 2026-10-20 04:00\ncancelled: 2026-10-14 14:00\n" in tocsin.text(PATH)
    assert "    message: Not now.\n" in tocsin.text(PATH)
    assert tocsin.has_no_errors(at="14:01")
    assert "is cancelled since 2026-10-14 14:00 UTC" in tocsin("maintenance", "start", IDENT, at="14:01", status=2)[1]


@pytest.mark.parametrize(
    ("given", "start", "end"),
    [
        (("--from=2026-10-25 02:30", "--for=1h", "--zone=Europe/Madrid"), "2026-10-25 00:30", "2026-10-25 01:30"),
        (("--from=2026-10-20T00:00-03:00", "--until=2026-10-20 05:00"), "2026-10-20 03:00", "2026-10-20 05:00"),
        (("--from=2026-10-14 12:00", "--until=2026-10-14 14:00"), "2026-10-14 12:00", "2026-10-14 14:00"),
    ],
    ids=["zone", "offset", "begun"],
)
def test_times_of_any_zone_are_written_in_utc(tocsin, given, start, end):
    tocsin("maintenance", "plan", "--title=Network", *given, "--template=maintenance")
    text = tocsin.text(f"status/maintenances/{start[:10]}-network.yaml")
    assert f"from: {start}\nuntil: {end}\n" in text


@pytest.mark.parametrize("action", ["plan", "start", "finish", "cancel"])
def test_the_same_again_is_there_already(tocsin, action):
    tocsin("maintenance", *PLAN, "Short breaks.")
    if action == "finish":
        tocsin("maintenance", "start", at="2026-10-20T02:50Z")
    arguments = (*PLAN, "Short breaks.") if action == "plan" else (action,)
    tocsin("maintenance", *arguments, at="2026-10-20T02:55Z")
    before = tocsin.subjects()
    assert "nothing to do" in tocsin("maintenance", *arguments, at="2026-10-20T02:56Z")[0]
    assert tocsin.subjects() == before


def test_the_clock_is_enough(tocsin):
    tocsin("maintenance", *PLAN, "Short breaks.")
    before = tocsin.subjects()
    assert "nothing to do" in tocsin("maintenance", "start", IDENT, at="2026-10-20T03:10Z")[0]
    assert "nothing to do" in tocsin("maintenance", "finish", IDENT, at="2026-10-20T04:10Z")[0]
    assert tocsin.subjects() == before


def test_lists_for_people_and_programs(tocsin):
    assert tocsin("maintenance", "list")[0] == "no maintenance is planned or going on\n"
    tocsin("maintenance", *PLAN, "Short breaks.")
    assert "in 5 days 13 hours" in tocsin("maintenance", "list")[0]
    assert "ends in 50 minutes" in tocsin("maintenance", "list", at="2026-10-20T03:10Z")[0]
    assert tocsin("maintenance", "list", at="2026-10-20T04:10Z")[0].startswith("no maintenance")
    (found,) = json.loads(tocsin("maintenance", "list", "--all", "--format=json", at="2026-10-20T04:10Z")[0])
    assert (found["id"], found["status"], found["seconds"], found["mute"]) == (IDENT, "completed", 3600, False)


@pytest.mark.parametrize(
    ("arguments", "sentence"),
    [
        (("plan", "M"), "the title is missing"),
        (("plan", "--title=N", "M"), "--from is missing"),
        (("plan", "--title=N", "--from=2026-10-20", "M"), "--until is missing"),
        (("plan", "--title=N", "--from=tomorrow", "M"), "--from: 'tomorrow' is not a time"),
        (("plan", "--title=N", "--from=2026-10-20", "--for=5", "M"), "--for: '5' is not a duration"),
        (("plan", "--title=N", "--from=2026-10-20", "--until=2026-10-19", "M"), "and not after it begins"),
        (("plan", "--title=N", "--from=2026-10-10", "--for=1h", "M"), "it is over since 2026-10-10 01:00 UTC"),
        ((*PLAN[:4], "--component=websit", "M"), "there is no component 'websit'\n  hint: did you mean 'website'?"),
        ((*PLAN, "--zone=Madrid", "M"), "--zone: 'Madrid' is not a time zone"),
        (PLAN, "the message is missing"),
        ((*PLAN, "On db-2.internal"), "customers would read 'db-2.internal'"),
        (("start", "databse"), "there is no maintenance 'databse'\n  hint: did you mean '2026-10-19-database'?"),
        (("finish", "database"), "maintenance 2026-10-19-database has not begun: it begins at 2026-10-19 03:00 UTC"),
        (("finish",), "no maintenance is going on"),
        (("start", "database", "--at=2026-10-15 00:00"), "--at 2026-10-15 00:00 is still to come"),
        (("start", "database", "--push"), "there is no remote to push to"),
    ],
    ids=lambda each: " ".join(each) if isinstance(each, tuple) else "",
)
def test_one_sentence_and_not_a_byte(tocsin, arguments, sentence):
    database = "title: D\nfrom: 2026-10-19 03:00\nuntil: 2026-10-19 04:00\n"
    tocsin.commit_files({"status/maintenances/2026-10-19-database.yaml": database})
    before = everything(tocsin.repository.path)
    _, err = tocsin("maintenance", *arguments, status=2)
    assert sentence in err
    assert everything(tocsin.repository.path) == before


def test_a_new_one_to_be_filled_in_looks_the_same(tocsin):
    tocsin("new", "maintenance", "network", "--date=2026-10-20")
    written = tocsin.text(PATH)
    (tocsin.repository.path / PATH).unlink()
    tocsin("maintenance", *PLAN, "--template=maintenance")
    assert tocsin.text(PATH) == written


def test_everything_is_asked_for(tocsin):
    who = {name: value for name, value in tocsin.repository.environment.items() if not name.endswith(("NAME", "EMAIL"))}
    with terminal(tocsin.repository.path, ("maintenance", "plan", "--now=2026-10-14T13:12Z"), who) as asked:
        asked.answer("Title, as customers see it [en]", "Network")
        asked.answer("Title [es]", "Red")
        asked.answer("From (as 2026-12-06 03:00, in UTC)", "20th")
        asked.wait_for("'20th' is not a time")
        asked.answer("From (", "2026-10-20 03:00")
        asked.answer("Until, or for how long", "1h")
        asked.answer("Which components does it touch?", "1,3")
        asked.answer("Message [en] (Enter: the line above)", "")
        asked.answer("Message [es] (Enter: the line above)", "")
        asked.answer("Commit this?", "y")
        assert asked.end() == 0
    assert "components: [website, rest]\nfrom: 2026-10-20 03:00\nuntil: 2026-10-20 04:00\n" in tocsin.text(PATH)
