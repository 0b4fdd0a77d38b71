"""From a tree to a catalog: what is broken is a finding, and the rest is there, typed and indexed."""

from __future__ import annotations

import pytest

from generator.catalog import Catalog, load
from generator.errors import SettingsError
from generator.git import Memory
from generator.kinds.rules import Alert, Group
from generator.kinds.runbook import Runbook
from generator.kinds.service import Service
from generator.kinds.severity_map import Severity
from generator.kinds.slo import Slo
from generator.kinds.team import Schedule, Team
from generator.settings import LANGUAGES, NAME, TIME_ZONE
from tests.catalogs import make_catalog

ALERT = "alerts:\n  - {alert: ShopDown, expr: up == 0}\n"
BROKEN = "alerts: [\n"


def ids(catalog: Catalog) -> list[str]:
    return [each.check for each in catalog.findings]


def test_an_empty_tree_is_an_empty_catalog():
    catalog = make_catalog({})
    assert (catalog.findings, dict(catalog.documents), dict(catalog.entities)) == ((), {}, {})
    assert catalog.settings.get(NAME) == "Tocsin"


def test_what_lies_elsewhere_is_no_source():
    catalog = make_catalog(
        {"docs/alerts/x.yaml": BROKEN, "alerts/notes.txt": "x", "mkdocs.yml": BROKEN, "README.md": ""}
    )
    assert (catalog.findings, dict(catalog.documents)) == ((), {})


def test_templates_and_read_me_files_are_no_sources():
    files = {"runbooks/templates/runbook.md": "---\nx", "runbooks/README.md": "---\nx", "alerts/README.yaml": BROKEN}
    assert make_catalog(files).findings == ()


def test_entities_come_in_the_order_of_paths():
    files = {"runbooks/b.md": "# B\n", "runbooks/a/z.md": "# Z\n", "runbooks/a.md": "# A\n"}
    assert [each.id for each in make_catalog(files).all(Runbook)] == ["a", "z", "b"]


def test_get_and_document():
    catalog = make_catalog({"runbooks/deep/er/a.md": "---\ntitle: A\n---\n# One\n"})
    runbook = catalog.get(Runbook, "a")
    assert runbook is not None
    assert catalog.document(runbook).body == "# One\n"
    assert catalog.document(runbook.ref) is catalog.document("runbooks/deep/er/a.md")
    assert catalog.get(Runbook, "b") is None
    assert catalog.get(Runbook, None) is None


@pytest.mark.parametrize(
    ("text", "check"),
    [
        (BROKEN, "source/syntax"),
        ("objective: 1\n", "schema/unknown-key"),
        ("alerts: 1\n", "schema/type"),
        ("", "source/empty"),
        (
            "slos:\n  - {name: a, objective: 99, period: 99y, sli: {errors: e, total: t}, for: 999999y}\n",
            "schema/value",
        ),
    ],
)
def test_a_broken_source_says_nothing_and_the_next_one_everything(text: str, check: str):
    catalog = make_catalog({"alerts/a.yaml": text, "alerts/shop.yaml": ALERT})
    assert set(ids(catalog)) == {check}
    assert [service.id for service in catalog.all(Service)] == ["shop"]
    assert catalog.unread == {"alerts/a.yaml"}
    assert catalog.broken == {"service": {"a"}}


def test_a_source_with_a_small_fault_still_speaks():
    catalog = make_catalog({"alerts/shop.yaml": "team: a\nteam: b\n"})
    assert ids(catalog) == ["source/duplicate-key"]
    (service,) = catalog.all(Service)
    assert service.team == "a"
    assert not catalog.unread


@pytest.mark.parametrize(
    "path", ["schedules/platform.overrides.yaml", "schedules/platform.leave.yaml", "schedules/pagerduty.ids.yaml"]
)
def test_lists_that_are_empty_most_of_the_year_may_be(path: str):
    assert make_catalog({path: "# nobody is away\n"}).findings == ()


def test_a_refused_source_is_found_and_counts_as_broken():
    catalog = load(Memory({}, refused=[("alerts/shop.yaml", "is a symlink"), ("docs/x.yaml", "is a symlink")]))
    (finding,) = catalog.findings
    assert (finding.check, finding.where.path) == ("source/refused", "alerts/shop.yaml")
    assert finding.message == "alerts/shop.yaml is a symlink"
    assert catalog.broken == {"service": {"shop"}}


def test_a_refused_folder_may_have_held_anything_of_its_kinds():
    catalog = load(Memory({}, refused=[("schedules/eu", "is a symlink")]))
    assert ids(catalog) == ["source/refused"]
    assert catalog.may_define("team", "platform")
    assert catalog.may_define("people", "people")
    assert not catalog.may_define("service", "shop")


@pytest.mark.parametrize("path", ["alerts/.#shop.yaml", "runbooks/templates", "runbooks/README.md", "build", "docs"])
def test_what_cannot_hold_sources_may_be_a_link(path: str):
    assert load(Memory({}, refused=[(path, "is a symlink")])).findings == ()


def test_two_files_of_one_id_are_one_finding_and_the_first_counts():
    catalog = make_catalog({"alerts/a/shop.yaml": "description: A\n" + ALERT, "alerts/b/shop.yaml": ALERT})
    (finding,) = catalog.findings
    assert finding.check == "source/duplicate-id"
    assert finding.message == "service 'shop' is defined in alerts/a/shop.yaml already"
    assert finding.where.path == "alerts/b/shop.yaml"
    assert [service.description for service in catalog.all(Service)] == ["A"]
    assert len(catalog.all(Alert)) == 1


def test_two_files_of_people_may_not_share_one():
    catalog = make_catalog(
        {"schedules/people/a.yaml": "ann: Ann\n", "schedules/people/b.yaml": "bob: Bob\nann: Anna\n"}
    )
    (finding,) = catalog.findings
    assert finding.message == "person 'ann' is defined in schedules/people/a.yaml already"
    assert (finding.where.pointer, finding.where.part) == (("ann",), "key")


def test_two_slos_of_one_name_in_one_file_are_a_finding_at_the_second_s_name():
    slo = "  - {name: a, objective: 99, sli: {errors: e, total: t}}\n"
    (finding,) = make_catalog({"alerts/shop.yaml": f"slos:\n{slo}{slo}"}).findings
    assert (finding.check, finding.where.pointer) == ("source/duplicate-id", ("slos", 1, "name"))
    assert finding.message == "slo 'shop/a' is defined in this file already"


def test_rules_may_share_a_name():
    rules = "[{record: r, expr: a, labels: {l: x}}, {record: r, expr: b}, {alert: A, expr: c}, {alert: A, expr: d}]"
    text = f"groups: [{{name: g, rules: {rules}}}]\n"
    catalog = make_catalog({"alerts/shop.yaml": text, "alerts/cart.yaml": text})
    assert catalog.findings == ()
    assert len(catalog.all(Alert)) == 4
    assert [group.id for group in catalog.all(Group)] == ["cart/g", "shop/g"]


@pytest.mark.parametrize("name", ["Shop", "shop_web", "shop--web", "-shop", "shop.web", "shöp"])
def test_a_name_that_is_no_id_is_found(name: str):
    catalog = make_catalog({f"alerts/{name}.yaml": ALERT})
    assert ids(catalog) == ["source/name"]
    assert catalog.all(Service) == ()


@pytest.mark.parametrize(
    "name", ["checkout", "2026-10-checkout", "2026-02-30-a", "20261014-a", "2026-10-14", "2026-10-14-"]
)
def test_incidents_start_with_a_day_that_exists(name: str):
    assert ids(make_catalog({f"postmortems/{name}.md": "---\nstatus: draft\n---\n"})) == ["source/name"]


def test_severities_are_built_in():
    catalog = make_catalog({})
    assert catalog.all(Severity) == ()
    assert [(each.id, each.urgency) for each in catalog.severities] == [
        ("SEV-1", "page"),
        ("SEV-2", "page"),
        ("SEV-3", "ticket"),
    ]
    assert [str(condition.burn_rate) for each in catalog.severities for condition in each.conditions] == [
        "14.4",
        "14.4",
        "6",
        "3",
        "1",
    ]


def test_a_written_map_takes_the_place_of_the_built_in_one_highest_first():
    text = "severity_mapping:\n  SEV-4: {urgency: ticket}\n  SEV-2: {urgency: page}\n"
    assert [each.id for each in make_catalog({"alerts/severity-map.yaml": text}).severities] == ["SEV-2", "SEV-4"]


@pytest.mark.parametrize("text", ["name: [\n", "- a\n", "name\n", "\0"])
def test_settings_that_cannot_be_read_end_the_command(text: str):
    with pytest.raises(SettingsError, match=r"^tocsin\.yaml.*settings cannot be read"):
        make_catalog({"tocsin.yaml": text})


def test_settings_that_are_refused_end_the_command():
    with pytest.raises(SettingsError, match=r"^tocsin\.yaml is a symlink: settings cannot be read"):
        load(Memory({}, refused=[("tocsin.yaml", "is a symlink")]))


@pytest.mark.parametrize("text", ["", "# nothing yet\n"])
def test_empty_settings_are_the_defaults(text: str):
    catalog = make_catalog({"tocsin.yaml": text})
    assert catalog.findings == ()
    assert catalog.settings.get(LANGUAGES) == ("en",)


def test_a_setting_that_means_nothing_counts_as_absent_and_the_others_hold():
    catalog = make_catalog({"tocsin.yaml": "name: 7\nlanguages: [es]\ntime_zone: Mars/Olympus\n"})
    assert ids(catalog) == ["schema/type", "schema/value"]
    assert catalog.settings.get(NAME) == "Tocsin"
    assert catalog.settings.get(LANGUAGES) == ("es",)
    assert catalog.settings.get(TIME_ZONE) == "Etc/UTC"


def test_the_zone_of_the_settings_is_the_zone_of_schedules_that_name_none():
    layer = "schedules: {a: {layers: [{start: 2026-01-01 09:00, turn: 1w, people: [ann]}]}}\n"
    catalog = make_catalog({"tocsin.yaml": "time_zone: Europe/Madrid\n", "schedules/web.yaml": layer})
    (schedule,) = catalog.all(Schedule)
    assert (schedule.zone_name, schedule.layers[0].start.isoformat()) == ("Europe/Madrid", "2026-01-01T08:00:00+00:00")
    assert [team.id for team in catalog.all(Team)] == ["web"]


def test_slos_are_found_by_service_and_name():
    catalog = make_catalog({"alerts/shop.yaml": "slos:\n  - {name: a, objective: 99, sli: {errors: e, total: t}}\n"})
    slo = catalog.get(Slo, "shop/a")
    assert slo is not None
    assert slo.ref.pointer == ("slos", 0)
