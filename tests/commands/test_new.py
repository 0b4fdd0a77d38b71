from __future__ import annotations

import pytest

from generator.cli import main
from generator.commands.new import MAKERS
from generator.kinds import KINDS

NOW = ["--now", "2026-11-24T12:00Z"]


@pytest.fixture
def repository(tmp_path):
    main(["init", str(tmp_path), *NOW])
    return tmp_path


def new(folder, *arguments):
    return main(["-C", str(folder), "new", *arguments, *NOW])


def test_every_kind_of_source_can_be_written():
    made = {"schedule": "team"}
    kinds = {kind.name for kind in KINDS} - {"baseline"}  # check --baseline writes that one, from what it finds
    assert {made.get(name, name) for name in MAKERS} == kinds | {"settings"}


@pytest.mark.parametrize(
    ("arguments", "path"),
    [
        (("service", "checkout"), "alerts/checkout.yaml"),
        (("runbook", "queue-stuck"), "runbooks/queue-stuck.md"),
        (("runbook", "cola-parada", "--lang", "es"), "runbooks/cola-parada.md"),
        (("schedule", "payments"), "schedules/payments.yaml"),
        (("postmortem", "checkout-errors"), "postmortems/2026-11-24-checkout-errors.md"),
        (("postmortem", "2026-10-14-checkout-errors", "--short"), "postmortems/2026-10-14-checkout-errors.md"),
        (("postmortem", "errores", "--lang", "es"), "postmortems/2026-11-24-errores.md"),
        (("incident", "checkout-errors"), "status/incidents/2026-11-24-checkout-errors.yaml"),
        (("maintenance", "database", "--date", "2026-12-06"), "status/maintenances/2026-12-06-database.yaml"),
        (("overrides", "platform"), "schedules/platform.overrides.yaml"),
        (("leave", "platform"), "schedules/platform.leave.yaml"),
        (("pagerduty-ids",), "schedules/pagerduty.ids.yaml"),
    ],
)
def test_what_is_written_is_checked_clean(repository, capsys, arguments, path):
    assert new(repository, *arguments) == 0
    assert (repository / path).is_file()
    capsys.readouterr()
    assert main(["-C", str(repository), "check", *NOW]) == 0, capsys.readouterr().out
    assert "error[" not in capsys.readouterr().out


@pytest.mark.parametrize(
    ("arguments", "path"),
    [
        (("settings",), "tocsin.yaml"),
        (("severity-map",), "alerts/severity-map.yaml"),
        (("people", "ana"), "schedules/people.yaml"),
        (("components", "website"), "status/components.yaml"),
    ],
)
def test_first_source_of_an_empty_repository(tmp_path, capsys, arguments, path):
    assert new(tmp_path, *arguments) == 0
    assert (tmp_path / path).is_file()
    capsys.readouterr()
    assert main(["-C", str(tmp_path), "check", *NOW]) == 0, capsys.readouterr().out


def test_service_brings_the_runbook_of_its_alert(repository):
    new(repository, "service", "checkout", "--title", "Checkout: pay & go")
    assert (repository / "runbooks" / "checkout-high-error-rate.md").is_file()
    assert '"Checkout: pay & go"' in (repository / "alerts" / "checkout.yaml").read_text()


@pytest.mark.parametrize(
    "title", ['say "no"', "a: b", "yes", "<script>", "{{ x }}", "line\nbreak", "# no comment", "ñandú"]
)
def test_titles_stay_text(repository, capsys, title):
    assert new(repository, "maintenance", "work", "--title", title) == 0
    capsys.readouterr()
    assert main(["-C", str(repository), "check", *NOW]) == 0, capsys.readouterr().out


def test_nothing_is_overwritten(repository, capsys):
    before = (repository / "alerts" / "web.yaml").read_bytes()
    assert new(repository, "service", "web") == 2
    assert (repository / "alerts" / "web.yaml").read_bytes() == before
    assert "is there already" in capsys.readouterr().err


def test_nothing_is_written_through_a_symlink(repository, tmp_path_factory, capsys):
    outside = tmp_path_factory.mktemp("outside")
    (repository / "remote").mkdir()
    for path in (repository / "runbooks").rglob("*.md"):
        path.unlink()
    (repository / "runbooks" / "templates").rmdir()
    (repository / "runbooks").rmdir()
    (repository / "runbooks").symlink_to(outside)
    assert new(repository, "runbook", "x") == 2
    assert not list(outside.iterdir())


def test_kind_that_needs_an_id_says_so(repository, capsys):
    assert new(repository, "runbook") == 2
    assert "needs an id" in capsys.readouterr().err
