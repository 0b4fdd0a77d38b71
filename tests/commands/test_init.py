from __future__ import annotations

import json
import re
from datetime import date

import pytest

from generator.cli import main
from generator.commands.scaffold import monday
from generator.kinds import KINDS, kind_of
from generator.resources import schema

NOW = ["--now", "2026-11-24T12:00Z"]


def test_a_new_repository_checks_clean(tmp_path, capsys):
    assert main(["init", str(tmp_path / "new"), "--service", "checkout", "--team", "payments", *NOW]) == 0
    capsys.readouterr()
    assert main(["-C", str(tmp_path / "new"), "check", "--strict", *NOW]) == 0, capsys.readouterr().out


def test_a_new_repository_builds(tmp_path):
    main(["init", str(tmp_path), *NOW])
    targets = [f"--target={name}" for name in ("prometheus", "alertmanager", "terraform", "calendars", "status")]
    assert main(["-C", str(tmp_path), "build", *targets, *NOW]) == 0
    assert (tmp_path / "build" / "prometheus" / "rules" / "web.yaml").is_file()


def test_what_is_there_is_kept(tmp_path, capsys):
    (tmp_path / "README.md").write_text("mine\n")
    assert main(["init", str(tmp_path), *NOW]) == 0
    assert (tmp_path / "README.md").read_text() == "mine\n"
    assert "kept  README.md" in capsys.readouterr().out
    assert main(["init", str(tmp_path), *NOW]) == 0
    assert "0 written" in capsys.readouterr().out


def test_editor_maps_every_yaml_source_to_its_schema(tmp_path):
    main(["init", str(tmp_path), *NOW])
    associations = json.loads((tmp_path / ".vscode" / "settings.json").read_text())["yaml.schemas"]
    for kind in KINDS:
        if kind.example.endswith(".yaml"):
            assert [name for name, globs in associations.items() if _matches(kind.example, globs)] == [
                f"./schemas/{kind.name}.schema.json"
            ]
            written = json.loads((tmp_path / "schemas" / f"{kind.name}.schema.json").read_text())
            assert written == schema(kind.name)


@pytest.mark.parametrize(
    "path",
    [
        "alerts/a.yaml",
        "alerts/b/a.yml",
        "alerts/severity-map.yaml",
        "schedules/people.yaml",
        "schedules/people/x.yaml",
        "schedules/t.overrides.yaml",
        "schedules/deep/t.leave.yaml",
        "schedules/pagerduty.ids.yaml",
        "schedules/deep/team.yaml",
        "status/components.yaml",
        "status/incidents/2026-01-01-a.yaml",
        "status/incidents/2026/2026-01-01-a.yaml",
    ],
)
def test_globs_and_patterns_agree(path):
    wanted = kind_of(path)
    assert [kind.name for kind in KINDS if _matches(path, kind.globs)] == [wanted.name]


def _matches(path, globs):
    """As editors read globs: any may match, none with `!` may."""
    plain = any(_glob(glob).fullmatch(path) for glob in globs if not glob.startswith("!"))
    return plain and not any(_glob(glob[1:]).fullmatch(path) for glob in globs if glob.startswith("!"))


def _glob(glob):
    escaped = re.escape(glob).replace(r"\*\*/", "(?:.+/)?").replace(r"\*", "[^/]*")
    return re.compile(escaped)


@pytest.mark.parametrize("day", range(21, 28))
def test_whenever_it_is_written_a_rotation_hands_over_on_a_monday(day):
    assert monday(date(2026, 11, day)).weekday() == 0
    assert 0 <= (date(2026, 11, day) - monday(date(2026, 11, day))).days < 7
