from __future__ import annotations

import json

import pytest

from generator.kinds.people import Person
from tests.catalogs import make_catalog
from tests.importers.pagerduty.accounts import TEAM, imported, layer, policy, said, schedule, texts, user

USERS = {"users": [user("PANA", "Ana Álvarez"), user("PBOB", "Bob", time_zone="Asia/Tokyo")], "more": False}


def test_an_account_becomes_people_a_team_and_ids():
    found = imported(
        USERS,
        {"schedule": schedule("PSCH1", "Shop - Primary", layer("PANA", "PBOB"))},
        {"escalation_policies": [policy("PPOL1", "Shop Escalation", [("schedule", "PSCH1")], [("user", "PBOB")])]},
        {"team": {"id": "PTEAM1", "type": "team", "name": "Shop"}},
    )
    assert texts(found) == {
        "schedules/people.yaml": """\
ana-alvarez:
  name: Ana Álvarez
  email: pana@example.com
  pagerduty: PANA
bob:
  name: Bob
  email: pbob@example.com
  pagerduty: PBOB
  time_zone: Asia/Tokyo
""",
        "schedules/shop.yaml": """\
name: Shop
schedules:
  primary:
    time_zone: Europe/Madrid
    layers:
      - start: 2026-01-05 09:00
        turn: 1w
        people:
          - ana-alvarez
          - bob
escalation:
  loops: 1
  steps:
    - page: primary
      wait: 15m
    - page: bob
      wait: 15m
""",
        "tocsin.yaml": "pagerduty:\n  users: existing\n",
        "schedules/pagerduty.ids.yaml": """\
pagerduty_team.shop: PTEAM1
pagerduty_schedule.shop_primary: PSCH1
pagerduty_escalation_policy.shop: PPOL1
""",
    }
    assert said(found) == []


def test_the_layer_that_comes_first_wins_and_is_written_last():
    high, low = layer("PANA", name="High"), layer("PBOB", name="Low")
    text = texts(imported(USERS, {"schedule": schedule("PSCH1", "Primary", high, low)}))["schedules/shop.yaml"]
    assert text.index("name: Low") < text.index("name: High")


def test_layers_that_have_ended_are_left_out():
    old = layer("PANA", name="Old", end="2026-11-24T12:00:00Z")
    soon = layer("PANA", name="Soon", end="2026-11-24T12:00:01Z")
    found = imported(USERS, {"schedule": schedule("PSCH1", "Primary", old, soon)})
    assert "name: Old" not in texts(found)["schedules/shop.yaml"]
    assert "end: 2026-11-24 13:00:01\n" in texts(found)["schedules/shop.yaml"]
    assert said(found) == ["note: 1 layer of schedule 'Primary' ended: left out"]


def test_the_anchor_and_times_that_the_clock_shows_twice():
    twice = layer("PANA", start="2026-10-25T01:30:00Z", rotation_virtual_start="2026-10-25T00:30:00Z")
    text = texts(imported(USERS, {"schedule": schedule("PSCH1", "Primary", twice)}))["schedules/shop.yaml"]
    assert "      - start: 2026-10-25 01:30:00Z\n        anchor: 2026-10-25 02:30\n" in text


@pytest.mark.parametrize("escaped", [True, False])
def test_names_of_all_scripts_come_through(escaped):
    name = 'Zoë 🔥 "${x}" \\ {{y}} #\u2028'
    raw = json.dumps({"users": [user("PANA", name)]}, ensure_ascii=escaped).encode()
    text = texts(imported(users_json=raw))["schedules/people.yaml"]
    known = make_catalog({"schedules/people.yaml": text})
    assert [each.name for each in known.all(Person)] == [name]


def test_people_of_one_name_are_told_apart_by_their_e_mails():
    two = [user("PA", "Sam Lee", email="sam@example.com"), user("PB", "Sam Lee", email="s.lee@example.com")]
    lead = user("PC", "Lead")
    text = texts(imported({"users": [*two, lead]}))["schedules/people.yaml"]
    assert [line for line in text.splitlines() if not line.startswith(" ")] == ["pc:", "s-lee:", "sam:"]


def test_people_teams_and_what_is_known_keep_their_ids():
    known = make_catalog(
        {
            "schedules/people.yaml": "al: {name: A, email: PANA@example.com}\nrob: {name: R, pagerduty: PBOB}\n",
            "schedules/store.yaml": "name: Shop\n",
        }
    )
    found = imported(USERS, {"schedule": schedule("PSCH1", "Primary", layer("PANA", "PBOB"))}, known=known)
    assert "schedules/people.yaml" not in found.sources
    assert texts(found)["schedules/store.yaml"].endswith("people:\n          - al\n          - rob\n")


def test_what_has_no_team_goes_to_the_one_that_calls_it():
    lonely = schedule("PSCH1", "Nights", layer("PANA"), teams=[])
    alone = schedule("PSCH2", "Days", layer("PANA"), teams=[])
    calls = policy("PPOL1", "Policy", [("schedule", "PSCH1")])
    found = imported(USERS, {"schedules": [lonely, alone]}, {"escalation_policy": calls})
    out = texts(found)
    assert "nights:" in out["schedules/shop.yaml"]
    assert "days:" in out["schedules/on-call.yaml"]
    assert said(found) == [
        "note: schedule 'Nights' is of no team: it goes to 'Shop', and the first plan shows that",
        "note: schedule 'Days' is of no team: it goes to 'on-call', and the first plan shows that",
    ]


def test_of_several_teams_the_first_counts_and_others_call_it_by_its_full_name():
    other = {"id": "PTEAM2", "type": "team_reference", "summary": "Payments"}
    shared = schedule("PSCH1", "Primary", layer("PANA"), teams=[TEAM, other])
    calls = policy("PPOL1", "Payments", [("schedule", "PSCH1"), ("user", "PBOB")], teams=[other])
    found = imported(USERS, {"schedule": shared}, {"escalation_policy": calls})
    assert "page:\n        - shop/primary\n        - bob\n" in texts(found)["schedules/payments.yaml"]
    assert said(found) == [
        "lost: schedule 'Primary' is of several teams: it is kept with the first one, and not with Payments"
    ]


def test_the_usual_policy_is_the_one_of_most_services():
    policies = [policy("PPOL1", "Nights", [("user", "PANA")]), policy("PPOL2", "Days", [("user", "PBOB")])]
    services = [
        {"id": f"PSRV{n}", "type": "service", "name": f"s{n}", "escalation_policy": {"id": f"PPOL{n}"}} for n in (1, 2)
    ]
    again = {"id": "PSRV3", "type": "service", "name": "s3", "escalation_policy": {"id": "PPOL2"}}
    known = make_catalog({"alerts/s3.yaml": "team: shop\n"})
    found = imported(USERS, {"escalation_policies": policies}, {"services": [*services, again]}, known=known)
    text = texts(found)["schedules/shop.yaml"]
    assert text.index("escalation:\n  name: Days") < text.index("escalations:\n  nights:\n    name: Nights")
    assert "pagerduty_service.s3: PSRV3" in texts(found)["schedules/pagerduty.ids.yaml"]
    assert said(found) == ["note: services that no source here has are left alone: s1, s2"]


def test_whoever_alone_manages_a_team_leads_it():
    members = [{"user": {"id": "PANA"}, "role": "manager"}, {"user": {"id": "PBOB"}, "role": "responder"}]
    calls = policy("PPOL1", "Shop", [("user", "PANA")])
    found = imported(USERS, {"escalation_policy": calls}, **{"members-PTEAM1_json": json.dumps({"members": members})})
    text = texts(found)["schedules/shop.yaml"]
    assert "lead: ana-alvarez\n" in text
    assert "page: lead\n" in text
    assert "pagerduty_team_membership.shop_bob: PBOB:PTEAM1\n" in texts(found)["schedules/pagerduty.ids.yaml"]


def test_people_who_are_only_referred_to_are_there_and_told():
    found = imported({"schedule": schedule("PSCH1", "Primary", layer("PANA"))})
    assert texts(found)["schedules/people.yaml"] == "pana:\n  name: PANA\n  pagerduty: PANA\n"
    assert said(found) == ["lost: 1 of the people have no e-mail in the files: pana"]


@pytest.mark.parametrize(
    ("document", "message"),
    [
        ({"incidents": []}, "refused: there is nothing of PagerDuty's in it"),
        ({"schedule": {"id": "PSCH1", "name": "X", "time_zone": "Mars/Base", "schedule_layers": []}},
         "refused: schedule 'X' was not imported: its time zone 'Mars/Base' is not a time zone such as Europe/Madrid"),
        ({"schedules": [{"id": "PSCH1", "type": "schedule", "name": "X", "time_zone": "Etc/UTC"}]},
         "refused: schedule 'X' was not imported: its layers are not in the file"),
        ({"schedule": schedule("PSCH1", "X", layer("PANA", rotation_turn_length_seconds=60))},
         "refused: layer 'Layer 1' of schedule 'X' was not imported: its turn is none of 1 hour to 365 days"),
        ({"schedule": schedule("PSCH1", "X", layer())},
         "refused: layer 'Layer 1' of schedule 'X' was not imported: nobody in it is known"),
        ({"schedule": schedule("PSCH1", "X", layer("PANA", start="yesterday"))},
         "refused: layer 'Layer 1' of schedule 'X' was not imported: a time in it cannot be read"),
        ({"schedule": schedule("PSCH1", "X", layer("PANA", restrictions=[{"type": "weekly_restriction",
          "start_time_of_day": "09:00:00", "duration_seconds": 60, "start_day_of_week": 0}]))},
         "refused: a restriction was not imported: it has no start, length or day that means something"),
        ({"escalation_policy": policy("PPOL1", "X", [("schedule", "PGONE")])},
         "lost: a step of policy 'X' calls schedule PGONE, which was not imported"),
        ({"members": [{"user": {"id": "PANA"}}]}, "refused: these are members, and nothing says of which team"),
        ({"team": {"id": "PTEAM1: x", "name": "X"}}, "refused: a team has no id of PagerDuty's: it was not imported"),
        ([[[1]]], "refused: there is nothing of PagerDuty's in it"),
        ({"users": [{"name": "X", "type": "user"}]}, "refused: a user has no id of PagerDuty's: it was not imported"),
    ],
)  # fmt: skip
def test_what_cannot_be_kept_is_named(document, message):
    found = imported({"users": [user("PANA", "Ana")]}, document)
    texts(found)
    assert message in said(found)


def test_round_robin_and_seconds_are_named():
    rule = {"escalation_delay_in_minutes": 5, "targets": [{"type": "user_reference", "id": "PANA"}],
            "escalation_rule_assignment_strategy": {"type": "round_robin"}}  # fmt: skip
    odd = {"type": "daily_restriction", "start_time_of_day": "09:00:30", "duration_seconds": 3599}
    found = imported(
        USERS,
        {"escalation_policy": policy("PPOL1", "Policy", escalation_rules=[rule])},
        {"schedule": schedule("PSCH1", "Primary", layer("PANA", restrictions=[odd]))},
    )
    assert "hours: 09:00-10:01\n" in texts(found)["schedules/shop.yaml"]
    assert len([each for each in said(found) if each.startswith("lost: ")]) == 2


def test_telephone_numbers_never_come_along():
    private = [{"type": "phone_contact_method", "address": "5550123"}]
    found = imported({"users": [user("PANA", "Ana", contact_methods=private, job_title="5550123")]})
    assert "5550123" not in json.dumps([texts(found), said(found)])
