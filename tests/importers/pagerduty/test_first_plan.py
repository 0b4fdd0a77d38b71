"""An account that is imported is what Terraform then wants: the first plan takes over, and changes nothing."""

from __future__ import annotations

import re
from datetime import UTC, datetime

import pytest

from generator.catalog import load
from generator.cli import main
from generator.git import History, work_tree
from generator.targets.terraform import TARGET
from tests.catalogs import make_context
from tests.pagerduty_fake import FakePagerDuty
from tests.repositories import new_repository
from tests.targets.terraform.workspace import Workspace, configuration, needs_provider

pytestmark = [needs_provider, pytest.mark.real_tool]


def reference(thing):
    return {"id": thing["id"], "type": f"{thing['type']}_reference"}


def layer(name, users, **more):
    return {
        "name": name,
        "start": "2026-01-05T08:00:00Z",
        "rotation_virtual_start": "2025-12-22T08:00:00Z",
        "rotation_turn_length_seconds": 604800,
        "users": [{"user": reference(each)} for each in users],
        **more,
    }


def account(api: FakePagerDuty) -> None:
    """Two teams that call each other's schedules, people of several roles, and descriptions of somebody else's."""
    ana, bob, cy = (
        api.made("/users", "user", name=name, email=f"{name}@example.com", role=role, job_title="SRE")
        for name, role in (("Ana", "admin"), ("Bob", "limited_user"), ("Cy", "user"))
    )
    shop = api.made("/teams", "team", name="Shop", description="They sell")
    web = api.made("/teams", "team", name="Web & Mobile", description="")
    for team, user, role in ((shop, ana, "manager"), (shop, bob, "responder"), (web, cy, "manager")):
        assert api.call("PUT", f"/teams/{team['id']}/users/{user['id']}", {"role": role})[0] == 204
    assert api.call("PUT", f"/teams/{web['id']}/users/{ana['id']}", {"role": "responder"})[0] == 204
    assert api.call("PUT", f"/teams/{web['id']}/users/{bob['id']}", {"role": "responder"})[0] == 204
    day = {"type": "daily_restriction", "start_time_of_day": "09:00:00", "duration_seconds": 28800}
    weekend = {"type": "weekly_restriction", "start_day_of_week": 5, "start_time_of_day": "18:00:00"}
    weekend |= {"duration_seconds": 226800}
    primary = api.made(
        "/schedules", "schedule", name="Shop on call", time_zone="Europe/Madrid", teams=[reference(shop)],
        description="Of old", schedule_layers=[layer("Days", [ana, bob], restrictions=[day]),
                                                layer("Weekends", [bob, ana], restrictions=[weekend])],
    )  # fmt: skip
    nights = api.made(
        "/schedules", "schedule", name="Nights", time_zone="America/Chicago", teams=[reference(web)], description="",
        schedule_layers=[layer("All", [cy])],
    )  # fmt: skip
    for name, team, targets in (
        ("Shop Escalation", shop, [[reference(primary)], [reference(ana)]]),
        ("Web", web, [[reference(nights)], [reference(primary), reference(cy)]]),
    ):
        rules = [{"escalation_delay_in_minutes": 10, "targets": each} for each in targets]
        api.made(
            "/escalation_policies", "escalation_policy", name=name, num_loops=2, teams=[reference(team)],
            escalation_rules=rules, description="Whom to call",
        )  # fmt: skip


def test_the_first_plan_changes_nothing(tmp_path, monkeypatch, capsys):
    repository = new_repository(tmp_path / "repository")
    repository.write("tocsin.yaml", "name: Test\n")
    repository.commit()
    now = datetime.now(UTC).replace(microsecond=0)
    with FakePagerDuty() as api:
        account(api)
        monkeypatch.setenv("PAGERDUTY_API_URL", api.url)
        monkeypatch.setenv("PAGERDUTY_TOKEN", api.token)
        assert main(["-C", str(repository.path), "import", "pagerduty", "--live"]) == 0, capsys.readouterr().out
        assert main(["-C", str(repository.path), "oncall", "verify"]) == 0, capsys.readouterr().out
        catalog = load(work_tree(repository.path))
        artifacts = TARGET.render(catalog, make_context(now, open_history=lambda: History(repository.path)))
        workspace = Workspace(tmp_path / "workspace", configuration(tmp_path / "terraform"), api)
        workspace.write({each.path.rpartition("/")[2]: each.content.decode() for each in artifacts})
        before = api.writes
        said = workspace.run("plan", "-input=false")
        found = re.search(r"Plan: (\d+) to import, 0 to add, 0 to change, 0 to destroy", said)
        assert found is not None, said
        assert int(found[1]) == 2 + 5 + 2 + 2
        assert api.writes == before
