from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

from generator import __version__
from generator.cli import main
from generator.commands import COMMANDS

LIGHT = {"jinja2", "jsonschema", "jsonschema_rs", "git", "mkdocs", "yaml", "markdown_it", "icalendar", "promql_parser"}

SERVICE = """\
team: platfrom
slos: []
alerts:
  - alert: Broken
    expr: sum(
    annotations: {summary: Broken}
"""


@pytest.fixture
def repository(tmp_path):
    (tmp_path / "alerts").mkdir()
    (tmp_path / "schedules").mkdir()
    (tmp_path / "tocsin.yaml").write_text("name: Test\n")
    (tmp_path / "alerts" / "shop.yaml").write_text(SERVICE)
    (tmp_path / "schedules" / "platform.yaml").write_text("name: Platform\n")
    return tmp_path


def test_help_imports_nothing_heavy():
    script = (
        "import sys; from generator.cli import main\n"
        "try: main(['--help'])\nexcept SystemExit: pass\n"
        "print(*sys.modules)"
    )
    done = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, check=True)
    assert not LIGHT & set(done.stdout.splitlines()[-1].split())
    for name in COMMANDS:
        assert name in done.stdout


@pytest.mark.parametrize("name", COMMANDS)
def test_every_command_has_help_with_examples(name, capsys):
    with pytest.raises(SystemExit) as end:
        main([name, "--help"])
    assert end.value.code == 0
    assert "examples:" in capsys.readouterr().out


def test_version(capsys):
    with pytest.raises(SystemExit):
        main(["--version"])
    assert capsys.readouterr().out == f"tocsin {__version__}\n"


def test_findings_are_exit_1_in_the_fixed_form(repository, capsys):
    assert main(["-C", str(repository), "check"]) == 1
    out = capsys.readouterr().out.splitlines()
    assert out[0] == (
        "alerts/shop.yaml:1:7: error[team/missing]: service shop names team 'platfrom', which does not exist"
    )
    assert out[1] == "  hint: did you mean 'platform'?"
    assert out[2].startswith("alerts/shop.yaml:4:12: warning[runbook/none]: there is no folder runbooks/")
    assert out[4].startswith("alerts/shop.yaml:5:14: error[query/syntax]: expr of alert Broken is not valid PromQL:")
    assert out[-1] == "2 errors, 1 warning in 3 sources"


def test_json_says_the_same(repository, capsys):
    assert main(["check", "--format", "json", "-C", str(repository)]) == 1
    said = json.loads(capsys.readouterr().out)
    first = said["findings"][0]
    assert (first["check"], first["path"], first["line"], first["column"]) == ("team/missing", "alerts/shop.yaml", 1, 7)
    assert (first["pointer"], first["subject"]) == ("/team", "shop")
    assert said["summary"]["errors"] == 2


def test_paths_limit_what_is_reported(repository, capsys):
    assert main(["check", "-C", str(repository), str(repository / "schedules")]) == 0
    assert capsys.readouterr().out == "0 errors in 1 source\n"


@pytest.mark.parametrize(
    ("arguments", "status"),
    [
        ([], 2),
        (["chek"], 2),
        (["check", "--fromat", "json"], 2),
        (["check", "/"], 2),
        (["check", "absent.yaml"], 2),
        (["check", "--now", "soon"], 2),
        (["check", "--now", ""], 2),
        (["explain", "runbook/mising"], 2),
        (["build", "--target", "promtheus"], 2),
        (["new", "runbok", "x"], 2),
        (["new", "runbook", "Not An Id"], 2),
        (["-C", "absent", "check"], 2),
    ],
)
def test_wrong_use_is_exit_2_without_traceback(repository, arguments, status, capsys):
    (repository / "alerts" / "shop.yaml").write_text("description: fine\n")
    os.chdir(repository)
    try:
        ended = main(arguments)
    except SystemExit as end:
        ended = end.code
    assert ended == status
    assert "Traceback" not in capsys.readouterr().err


def test_suggestions_of_wrong_use(repository, capsys):
    main(["explain", "runbook/mising"])
    assert "did you mean 'runbook/missing'?" in capsys.readouterr().err


def test_nothing_to_check_is_exit_3(tmp_path, capsys):
    assert main(["check", "-C", str(tmp_path)]) == 3
    assert "nothing to check" in capsys.readouterr().err


def test_unreadable_settings_are_exit_2(repository, capsys):
    (repository / "tocsin.yaml").write_text("name: [\n")
    assert main(["check", "-C", str(repository)]) == 2
    assert "tocsin.yaml:" in capsys.readouterr().err


def test_build_refuses_what_is_wrong(repository, capsys):
    assert main(["build", "-C", str(repository)]) == 1
    assert not (repository / "build").exists()
    assert "nothing was built" in capsys.readouterr().err


def test_fault_of_ours_is_exit_70(repository, monkeypatch, capsys):
    monkeypatch.setattr("generator.commands.check.open_workspace", lambda _: 1 / 0)
    assert main(["check", "-C", str(repository)]) == 70
    assert "fault of ours" in capsys.readouterr().err


def test_reader_that_goes_away(repository):
    command = f"{sys.executable} -m generator explain | head -n 1"
    done = subprocess.run(["bash", "-o", "pipefail", "-c", command], capture_output=True, text=True, check=False)
    assert done.returncode == 0
    assert done.stderr == ""


def test_output_is_utf8_whatever_the_locale(repository):
    (repository / "alerts" / "shop.yaml").write_text("team: größe\n", encoding="utf-8")
    environment = {**os.environ, "LC_ALL": "C", "PYTHONIOENCODING": "ascii"}
    command = [sys.executable, "-m", "generator", "-C", str(repository), "check"]
    done = subprocess.run(command, capture_output=True, env=environment, check=False)
    assert done.returncode == 1
    assert "größe" in done.stdout.decode()


@pytest.mark.parametrize("closing", [">&-", "2>&-", "<&- >&- 2>&-"])
def test_closed_streams_change_no_exit_status(repository, closing):
    command = f"{sys.executable} -m generator explain {closing}"
    assert subprocess.run(["bash", "-c", command], capture_output=True, check=False).returncode == 0


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="needs /dev/full")
def test_a_full_disk_is_no_fault_of_ours():
    command = f"{sys.executable} -m generator explain > /dev/full"
    done = subprocess.run(["bash", "-c", command], capture_output=True, text=True, check=False)
    assert (done.returncode, done.stderr) == (2, "tocsin: No space left on device\n")


def test_an_id_that_no_file_can_have_is_said(repository, capsys):
    assert main(["-C", str(repository), "new", "runbook", "n" * 300]) == 2
    assert "File name too long" in capsys.readouterr().err


@pytest.mark.parametrize(
    "now", ["0001-01-01T00:00Z", "0001-01-01T00:00+14:00", "1969-12-31", "2106-01-01", "9999-12-31T23:59Z"]
)
def test_a_time_that_no_build_can_have_is_wrong_use(repository, now, capsys):
    assert main(["build", "-C", str(repository), "--now", now]) == 2
    assert "--now: " in capsys.readouterr().err


@pytest.mark.parametrize("epoch", ["-1", "-62135596800", "99999999999"])
def test_an_epoch_that_no_build_can_have_is_wrong_use(repository, epoch, monkeypatch, capsys):
    monkeypatch.setenv("SOURCE_DATE_EPOCH", epoch)
    assert main(["build", "-C", str(repository)]) == 2
    assert "SOURCE_DATE_EPOCH" in capsys.readouterr().err
