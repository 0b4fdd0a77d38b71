"""`tocsin import cstate` and `statuspage` as commands: written once, checked, built, and brought back from its JSON."""

from __future__ import annotations

import json

import pytest

from generator.cli import main
from generator.importers.statuspage import NEXT

NOW = ["--now", "2026-11-24T12:00Z"]
SOURCES = {
    "tocsin.yaml": "status: {url: https://status.example.com, name: Example}\n",
    "status/components.yaml": (
        "website: {name: Website, description: Where you shop, since: 2026-01-05}\n"
        "europe:\n  name: Europe\n  components:\n    api: {name: API}\n    europe-website: {name: Website}\n"
    ),
    "status/incidents/2026-10-14-checkout-errors.yaml": (
        "title: 'Errors: \"503\" & <more> ☎'\npostmortem: https://example.com/blog/1\nupdates:\n"
        "  - at: 2026-10-14 13:12\n    status: investigating\n"
        "    components: {website: partial_outage, api: major_outage}\n"
        "    message: |-\n      We are *looking*.\n\n      - one <b-tag>\n      - two\n"
        "  - {at: 2026-10-14 13:30:12, status: monitoring, components: {api: operational}, message: Better}\n"
        "  - {at: 2026-10-14 13:40, status: resolved, message: Over}\n"
        "  - {at: 2026-10-16 09:00, status: postmortem, message: Read it}\n"
    ),
    "status/incidents/2026-11-20-slow.yaml": (
        "title: Slow\nimpact: critical\nupdates:\n"
        "  - at: 2026-11-20 11:00\n    status: identified\n    components: {europe-website: degraded_performance}\n"
        "    message: Slow\n"
    ),
    "status/maintenances/2026-11-02-database.yaml": (
        "title: Database\ncomponents: [api]\nfrom: 2026-11-02 03:00\nuntil: 2026-11-02 04:00\nupdates:\n"
        "  - {at: 2026-11-01 10:00, status: scheduled, message: Soon}\n"
        "  - {at: 2026-11-02 03:00, status: in_progress, message: Started}\n"
        "  - {at: 2026-11-02 03:40, status: completed, message: Done}\n"
    ),
}


@pytest.fixture
def site(tmp_path):
    (tmp_path / "site" / "content" / "issues").mkdir(parents=True)
    (tmp_path / "site" / "config.yml").write_text("title: Eggs\nparams: {systems: [{name: API}]}\n")
    head = "title: Slow\ndate: 2026-10-14 10:00:00\nresolved: true\nresolvedWhen: 2026-10-14 11:00:00\n"
    text = f"---\n{head}severity: down\naffected: [API]\n---\nSlow.\n"
    (tmp_path / "site" / "content" / "issues" / "slow.md").write_text(text)
    return tmp_path / "site"


def run(repository, *arguments):
    return main(["-C", str(repository), *map(str, arguments), *NOW])


def tree(folder):
    paths = sorted(path for path in folder.rglob("*") if path.is_file() and "build" not in path.parts)
    return {path.relative_to(folder).as_posix(): path.read_text() for path in paths}


def test_a_site_of_cstate_is_written_once_checks_and_builds(tmp_path, site, capsys):
    repository = tmp_path / "repository"
    repository.mkdir()
    assert run(repository, "import", "cstate", site) == 0
    first = tree(repository)
    assert list(first) == ["status/components.yaml", "status/incidents/2026-10-14-slow.yaml"]
    assert capsys.readouterr().out.endswith("2 files written, everything kept, 0 notes\n")
    assert run(repository, "import", "cstate", site) == 0
    assert capsys.readouterr().out == "0 files written, everything kept, 0 notes\n"
    assert tree(repository) == first
    assert run(repository, "check", "--strict") == 0
    assert run(repository, "build", "--target", "status") == 0
    assert "Slow" in (repository / "build" / "status" / "index.html").read_text()


def test_our_own_json_gives_the_same_page_again(tmp_path, capsys):
    old, new = tmp_path / "old", tmp_path / "new"
    new.mkdir()
    for path, text in SOURCES.items():
        (old / path).parent.mkdir(parents=True, exist_ok=True)
        (old / path).write_text(text)
    assert run(old, "build", "--target", "status") == 0
    saved = old / "build" / "status" / "api" / "v2"
    assert run(new, "import", "statuspage", saved) == 0
    assert capsys.readouterr().err == NEXT
    assert sorted(tree(new)) == sorted(SOURCES)
    assert run(new, "check") == 0
    assert run(new, "build", "--target", "status") == 0
    for name in ("summary", "incidents", "components", "scheduled-maintenances"):
        files = (folder / "build" / "status" / "api" / "v2" / f"{name}.json" for folder in (old, new))
        before, after = (json.loads(file.read_text()) for file in files)
        assert after == before


def test_a_page_that_is_there_already_is_added_to(tmp_path, site, capsys):
    repository = tmp_path / "repository"
    (repository / "status").mkdir(parents=True)
    (repository / "status" / "components.yaml").write_text("# ours\nshop: {name: Shop}\nrest: {name: api}\n")
    (repository / "tocsin.yaml").write_text("status: https://status.example.com\n")
    assert run(repository, "import", "cstate", site) == 0
    found = tree(repository)
    assert found["status/components.yaml"] == "# ours\nshop: {name: Shop}\nrest: {name: api}\n"
    assert "rest: major_outage" in found["status/incidents/2026-10-14-slow.yaml"]
    assert found["tocsin.yaml"] == "status: https://status.example.com\n"


def test_help_has_the_two(capsys):
    with pytest.raises(SystemExit):
        main(["import", "--help"])
    said = capsys.readouterr().out
    assert "tocsin import cstate ../status-site" in said
    assert "tocsin import statuspage summary.json incidents.json" in said
