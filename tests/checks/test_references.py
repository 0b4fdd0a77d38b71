"""Links that lead nowhere are found where they are written, with the nearest name; one folder alone is no fault."""

from __future__ import annotations

import pytest

from generator.checks import references
from generator.findings import Level
from tests.checks.found import PEOPLE, TEAM, found, place

PLATFORM = {"schedules/people.yaml": PEOPLE, "schedules/platform.yaml": TEAM}
SHOP = "alerts:\n  - alert: ShopDown\n    expr: up == 0\n"
SLO = "slos:\n  - {name: checkout, objective: 99, sli: {errors: e_total, total: t_total}}\n"
POSTMORTEM = "postmortems/2026-10-14-checkout.md"
INCIDENT = "status/incidents/2026-10-14-checkout.yaml"
UPDATE = """\
title: Errors
updates:
  - {at: 2026-10-14 13:12, status: resolved, message: Over, components: {%s: operational}}
"""

LINKS = [
    pytest.param(
        "team/missing",
        {**PLATFORM, "alerts/shop.yaml": "description: Shop\nteam: platfrom\n"},
        "platfrom",
        "platform",
        "alerts/shop.yaml:2:7",
        id="service to team",
    ),
    pytest.param(
        "team/missing",
        {**PLATFORM, "schedules/platfrom.overrides.yaml": "- {who: bob, from: 2026-12-24, until: 2026-12-25}\n"},
        "platfrom",
        "platform",
        "schedules/platfrom.overrides.yaml:1:3",
        id="overrides to team",
    ),
    pytest.param(
        "person/missing",
        {**PLATFORM, "schedules/platform.yaml": TEAM.replace("bob]", "bobb]")},
        "bobb",
        "bob",
        "schedules/platform.yaml:4:61",
        id="layer to person",
    ),
    pytest.param(
        "person/missing",
        {**PLATFORM, "schedules/platform.leave.yaml": "- {who: alcie, from: 2026-12-24, until: 2026-12-25}\n"},
        "alcie",
        "alice",
        "schedules/platform.leave.yaml:1:9",
        id="leave to person",
    ),
    pytest.param(
        "schedule/missing",
        {**PLATFORM, "schedules/web.yaml": "escalation:\n  steps:\n    - {page: [alice, platform/primry], wait: 5m}\n"},
        "platform/primry",
        "platform/primary",
        "schedules/web.yaml:3:22",
        id="step to another team's schedule",
    ),
    pytest.param(
        "escalation/missing",
        {
            "schedules/people.yaml": PEOPLE,
            "schedules/platform.yaml": TEAM + "escalations:\n  nights: {steps: [{page: bob, wait: 5m}]}\n",
            "alerts/shop.yaml": "team: platform\nescalation: nigths\n",
        },
        "platform/nigths",
        "platform/nights",
        "alerts/shop.yaml:2:13",
        id="service to escalation policy",
    ),
    pytest.param(
        "runbook/missing",
        {"runbooks/shop-down.md": "# Down\n", "alerts/shop.yaml": SHOP + "    runbook: shop-dwn\n"},
        "shop-dwn",
        "shop-down",
        "alerts/shop.yaml:4:14",
        id="alert to runbook",
    ),
    pytest.param(
        "runbook/missing",
        {"runbooks/a.md": "---\nreplaced_by: shop-dwn\n---\n", "runbooks/shop-down.md": "# Down\n"},
        "shop-dwn",
        "shop-down",
        "runbooks/a.md:2:14",
        id="runbook to runbook",
    ),
    pytest.param(
        "service/missing",
        {"alerts/shop.yaml": "depends_on:\n  - carts\n", "alerts/cart.yaml": "description: Cart\n"},
        "carts",
        "cart",
        "alerts/shop.yaml:2:5",
        id="service to service",
    ),
    pytest.param(
        "slo/missing",
        {"alerts/shop.yaml": SLO, POSTMORTEM: "---\nstatus: draft\nslos: [shop/chekout]\n---\n"},
        "shop/chekout",
        "shop/checkout",
        f"{POSTMORTEM}:3:8",
        id="postmortem to SLO",
    ),
    pytest.param(
        "alert/missing",
        {"alerts/shop.yaml": SHOP, POSTMORTEM: "---\nstatus: draft\nalerts: [ShopDwn]\n---\n"},
        "ShopDwn",
        "ShopDown",
        f"{POSTMORTEM}:3:10",
        id="postmortem to alert",
    ),
    pytest.param(
        "component/missing",
        {"status/components.yaml": "website: Website\n", INCIDENT: UPDATE % "webiste"},
        "webiste",
        "website",
        f"{INCIDENT}:3:74",
        id="incident to component",
    ),
]


@pytest.mark.parametrize(("check", "files", "written", "meant", "where"), LINKS)
def test_a_link_that_leads_nowhere(check: str, files: dict[str, str], written: str, meant: str, where: str):
    (finding,) = found(references, files)
    assert (finding.check, finding.level, place(finding)) == (check, Level.ERROR, where)
    assert f"'{written}', which does not exist" in finding.message
    assert finding.hint == f"did you mean '{meant}'?"
    assert finding.subject.partition("/")[0] in where


@pytest.mark.parametrize(("check", "files", "written", "meant", "where"), LINKS)
def test_the_same_link_mended(check: str, files: dict[str, str], written: str, meant: str, where: str):
    short, right = written.rpartition("/")[2], meant.rpartition("/")[2]
    mended = {path.replace(short, right): text.replace(short, right) for path, text in files.items()}
    assert found(references, mended) == ()


def test_without_a_near_name_the_hint_says_what_to_do():
    (finding,) = found(references, {**PLATFORM, "alerts/shop.yaml": "team: xyzzy\n"})
    assert finding.hint == "write it with `tocsin new schedule`, or mend the name"


def test_every_place_that_names_it_is_a_finding():
    team = TEAM.replace("[alice, bob]", "[carol, alice, carol]")
    findings = found(references, {**PLATFORM, "schedules/platform.yaml": team})
    assert [place(each) for each in findings] == ["schedules/platform.yaml:4:54", "schedules/platform.yaml:4:68"]


def test_an_address_elsewhere_is_no_link_of_ours():
    runbook = "    annotations: {runbook_url: 'https://wiki.example.com/shop'}\n"
    assert found(references, {"runbooks/a.md": "# A\n", "alerts/shop.yaml": SHOP + runbook}) == ()


def test_links_into_a_folder_that_is_not_kept_are_one_note():
    files = {"alerts/shop.yaml": "team: platform\n", "alerts/cart.yaml": "description: Cart\nteam: payments\n"}
    (note,) = found(references, files)
    assert (note.check, note.level, place(note)) == ("reference/elsewhere", Level.NOTE, "alerts/cart.yaml:2:7")
    assert note.message == "there is no folder schedules/: 2 links lead there and cannot be checked"


def test_one_link_into_a_folder_that_is_not_kept():
    (note,) = found(references, {"alerts/shop.yaml": "team: platform\n"})
    assert note.message == "there is no folder schedules/: 1 link leads there and cannot be checked"
