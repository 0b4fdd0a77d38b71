"""What Tocsin does not write, but people do beside it: the judge knows that too."""

from __future__ import annotations

import pytest

from tests.pagerduty_fake import FakePagerDuty
from tests.targets.terraform.workspace import Workspace, configuration, needs_provider

pytestmark = [needs_provider, pytest.mark.real_tool]

VERSIONS = 'terraform {\n  required_providers {\n    pagerduty = { source = "PagerDuty/pagerduty" }\n  }\n}\n'
BY_HAND = """\
resource "pagerduty_user" "ana" {
  name  = "Ana"
  email = "ANA@example.com"
}

resource "pagerduty_user_contact_method" "work" {
  user_id = pagerduty_user.ana.id
  type    = "email_contact_method"
  label   = "Work"
  address = "ana@work.example.com"
}

resource "pagerduty_user_handoff_notification_rule" "hour" {
  user_id                   = pagerduty_user.ana.id
  handoff_type              = "oncall"
  notify_advance_in_minutes = 60
  contact_method {
    id   = pagerduty_user_contact_method.work.id
    type = pagerduty_user_contact_method.work.type
  }
}

resource "pagerduty_schedule" "days" {
  name      = "Days"
  time_zone = "Europe/Berlin"
  layer {
    start                        = "2026-01-05T09:00:00+01:00"
    rotation_virtual_start       = "2026-01-05T09:00:00+01:00"
    rotation_turn_length_seconds = 86400
    users                        = [pagerduty_user.ana.id]
  }
}

resource "pagerduty_escalation_policy" "all" {
  name = "All"
  rule {
    escalation_delay_in_minutes = 10
    target {
      id   = pagerduty_schedule.days.id
      type = "schedule_reference"
    }
  }
}

resource "pagerduty_service" "cart" {
  name              = "cart"
  escalation_policy = pagerduty_escalation_policy.all.id
}
"""
LOOKED_UP = """\
data "pagerduty_user" "ana" {
  email = "ana@example.com"
}

data "pagerduty_schedule" "days" {
  name = "Days"
}

data "pagerduty_vendor" "prometheus" {
  name = "Prometheus"
}

output "found" {
  value = [data.pagerduty_user.ana.id, data.pagerduty_schedule.days.id, data.pagerduty_vendor.prometheus.id]
}
"""


@pytest.fixture(scope="module")
def config(tmp_path_factory):
    return configuration(tmp_path_factory.mktemp("terraform"))


@pytest.fixture
def workspace(tmp_path, config):
    with FakePagerDuty() as api:
        yield Workspace(tmp_path / "workspace", config, api)


def test_defaults_offsets_and_a_handoff_rule_leave_an_empty_plan(workspace):
    said = workspace.apply({"main.tf": VERSIONS + BY_HAND})
    assert said == "Resources: 6 added, 0 changed, 0 destroyed."
    (schedule,) = workspace.api.state.schedules.values()
    # The provider sends UTC, or the service would have moved it by an hour.
    assert schedule["_layers"][0]["_virtual"].isoformat() == "2026-01-05T08:00:00+00:00"
    assert workspace.apply({"main.tf": VERSIONS + BY_HAND, "more.tf": LOOKED_UP}).endswith("0 destroyed.")


def test_what_somebody_deleted_in_the_app_is_made_again(workspace):
    workspace.apply({"main.tf": VERSIONS + BY_HAND})
    (service,) = workspace.api.state.services
    assert workspace.api.call("DELETE", f"/services/{service}") == (204, None)
    assert workspace.apply({"main.tf": VERSIONS + BY_HAND}) == "Resources: 1 added, 0 changed, 0 destroyed."


@pytest.mark.parametrize(
    ("right", "wrong", "said"),
    [
        ('"Europe/Berlin"', '"Europe/Oslo"', "not valid input"),
        ("86400", "3599", "rotation_turn_length_seconds"),
        ('name = "All"', 'name = "A & B"', "name"),
        ("escalation_delay_in_minutes = 10", "escalation_delay_in_minutes = 0", "escalation_delay_in_minutes"),
        ("handoff_type ", "handoff_tipe ", "Unsupported argument"),
        ("  contact_method {", "  contact_method = {", "Unsupported argument"),
    ],
)
def test_what_the_provider_refuses_is_not_even_planned(workspace, right, wrong, said):
    assert right in BY_HAND
    workspace.write({"main.tf": VERSIONS + BY_HAND.replace(right, wrong)})
    assert said in workspace.run("validate", status=1)
    assert not workspace.api.calls
