from __future__ import annotations

import re
import shutil
import subprocess

import pytest

from generator.analysis.pagerduty.names import identifier, policy_name, printable
from tests.targets.terraform.sources import PEOPLE, TEAM, assert_closed, block, render
from tests.targets.terraform.whole import EVERYTHING


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
        assert "# Left out: no escalation policy of service cart calls somebody by PagerDuty." in files["services.tf"]
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
    # The keys of integrations are put into text, and nothing else is.
    text = re.sub(r"\$\{pagerduty_service_integration\.[a-z0-9_]+\.integration_key\}", "", "".join(files.values()))
    assert re.search(r"(?<!\$)\$\{|(?<!%)%\{", text) is None
    assert 'name        = "$${x} \\" } resource {"' in files["teams.tf"]
    assert 'name        = "A\\"$${path.module} %%{ if true }"' in files["people.tf"]


@pytest.mark.real_tool
@pytest.mark.skipif(shutil.which("terraform") is None, reason="needs terraform: run .ci/tools")
@pytest.mark.parametrize(
    "sources",
    [
        {},
        HOSTILE,
        {"settings": "pagerduty: {users: existing}\n"},
        {"ids": "pagerduty_team.shop: PT1\n"},
        {"more": EVERYTHING},
    ],
    ids=["plain", "hostile", "existing", "ids", "everything"],
)
def test_terraform_has_nothing_to_format(tmp_path, sources):
    for name, text in render(**sources).items():
        (tmp_path / name).write_text(text, encoding="utf-8")
    done = subprocess.run(
        ["terraform", "fmt", "-check", "-diff"], cwd=tmp_path, capture_output=True, text=True, check=False
    )
    assert (done.returncode, done.stdout) == (0, "")
