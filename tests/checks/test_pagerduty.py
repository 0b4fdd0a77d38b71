"""What PagerDuty refuses, and where it would do something else than the sources say."""

from __future__ import annotations

import pytest

from generator.checks.pagerduty import names as pagerduty_names
from generator.checks.pagerduty import people as pagerduty_people
from generator.checks.pagerduty import resources as pagerduty
from tests.catalogs import make_catalog
from tests.checks.found import found, place

PEOPLE = "".join(f"{each}: {{name: {each.title()}, email: {each}@example.com}}\n" for each in ("ana", "bob", "eve"))
TEAM = """\
name: Shop
schedules:
  primary:
    layers:
      - {name: A, start: 2026-01-05 09:00, turn: 1w, people: [ana, bob]}
escalation:
  steps:
    - {page: primary, wait: 5m}
"""


def sources(people: str = PEOPLE, team: str = TEAM, **more: str) -> dict[str, str]:
    paths = {"ids": "schedules/pagerduty.ids.yaml", "service": "alerts/cart.yaml", "settings": "tocsin.yaml"}
    named = {paths.get(key, f"schedules/{key}.yaml"): text for key, text in more.items()}
    return {"schedules/people.yaml": people, "schedules/shop.yaml": team, **named}


def messages(family, check: str, files, **context) -> list[str]:
    return [each.message for each in found(family, files, check, **context)]


def test_what_is_well_gives_nothing():
    for family in (pagerduty, pagerduty_names, pagerduty_people):
        assert found(family, sources()) == ()


class TestWhereItMatters:
    NOBODY = sources(people="ana: Ana\nbob: Bob\neve: {email: eve@example.com}\n")

    def test_a_team_with_a_policy_counts_on_pagerduty(self):
        assert len(found(pagerduty, self.NOBODY)) == 2

    def test_nobody_hears_of_it_before_anybody_has_an_email(self):
        files = sources(people="ana: Ana\nbob: Bob\n")
        assert found(pagerduty, files) == ()
        assert len(found(pagerduty, {**files, "tocsin.yaml": "targets: [terraform]\n"})) == 2

    @pytest.mark.parametrize(
        "files",
        [
            {**NOBODY, "tocsin.yaml": "targets: [site, calendars]\n"},
            {**NOBODY, "schedules/shop.yaml": TEAM + "pages: people\n"},
            {**NOBODY, "schedules/shop.yaml": TEAM.partition("escalation")[0]},
        ],
        ids=["another target", "pages people", "no policy"],
    )
    def test_nobody_else_hears_of_it(self, files):
        assert found(pagerduty, files) == ()

    @pytest.mark.parametrize("settings", ["targets: [terraform]\n", "targets: [site]\npagerduty: {users: existing}\n"])
    def test_the_settings_may_name_it(self, settings):
        assert len(found(pagerduty, {**self.NOBODY, "tocsin.yaml": settings})) == 2


class TestNoEmail:
    def test_who_takes_turns(self):
        files = sources(people=PEOPLE.replace(", email: bob@example.com", ""))
        (finding,) = found(pagerduty, files, "pagerduty/no-email")
        assert finding.message == ("bob takes turns in shop/primary and has no e-mail: PagerDuty would leave them out")
        assert place(finding) == "schedules/people.yaml:2:6"

    def test_who_is_called(self):
        files = sources(
            people=PEOPLE.replace(", email: eve@example.com", ""), team=TEAM.replace("page: primary", "page: eve")
        )
        assert messages(pagerduty, "pagerduty/no-email", files) == [
            "eve is called by shop and has no e-mail: PagerDuty would leave them out"
        ]

    @pytest.mark.parametrize("layer", ["shadow: true", "end: 2026-02-02"])
    def test_not_who_only_learns_or_whose_layer_has_ended(self, layer):
        more = TEAM.replace(
            "escalation:", f"      - {{start: 2026-01-05, turn: 1w, {layer}, people: [eve]}}\nescalation:"
        )
        files = sources(people=PEOPLE.replace(", email: eve@example.com", ""), team=more)
        assert messages(pagerduty, "pagerduty/no-email", files) == []


class TestSteps:
    ZONES = ("Europe/Madrid", "America/Chicago", "Asia/Tokyo", "Australia/Sydney")

    def team(self, zones: int, people: int) -> str:
        layers = "".join(
            f"      - {{time_zone: {zone}, start: 2026-01-05, end: 2027-06-01, turn: 1w, people: [ana]}}\n"
            for zone in self.ZONES[:zones]
        )
        named = ", ".join(f"p{number}" for number in range(people))
        steps = f"escalation:\n  steps: [{{page: [primary, {named}], wait: 5m}}]\n"
        return f"schedules:\n  primary:\n    layers:\n{layers}{steps}"

    @property
    def people(self) -> str:
        return PEOPLE + "".join(f"p{number}: {{email: p{number}@example.com}}\n" for number in range(9))

    def test_a_schedule_of_several_zones_counts_for_each(self):
        assert messages(pagerduty, "pagerduty/targets", sources(self.people, self.team(1, 9))) == []
        assert messages(pagerduty, "pagerduty/targets", sources(self.people, self.team(3, 9))) == [
            "step 1 of shop Escalation has 12 targets in PagerDuty, which takes 10"
        ]

    def test_more_than_five_is_a_note(self):
        assert messages(pagerduty, "pagerduty/many-targets", sources(self.people, self.team(1, 4))) == []
        (finding,) = found(pagerduty, sources(self.people, self.team(2, 4)), "pagerduty/many-targets")
        assert (finding.level, finding.message) == (
            "note",
            "step 1 of shop Escalation has 6 targets; some accounts take 5",
        )

    @pytest.mark.parametrize(
        ("page", "written", "waited"),
        [("primary", "30s", "1m"), ("primary", "90s", "2m"), ("[primary, eve]", "1m", "3m"), ("primary", "1m", "")],
    )
    def test_waits_that_it_cannot_wait(self, page, written, waited):
        files = sources(team=TEAM.replace("page: primary, wait: 5m", f"page: {page}, wait: {written}"))
        expected = [f"step 1 of Shop Escalation waits {written.replace('90s', '1m30s')}; PagerDuty waits {waited}"]
        assert messages(pagerduty, "pagerduty/wait", files) == (expected if waited else [])


class TestZones:
    def test_layers_that_meet_call_both(self):
        team = TEAM.replace(
            "escalation:",
            "      - {time_zone: America/Chicago, start: 2026-01-05, end: 2027-06-01, turn: 1w, people: [eve]}\n"
            "escalation:",
        )
        (finding,) = found(pagerduty, sources(team=team), "pagerduty/zones-overlap")
        assert finding.message.startswith(
            "layers of shop/primary in Etc/UTC and America/Chicago are on duty together ("
        )
        assert "first at 2026-11-24T12:00:00Z): PagerDuty calls both" in finding.message

    def test_layers_that_never_meet_are_well(self):
        team = TEAM.replace("turn: 1w,", "turn: 1w, hours: 00:00-12:00,").replace(
            "escalation:",
            "      - {time_zone: Asia/Tokyo, start: 2026-01-05, turn: 1w, hours: 21:00-09:00, people: [eve]}\n"
            "escalation:",
        )
        assert messages(pagerduty, "pagerduty/zones-overlap", sources(team=team)) == []

    def test_zones_of_the_same_rules_are_one_schedule(self):
        team = TEAM.replace("layers:", "time_zone: Europe/Madrid\n    layers:").replace(
            "escalation:", "      - {time_zone: Europe/Berlin, start: 2026-01-05, turn: 1w, people: [eve]}\nescalation:"
        )
        assert messages(pagerduty, "pagerduty/zones-overlap", sources(team=team)) == []


def test_support_hours_over_midnight():
    files = sources(
        service="team: shop\nsupport_hours: {days: mon, hours: 22:00-06:00}\n",
        settings="pagerduty: {outside_support_hours: low}\n",
    )
    assert messages(pagerduty, "pagerduty/support-hours", files) == [
        "support hours of cart go over midnight: PagerDuty cannot have them"
    ]
    assert messages(pagerduty, "pagerduty/support-hours", {**files, "tocsin.yaml": "name: x\n"}) == []


class TestNames:
    def test_schedules_that_would_share_an_address(self):
        other = TEAM.replace("primary", "b").replace("name: Shop", "name: Other")
        files = sources(team=TEAM.replace("primary", "a-b"), **{"shop-a": other})
        (finding,) = found(pagerduty_names, files, "pagerduty/clash")
        assert finding.message == ("shop-a/b and shop/a-b would both be pagerduty_schedule.shop_a_b in Terraform")
        assert finding.hint == "give one of them another id"

    def test_memberships_that_would_share_one(self):
        people = PEOPLE + "b-ana: {name: B, email: b@example.com}\n"
        team = TEAM.replace("ana, bob", "b-ana, bob")
        files = sources(people, team, **{"shop-b": TEAM.replace("name: Shop", "name: Other")})
        assert messages(pagerduty_names, "pagerduty/clash", files) == [
            "ana in shop-b and b-ana in shop would both be pagerduty_team_membership.shop_b_ana in Terraform"
        ]

    def test_names_that_become_one(self):
        more = TEAM + "escalations:\n  other: {name: shop  escalation, steps: [{page: eve, wait: 5m}]}\n"
        (finding,) = found(pagerduty_names, sources(team=more), "pagerduty/same-name")
        assert finding.message == "policy shop is called 'shop escalation' too, and PagerDuty takes a name once"

    @pytest.mark.parametrize(
        ("written", "shown"), [("R&D / EU", "RandD - EU"), ('"a\\nb"', "a b"), ("'<'", "("), ('"\\u200b"', "unnamed")]
    )
    def test_names_that_it_refuses(self, written, shown):
        files = sources(team=TEAM.replace("  steps:", f"  name: {written}\n  steps:"))
        (finding,) = found(pagerduty_names, files, "pagerduty/name")
        assert finding.message == f"PagerDuty does not take the name of shop: it will be called '{shown}'"
        assert place(finding).startswith("schedules/shop.yaml:7:")

    def test_ids_of_nothing(self):
        files = sources(
            ids="pagerduty_schedule.shop_primry: PA\npagerduty_team.shop: PB\npagerduty_team.gone-by: PC\n".replace(
                "-", "_"
            )
        )
        hints = {each.subject: each.hint for each in found(pagerduty_names, files, "pagerduty/id-unknown")}
        assert hints == {
            "pagerduty_schedule.shop_primry": "did you mean 'pagerduty_schedule.shop_primary'?",
            "pagerduty_team.gone_by": "take the line out once it has been applied",
        }


class TestReachingPeople:
    def with_ana(self, more: str) -> str:
        return PEOPLE.replace("name: Ana,", f"name: Ana, {more},")

    def test_a_rule_whose_method_is_not_known(self):
        people = self.with_ana("notify: [{by: sms}, {by: push}, {by: email}, {by: email, after: 5m}]")
        files = sources(people)
        assert messages(pagerduty_people, "pagerduty/unreachable", files) == [
            "ana is not notified by push: the id of that method is not known",
            "ana is not notified by email: the id of that method is not known",
        ]
        ids = "pagerduty_user_contact_method.ana_push: PU:PM\npagerduty_user_contact_method.ana_email: PU:PE\n"
        assert messages(pagerduty_people, "pagerduty/unreachable", {**files, "schedules/pagerduty.ids.yaml": ids}) == []
        assert messages(pagerduty_names, "pagerduty/id-unknown", {**files, "schedules/pagerduty.ids.yaml": ids}) == []

    def test_who_has_no_user_cannot_be_reached(self):
        people = PEOPLE + "zoe: {name: Zoe, contact: [sms]}\n"
        (finding,) = found(pagerduty_people, sources(people), "pagerduty/unreachable")
        assert finding.message == "contact of zoe does nothing: PagerDuty knows people by their e-mail"
        assert place(finding) == "schedules/people.yaml:4:18"

    def test_rules_that_are_the_same(self):
        people = self.with_ana("notify: [{by: sms, after: 1m}, {by: sms, after: 30s}, {by: phone, after: 1m}]")
        assert messages(pagerduty_people, "pagerduty/notify-twice", sources(people)) == [
            "ana is notified by sms after 1 minutes already"
        ]


class TestLayers:
    NEW = "      - {name: New, start: 2026-01-05, turn: 1w, hours: 09:00-17:00, people: [eve]}\n"
    FIRST = TEAM.replace("    layers:\n", f"    layers:\n{NEW}")
    LAST = TEAM.replace("escalation:", f"{NEW}escalation:")

    @pytest.mark.parametrize(("team", "said"), [(FIRST, 1), (LAST, 0), (TEAM, 0)])
    def test_one_that_is_put_in_front(self, team, said):
        base = make_catalog(sources())
        found_here = found(pagerduty_people, sources(team=team), "pagerduty/layer-moved", load_base=lambda: base)
        assert len(found_here) == said
        for each in found_here:
            assert place(each) == "schedules/shop.yaml:5:9"
