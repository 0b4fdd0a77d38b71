from __future__ import annotations

import re
import shutil
import subprocess
from datetime import UTC, datetime, timedelta

import pytest

from generator.kinds.restrictions import Restriction
from generator.targets.terraform import TARGET
from generator.targets.terraform.names import identifier, policy_name, printable
from generator.targets.terraform.schedules import restrictions
from tests.analysis.oncall.schedules import EVERY_DAY, WEEKDAYS, hours
from tests.catalogs import NOW, make_catalog, make_context

HOUR, DAY = timedelta(hours=1), timedelta(days=1)

PEOPLE = """\
ana: {name: Ana, email: Ana@Example.com, time_zone: Europe/Madrid}
bob: {name: Bob, email: bob@example.com, time_zone: Europe/Oslo}
eve: {name: Eve, email: eve@example.com}
"""
TEAM = """\
name: Shop
lead: eve
schedules:
  primary:
    time_zone: Europe/Oslo
    layers:
      - {name: Rotation, start: 2026-01-05 09:00, turn: 1w, people: [ana, bob]}
escalation:
  loops: 1
  steps:
    - {page: primary, wait: 90s}
    - {page: [lead, eve], wait: 15m}
"""
SERVICE = "team: shop\n"


def render(*, now: datetime = NOW, **more: str) -> dict[str, str]:
    """The text by file name. Sources are the ones above but for those given (`team=…`)."""
    sources = {"people": PEOPLE, "team": TEAM, "service": SERVICE, "ids": "", "settings": "", **more}
    paths = {
        "schedules/people.yaml": sources["people"],
        "schedules/shop.yaml": sources["team"],
        "alerts/cart.yaml": sources["service"],
        "schedules/pagerduty.ids.yaml": sources["ids"],
        "tocsin.yaml": sources["settings"],
    }
    catalog = make_catalog({path: text for path, text in paths.items() if text})
    assert [finding.message for finding in catalog.findings] == []
    artifacts = TARGET.render(catalog, make_context(now))
    return {artifact.path.rpartition("/")[2]: artifact.content.decode() for artifact in artifacts}


def with_layers(*layers: str) -> str:
    return re.sub(r"      - \{name: Rotation.*\n", "".join(f"      - {layer}\n" for layer in layers), TEAM)


def block(text: str, opening: str) -> str:
    """One block at the top level, by how it begins."""
    return text[text.index(opening) :].partition("\n}\n")[0] + "\n}\n"


def test_every_file_says_where_it_comes_from():
    for name, text in render().items():
        assert text.startswith("# Made by tocsin from "), name
        assert "Do not edit" in text.split("\n", 1)[0]


def test_references_lead_only_to_what_is_defined():
    assert_closed(render())


def test_the_provider_is_pinned_and_has_no_token():
    text = render(settings="pagerduty: {service_region: eu}\n")["versions.tf"]
    assert 'version = "~> 3.32"' in text
    assert 'provider "pagerduty" {\n  service_region = "eu"\n}' in text
    assert "token" not in text.replace("The token comes from the environment", "")


class TestPeople:
    def test_emails_are_in_lower_case_and_zones_are_those_that_pagerduty_knows(self):
        text = render()["people.tf"]
        assert 'email       = "ana@example.com"' in text
        assert 'time_zone   = "Europe/Berlin"' in block(text, 'resource "pagerduty_user" "bob"')

    def test_people_of_a_single_sign_on_are_looked_up(self):
        files = render(settings="pagerduty: {users: existing}\n")
        assert block(files["people.tf"], "data") == 'data "pagerduty_user" "ana" {\n  email = "ana@example.com"\n}\n'
        assert "data.pagerduty_user.ana.id" in files["schedules.tf"]
        assert "resource" not in files["people.tf"]
        assert_closed(files)

    def test_who_has_no_email_is_left_out_everywhere_and_said_so(self):
        files = render(people=PEOPLE.replace(", email: bob@example.com", ""))
        assert "# Left out: bob has no e-mail in schedules/people.yaml" in files["people.tf"]
        assert "bob" not in files["schedules.tf"] + files["teams.tf"]
        assert_closed(files)


def test_members_are_all_whom_the_team_may_call_with_a_role():
    text = render()["teams.tf"]
    found = re.findall(r'"pagerduty_team_membership" "(\w+)".*?role +\S+ "(\w+)"', text, re.DOTALL)
    assert found == [("shop_eve", "manager"), ("shop_ana", "responder"), ("shop_bob", "responder")]


class TestSchedules:
    def test_times_are_utc_of_their_date(self):
        text = render()["schedules.tf"]
        assert 'start                        = "2026-01-05T08:00:00Z"' in text
        assert 'rotation_virtual_start       = "2026-01-05T08:00:00Z"' in text
        assert "rotation_turn_length_seconds = 604800" in text

    def test_the_anchor_is_the_virtual_start(self):
        layer = "{start: 2026-07-06 09:00, anchor: 2026-01-05 09:00, turn: 1w, people: [ana]}"
        text = render(team=with_layers(layer))["schedules.tf"]
        assert 'start                        = "2026-07-06T07:00:00Z"' in text
        assert 'rotation_virtual_start       = "2026-01-05T08:00:00Z"' in text

    def test_a_zone_that_pagerduty_refuses_becomes_one_of_the_same_rules(self):
        text = render()["schedules.tf"]
        assert "# PagerDuty does not know the zone Europe/Oslo; Europe/Berlin has the same rules.\nresource" in text
        assert 'time_zone   = "Europe/Berlin"' in text

    def test_a_zone_without_an_equal_stays_as_it_is(self):
        text = render(team=TEAM.replace("Europe/Oslo", "Australia/Lord_Howe"))["schedules.tf"]
        assert 'time_zone   = "Australia/Lord_Howe"' in text

    def test_layers_keep_their_order_without_those_that_ended_or_only_watch(self):
        layers = [
            "{name: Old, start: 2026-01-05, end: 2026-02-02 09:00, turn: 1w, people: [eve]}",
            "{name: Bottom, start: 2026-01-05, end: 2027-02-02 09:00, turn: 1w, people: [ana]}",
            "{name: Learners, shadow: true, start: 2026-01-05, turn: 1w, people: [eve]}",
            "{name: Top, start: 2026-01-05, turn: 1w, people: [bob]}",
        ]
        late = render(team=with_layers(*layers))["schedules.tf"]
        early = render(team=with_layers(*layers), now=datetime(2026, 1, 10, tzinfo=UTC))["schedules.tf"]
        assert re.findall(r"    name +\S+ \"(\w+)\"", late) == ["Bottom", "Top"]
        assert re.findall(r"    name +\S+ \"(\w+)\"", early) == ["Old", "Bottom", "Top"]
        assert 'end                          = "2027-02-02T08:00:00Z"' in late

    def test_only_the_end_of_a_layer_makes_the_present_matter(self):
        def uses(text: str) -> set[bool]:
            files = {"schedules/people.yaml": PEOPLE, "schedules/shop.yaml": text}
            return {artifact.uses_now for artifact in TARGET.render(make_catalog(files), make_context())}

        assert uses(TEAM) == {False}
        assert True in uses(with_layers("{start: 2026-01-05, end: 2027-01-05, turn: 1w, people: [ana]}"))

    def test_layers_of_several_zones_become_schedules_of_one_step(self):
        files = render(
            team=with_layers(
                "{start: 2026-01-05, turn: 1w, hours: 09:00-17:00, people: [ana]}",
                "{time_zone: America/Chicago, start: 2026-01-05, turn: 1w, hours: 09:00-17:00, people: [bob]}",
            )
        )
        found = re.findall(r'"pagerduty_schedule" "(\w+)" \{\n  name +\S+ "(.*)"', files["schedules.tf"])
        assert found == [
            ("shop_primary", "Shop - Primary (Europe/Oslo)"),
            ("shop_primary_america_chicago", "Shop - Primary (America/Chicago)"),
        ]
        first = files["escalation.tf"].partition("  rule {")[2].partition("  rule {")[0]
        assert re.findall(r"pagerduty_schedule\.(\w+)\.id", first) == [
            "shop_primary",
            "shop_primary_america_chicago",
        ]
        assert_closed(files)

    def test_a_schedule_without_a_layer_left_is_called_by_nobody(self):
        files = render(team=with_layers("{start: 2026-01-05, end: 2026-02-05, turn: 1w, people: [ana]}"))
        assert "# Left out: shop/primary" in files["schedules.tf"]
        assert files["escalation.tf"].count("rule {") == 1
        assert_closed(files)


class TestRestrictions:
    @staticmethod
    def written(*given: Restriction) -> list[dict[str, object]]:
        return [{each.name: each.value for each in body} for body in restrictions(given)]

    def test_every_day_is_daily(self):
        assert self.written(hours("09:00", 16 * HOUR)) == [
            {"type": "daily_restriction", "start_time_of_day": "09:00:00", "duration_seconds": 57600}
        ]

    def test_days_of_the_week_count_from_one(self):
        found = self.written(hours("22:30", 8 * HOUR, frozenset({0, 6})))
        assert [(each["start_day_of_week"], each["start_time_of_day"]) for each in found] == [
            (1, "22:30:00"),
            (7, "22:30:00"),
        ]

    def test_what_touches_is_joined_over_the_end_of_the_week_too(self):
        assert self.written(hours("00:00", DAY, frozenset({0, 5, 6}))) == [
            {
                "type": "weekly_restriction",
                "start_day_of_week": 6,
                "start_time_of_day": "00:00:00",
                "duration_seconds": 3 * 86400,
            }
        ]

    @pytest.mark.parametrize(
        "everything",
        [
            [hours("09:00", DAY)],
            [hours("00:00", DAY, frozenset({day})) for day in range(7)],
            [hours("18:00", 7 * DAY, frozenset({4}))],
            [hours("00:00", 5 * DAY, frozenset({0})), hours("00:00", 2 * DAY, frozenset({5}))],
        ],
    )
    def test_all_of_the_time_is_no_restriction(self, everything):
        assert self.written(*everything) == []

    @pytest.mark.parametrize("given", [hours("00:00", DAY, WEEKDAYS), hours("23:45", 9 * HOUR, EVERY_DAY)])
    def test_lengths_are_those_that_the_provider_takes(self, given):
        for each in self.written(given):
            limit = 86400 if each["type"] == "daily_restriction" else 604800
            assert 0 < each["duration_seconds"] < limit


class TestEscalation:
    def test_rules_wait_whole_minutes_and_call_each_target_once(self):
        text = render()["escalation.tf"]
        assert re.findall(r"escalation_delay_in_minutes = (\d+)", text) == ["2", "15"]
        assert text.count("pagerduty_user.eve.id") == 1
        assert "num_loops   = 1" in text

    def test_it_waits_for_the_memberships(self):
        text = render()["escalation.tf"].partition("depends_on = ")[2]
        assert re.findall(r"pagerduty_team_membership\.(\w+),", text) == ["shop_eve", "shop_ana", "shop_bob"]

    @pytest.mark.parametrize(
        ("written", "name"),
        [
            ("Shop / EU", "Shop - EU"),
            ("R&D", "RandD"),
            ("<b>\\x ", "(b) - x"),
            ("a\nb\x07", "a b"),
            ("é 'x' \"y\"", "é 'x' \"y\""),
        ],
    )
    def test_names_have_no_character_that_pagerduty_refuses(self, written, name):
        assert policy_name(written) == name
        assert not set(name) & set("\\/&<>")


class TestServices:
    def test_a_service_has_its_policy_and_an_integration(self):
        files = render()
        assert "escalation_policy       = pagerduty_escalation_policy.shop.id" in files["services.tf"]
        assert 'urgency = "severity_based"' in files["services.tf"]
        assert 'type    = "events_api_v2_inbound_integration"' in files["services.tf"]
        assert 'auto_resolve_timeout    = "null"' in files["services.tf"]

    def test_keys_are_sensitive(self):
        assert "sensitive   = true" in block(render()["outputs.tf"], 'output "integration_key_cart"')

    def test_a_service_may_name_another_policy(self):
        more = TEAM + "escalations:\n  nights: {steps: [{page: eve, wait: 5m}]}\n"
        text = render(team=more, service="team: shop\nescalation: nights\n")["services.tf"]
        assert "pagerduty_escalation_policy.shop_nights.id" in text

    def test_a_service_that_reaches_nobody_is_left_out(self):
        files = render(service="description: Nobody's\n")
        assert "# Left out: no escalation policy of service cart calls somebody." in files["services.tf"]
        assert "outputs.tf" not in files


class TestImports:
    def test_what_is_known_is_imported(self):
        text = render(
            ids="pagerduty_schedule.shop_primary: PSCHED1\n",
            people=PEOPLE.replace("name: Ana,", "name: Ana, pagerduty: PANA,"),
        )["imports.tf"]
        assert 'import {\n  to = pagerduty_user.ana\n  id = "PANA"\n}' in text
        assert 'import {\n  to = pagerduty_schedule.shop_primary\n  id = "PSCHED1"\n}' in text

    def test_an_import_of_nothing_that_is_here_would_stop_terraform(self):
        text = render(ids="pagerduty_schedule.gone: PSCHED1\n")["imports.tf"]
        assert "import {" not in text
        assert "# Left out: pagerduty_schedule.gone is not among the resources here." in text


def test_identifiers_are_made_from_ids():
    assert identifier("platform/primary") == "platform_primary"
    assert identifier("1st-line", "ana") == "_1st_line_ana"


def test_a_name_of_nothing_printable_has_a_default():
    assert printable("\n\x00 ", "shop") == "shop"


HOSTILE = {
    "people": (
        'ana: {name: "A\\"${path.module}\\n%{ if true }", email: ana@example.com}\n'
        "bob: {name: '<script>\\', email: bob@example.com}\neve: {name: Eve, email: eve@example.com}\n"
    ),
    "team": TEAM.replace("name: Shop", 'name: "${x} \\" } resource {"').replace("Rotation", "'\"}\\'"),
    "service": 'team: shop\ndescription: "#{} ${y} \\\\ \\n\\u2028"\n',
}


def test_hostile_names_come_out_as_text():
    files = render(**HOSTILE)
    assert re.search(r"(?<!\$)\$\{|(?<!%)%\{", "".join(files.values())) is None
    assert 'name        = "$${x} \\" } resource {"' in files["teams.tf"]
    assert 'name        = "A\\"$${path.module} %%{ if true }"' in files["people.tf"]


@pytest.mark.real_tool
@pytest.mark.skipif(shutil.which("terraform") is None, reason="needs terraform: run .ci/tools")
@pytest.mark.parametrize(
    "sources",
    [{}, HOSTILE, {"settings": "pagerduty: {users: existing}\n"}, {"ids": "pagerduty_team.shop: PT1\n"}],
    ids=["plain", "hostile", "existing", "ids"],
)
def test_terraform_has_nothing_to_format(tmp_path, sources):
    for name, text in render(**sources).items():
        (tmp_path / name).write_text(text, encoding="utf-8")
    done = subprocess.run(
        ["terraform", "fmt", "-check", "-diff"], cwd=tmp_path, capture_output=True, text=True, check=False
    )
    assert (done.returncode, done.stdout) == (0, "")


def assert_closed(files: dict[str, str]) -> None:
    """Every resource that is referred to is there, once."""
    text = "".join(files.values())
    defined = [".".join(found) for found in re.findall(r'^resource "(\w+)" "(\w+)"', text, re.MULTILINE)]
    defined += [f"data.{'.'.join(found)}" for found in re.findall(r'^data "(\w+)" "(\w+)"', text, re.MULTILINE)]
    code = re.sub(r'"(?:\\.|[^"\\])*"|#.*', "", text)
    used = set(re.findall(r"(?:data\.)?pagerduty_\w+\.\w+", code))
    assert len(defined) == len(set(defined))
    assert used
    assert used <= set(defined)
