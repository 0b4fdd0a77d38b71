"""Terraform applies what is rendered to an account, and then wants nothing more; what comes out is who is on call."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from datetime import UTC, datetime, timedelta

import pytest

from generator.catalog import load
from generator.git import History, work_tree
from generator.targets.terraform import TARGET
from tests.catalogs import make_context
from tests.pagerduty_fake import FakePagerDuty
from tests.repositories import GitRepository
from tests.targets.terraform.rendered import assert_renders_the_same
from tests.targets.terraform.sources import PEOPLE, SERVICE, TEAM
from tests.targets.terraform.whole import EVERYTHING
from tests.targets.terraform.workspace import Workspace, configuration, needs_provider

pytestmark = [needs_provider, pytest.mark.real_tool]

SHOP = {"schedules/people.yaml": PEOPLE, "schedules/shop.yaml": TEAM, "alerts/cart.yaml": SERVICE}
BOB = "bob: {name: Bob, email: bob@example.com, time_zone: Europe/Oslo}\n"
SECOND = "      - {name: Nights, start: 2026-01-05 09:00, turn: 1d, hours: 22:00-06:00, people: [eve, ana]}\n"
NUMBER = "+54 91155554444"
NOTHING = "Resources: 0 added, 0 changed, 0 destroyed."


@pytest.fixture(scope="module")
def config(tmp_path_factory):
    return configuration(tmp_path_factory.mktemp("terraform"))


@pytest.fixture
def api() -> Iterator[FakePagerDuty]:
    with FakePagerDuty() as fake:
        yield fake


@pytest.fixture
def workspace(tmp_path, config, api):
    return Workspace(tmp_path / "workspace", config, api, phone_ana=NUMBER)


@pytest.fixture
def now() -> datetime:
    """The provider looks at the machine's clock, so what is rendered here is of today."""
    return datetime.now(UTC).replace(microsecond=0)


def rendered(repository: GitRepository, now: datetime) -> dict[str, str]:
    catalog = load(work_tree(repository.path))
    assert [finding.message for finding in catalog.findings] == []
    artifacts = TARGET.render(catalog, make_context(now, open_history=lambda: History(repository.path)))
    return {artifact.path.rpartition("/")[2]: artifact.content.decode() for artifact in artifacts}


def commit(repository: GitRepository, files: Mapping[str, str]) -> None:
    for path, text in files.items():
        repository.write(path, text)
    repository.commit()


def coming(now: datetime) -> dict[str, str]:
    """The rich sources, with the maintenance of December in the days to come."""
    day = (now + timedelta(days=12)).date().isoformat()
    return {path.replace("2026-12-06", day): text.replace("2026-12-06", day) for path, text in EVERYTHING.items()}


def existing(api: FakePagerDuty) -> None:
    """What `EVERYTHING` imports: Ana with her methods and her place in the team."""
    api.state.ids = ["PANA", "PMAIL"]
    api.made("/users", "user", name="Ana", email="ana@example.com")
    push = {"id": "PPUSH", "type": "push_notification_contact_method", "label": "Phone", "address": "token"}
    api.state.users["PANA"]["_contact_methods"]["PPUSH"] = push
    api.state.ids = ["PSHOP"]
    api.made("/teams", "team", name="Old name")
    assert api.call("PUT", "/teams/PSHOP/users/PANA", {"role": "observer"})[0] == 204


def test_the_example(example, workspace, api, now):
    (example.path / "schedules/platform.overrides.yaml").unlink()
    workspace.apply(rendered(example, now))
    assert {service["name"] for service in api.state.services.values()} == {"tr-web"}
    assert_renders_the_same(api, load(work_tree(example.path)), now)


def test_sources_that_use_every_type_of_resource(git_repo, workspace, api, now):
    existing(api)
    commit(git_repo, coming(now))
    workspace.apply(rendered(git_repo, now))
    assert {address.partition(".")[0].removeprefix("pagerduty_") for address in workspace.state()} == {
        "alert_grouping_setting", "escalation_policy", "maintenance_window", "schedule", "service",
        "service_integration", "team", "team_membership", "user", "user_contact_method", "user_notification_rule",
    }  # fmt: skip
    assert_renders_the_same(api, load(work_tree(git_repo.path)), now)


def test_users_that_are_only_looked_up(git_repo, workspace, api, now):
    for name in ("ana", "bob", "eve"):
        api.made("/users", "user", name=name, email=f"{name}@example.com")
    commit(git_repo, {**SHOP, "tocsin.yaml": "pagerduty: {users: existing}\n"})
    workspace.apply(rendered(git_repo, now))
    assert not [call for call in api.writes if call[1].startswith("/users")]


def test_a_user_who_is_there_already_wants_an_import(git_repo, workspace, api, now):
    ident = api.made("/users", "user", name="Ana", email="ana@example.com")["id"]
    commit(git_repo, SHOP)
    workspace.write(rendered(git_repo, now))
    assert "Email has already been taken" in workspace.run("apply", "-auto-approve", "-input=false", status=1)
    commit(git_repo, {"schedules/pagerduty.ids.yaml": f"pagerduty_user.ana: {ident}\n"})
    workspace.apply(rendered(git_repo, now))


class TestChanges:
    @pytest.fixture
    def applied(self, git_repo, workspace, now):
        commit(git_repo, SHOP)
        assert workspace.apply(rendered(git_repo, now)) == "Resources: 11 added, 0 changed, 0 destroyed."
        return git_repo

    def test_nothing_changed(self, applied, workspace, now):
        assert workspace.apply(rendered(applied, now)) == NOTHING

    def test_a_team_is_renamed(self, applied, workspace, api, now):
        teams = set(api.state.teams)
        applied.git("mv", "schedules/shop.yaml", "schedules/store.yaml")
        commit(applied, {"alerts/cart.yaml": "team: store\n"})
        said = workspace.apply(rendered(applied, now))
        assert re.fullmatch(r"Resources: 0 added, \d+ changed, 0 destroyed\.", said)
        assert "pagerduty_team.store" in workspace.state()
        assert set(api.state.teams) == teams

    def test_somebody_leaves(self, applied, workspace, api, now):
        team = TEAM.replace("people: [ana, bob]", "people: [ana]")
        commit(applied, {"schedules/people.yaml": PEOPLE.replace(BOB, ""), "schedules/shop.yaml": team})
        assert "0 added, 1 changed" in workspace.apply(rendered(applied, now))
        assert not [address for address in workspace.state() if "bob" in address]
        assert_renders_the_same(api, load(work_tree(applied.path)), now)

    def test_a_layer_is_appended_and_taken_away_again(self, applied, workspace, api, now):
        commit(applied, {"schedules/shop.yaml": TEAM.replace("escalation:\n", f"{SECOND}escalation:\n")})
        assert workspace.apply(rendered(applied, now)) == "Resources: 0 added, 1 changed, 0 destroyed."
        assert_renders_the_same(api, load(work_tree(applied.path)), now)
        commit(applied, {"schedules/shop.yaml": TEAM})
        assert workspace.apply(rendered(applied, now)) == "Resources: 0 added, 1 changed, 0 destroyed."
        (schedule,) = api.state.schedules.values()
        # It is part of the past: the service ends it, and keeps it.
        assert [layer["_over"] for layer in schedule["_layers"]] == [False, True]
        assert_renders_the_same(api, load(work_tree(applied.path)), now)

    def test_a_schedule_goes_that_a_policy_called(self, applied, workspace, api, now):
        team = re.sub(r"schedules:.*?(?=escalation)", "", TEAM, flags=re.DOTALL).replace("page: primary", "page: ana")
        commit(applied, {"schedules/shop.yaml": team})
        workspace.apply(rendered(applied, now))
        assert not api.state.schedules

    def test_what_the_account_has_is_imported_and_stays(self, applied, workspace, config, api, now, tmp_path):
        ids = {address: imported(values) for address, values in workspace.state().items()}
        lines = "".join(f"{address}: {ident}\n" for address, ident in ids.items())
        commit(applied, {"schedules/pagerduty.ids.yaml": lines})
        fresh = Workspace(tmp_path / "fresh", config, api)
        before = len(api.writes)
        said = fresh.apply(rendered(applied, now))
        assert said == "Resources: 11 imported, 0 added, 0 changed, 0 destroyed."
        assert len(api.writes) == before


def imported(values: Mapping[str, str]) -> str:
    """The id that an import wants: `SERVICE.ID` of integrations; of memberships the id is the pair already."""
    return f"{values['service']}.{values['id']}" if "integration_key" in values else values["id"]
