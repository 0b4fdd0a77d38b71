from __future__ import annotations

import pytest

from tests.importers.pagerduty.accounts import imported, layer, said, schedule, texts, user

BASE = """\
# Who is on call.
locals {
  week  = 7 * 24 * 3600
  names = { ana = "ana@example.com", bob = "bob@example.com" }
}
variable "zone" { default = "Europe/Madrid" }
resource "pagerduty_user" "all" {
  for_each = local.names
  name     = title(each.key)
  email    = each.value
}
resource "pagerduty_team" "shop" {
  name        = "Shop"
  description = "Kept by tocsin in schedules/shop.yaml"
}
resource "pagerduty_schedule" "shop_primary" {
  name        = "Shop - Primary"
  description = "They ${"sell"}"
  time_zone = var.zone
  teams     = [pagerduty_team.shop.id]
  layer {
    name                         = "Nights" # the long ones
    start                        = "2026-01-05T08:00:00Z"
    rotation_virtual_start       = "2026-01-05T08:00:00Z"
    rotation_turn_length_seconds = local.week
    users                        = [pagerduty_user.all["ana"].id, "${pagerduty_user.all["bob"].id}"]
  }
}
resource "pagerduty_escalation_policy" "shop" {
  name      = "Shop Escalation"
  num_loops = "2"
  teams     = [pagerduty_team.shop.id]
  rule {
    escalation_delay_in_minutes = 10
    target {
      type = "schedule_reference"
      id   = pagerduty_schedule.shop_primary.id
    }
  }
}
import {
  to = pagerduty_schedule.shop_primary
  id = "PSCH1"
}
"""


def test_a_configuration_with_locals_variables_and_copies():
    found = imported(main_tf=BASE)
    out = texts(found)
    assert out["schedules/shop.yaml"] == """\
name: Shop
schedules:
  primary:
    description: They sell
    time_zone: Europe/Madrid
    layers:
      - name: Nights
        start: 2026-01-05 09:00
        turn: 1w
        people:
          - all-ana
          - all-bob
escalation:
  description: Managed by Terraform
  loops: 2
  steps:
    - page: primary
      wait: 10m
"""  # fmt: skip
    assert out["schedules/pagerduty.ids.yaml"] == "pagerduty_schedule.shop_primary: PSCH1\n"
    assert said(found) == [
        f'lost: name of pagerduty_user.all["{name}"] is not kept: nobody knows from the files what title(each.key) is'
        for name in ("ana", "bob")
    ]


def test_answers_of_the_api_beside_it_tell_ids_and_people():
    found = imported(
        {"users": [user("PANA", "Ana", email="ana@example.com"), user("PBOB", "Bob", email="bob@example.com")]},
        {"schedules": [schedule("PSCH9", "Shop - Primary", layer("PANA"))]},
        main_tf=BASE.replace("title(each.key)", "each.key").partition("import {")[0],
    )
    out = texts(found)
    assert "pagerduty_schedule.shop_primary: PSCH9\n" in out["schedules/pagerduty.ids.yaml"]
    assert "  name: Ana\n" in out["schedules/people.yaml"]
    assert said(found) == []


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ('module "x" { source = "./x" }', "lost: module x is not read"),
        ('resource "pagerduty_schedule" "x" { for_each = var.all }',
         "lost: pagerduty_schedule.x is made for each of something that the files do not say: it was not imported"),
        ('resource "pagerduty_addon" "x" {}', "lost: pagerduty_addon.x is not kept: there is no source for it here"),
        ('resource "x" {', "refused: this is no Terraform: something else is expected here"),
        ('x = "\\', "refused: this is no Terraform: something else is expected here"),
        ("a = " + "[" * 3000, "refused: this is no Terraform: something else is expected here"),
    ],
)  # fmt: skip
def test_what_cannot_be_kept_is_named(text, message):
    assert message in said(imported(main_tf=text))


@pytest.mark.parametrize("raw", [b"\xff\xfe", b"\x00", b"", b"a\n" * 10, b"x {" * 5000, b'a "b" { c = ' + b"(" * 900])
def test_no_file_is_too_strange(raw):
    imported(main_tf=raw)


def test_text_of_other_resources_means_nothing():
    found = imported(main_tf='resource "aws_instance" "x" { name = "y" }\nprovider "aws" {}\n')
    assert (found.sources, said(found)) == ({}, [])
