from __future__ import annotations

import pytest

from generator.cli import main
from generator.kinds.slo import Slo
from tests.catalogs import make_catalog
from tests.importers.specs import imported

PLAIN = """\
    # Written by the shop's team.
    version: "prometheus/v1"
    service: "My_Shop"
    labels: {owner: shop, tier: 1.10}
    slos:
      # one in a thousand may fail
      - name: "requests_availability"
        objective: 99.90
        description: Answers without errors.
        sli:
          events:
            error_query: sum(rate(http_requests_total{code=~"5.."}[{{.window}}]))
            total_query: |
              sum(rate(http_requests_total[{{.window}}]))
        alerting:
          name: ShopErrors
          labels: {category: availability}
          annotations: {runbook: "https://wiki.example.com/shop", summary: "It is down"}
          page_alert: {labels: {severity: critical, channel: pager, squad: a}}
          ticket_alert: {labels: {severity: warning, channel: slack, squad: a}}
    """
OBJECT = """\
    apiVersion: v1
    kind: List
    items:
      - apiVersion: sloth.slok.dev/v1
        kind: PrometheusServiceLevel
        metadata: {name: shop, namespace: monitoring, labels: {prometheus: main}}
        spec:
          service: shop
          sloPlugins: {chain: [{id: a/b}]}
          slos:
            - name: latency
              objective: 95
              sli: {raw: {errorRatioQuery: "1 - avg_over_time(ok[{{ .window }}])"}}
              alerting: {name: ShopSlow, ticketAlert: {disable: true}}
    """


def slo(**other):
    """A specification with one SLO, of which some keys differ."""
    keys = {
        "name": "a",
        "objective": "99",
        "sli": "{raw: {error_ratio_query: 'r[{{.window}}]'}}",
        "alerting": "{name: A}",
    } | other
    return "version: prometheus/v1\nservice: s\nslos:\n  - " + "\n    ".join(f"{k}: {v}" for k, v in keys.items())


def test_the_plain_form_is_kept_with_its_comments():
    found = imported("sloth", PLAIN)
    assert found.texts["alerts/my-shop.yaml"] == (
        "# Written by the shop's team.\n"
        "labels:\n"
        "  owner: shop\n"
        '  tier: "1.10"\n'
        "slos:\n"
        "  # one in a thousand may fail\n"
        "  - name: requests-availability\n"
        "    objective: 99.9\n"
        "    description: Answers without errors.\n"
        "    alert: ShopErrors\n"
        "    sli:\n"
        '      error_query: sum(rate(http_requests_total{code=~"5.."}[{{.window}}]))\n'
        "      total_query: sum(rate(http_requests_total[{{.window}}]))\n"
        "    labels:\n"
        "      category: availability\n"
        "      squad: a\n"
        "    annotations:\n"
        "      runbook_url: https://wiki.example.com/shop\n"
        "      summary: It is down\n"
        "    # not kept, from 0.yaml:19:\n"
        "    # channel: pager\n"
        "    # not kept, from 0.yaml:20:\n"
        "    # channel: slack\n"
    )
    assert found.notes == [
        "19 warning: channel: pager is left out: only pages have it, and all alerts of an SLO say the same here",
        "20 warning: channel: slack is left out: only tickets have it, and all alerts of an SLO say the same here",
        "18 note: annotation runbook is called runbook_url here",
        "7 note: service 'My_Shop' is called 'my-shop' here: ids are lower case, with hyphens",
        "7 note: SLO 'requests_availability' is called 'requests-availability' here: names are lower case, with hyphens",  # noqa: E501
    ]


def test_the_kubernetes_form_in_a_list():
    found = imported("sloth", OBJECT)
    assert found.data["alerts/shop.yaml"]["slos"] == [
        {
            "name": "latency",
            "objective": 95,
            "alert": "ShopSlow",
            "sli": {"error_ratio_query": "1 - avg_over_time(ok[{{ .window }}])"},
            "severities": {"SEV-3": "off"},
        }
    ]
    assert found.notes == [
        "6 note: namespace, labels of the Kubernetes object left out: only the cluster needs that",
        "9 warning: sloPlugins left out: plugins change the rules that Sloth makes",
        "14 note: SEV-3 off: what the severity map has of that urgency",
    ]
    assert "# not kept, from 0.yaml:9:\n" in found.texts["alerts/shop.yaml"]


@pytest.mark.parametrize(
    ("alerting", "off"),
    [
        ("{page_alert: {disable: true}}", {"SEV-1", "SEV-2"}),
        ("{ticket_alert: {disable: true}}", {"SEV-3"}),
        ("{page_alert: {disable: true}, ticket_alert: {disable: true}}", {"SEV-1", "SEV-2", "SEV-3"}),
        ("{page_alert: {disable: false}}", set()),
    ],
)
def test_what_is_disabled_is_off(alerting, off):
    found = imported("sloth", slo(alerting=alerting))
    assert found.slo("alerts/s.yaml").get("severities", {}) == dict.fromkeys(off, "off")


def test_a_label_that_is_a_template_is_told():
    found = imported(
        "sloth", slo(alerting="{name: A, labels: {a: '{{ $labels.b }}'}, annotations: {c: '{{ $value }}'}}")
    )
    assert found.slo("alerts/s.yaml").get("labels") is None
    assert found.slo("alerts/s.yaml")["annotations"] == {"c": "{{ $value }}"}
    assert "its value is a template" in "".join(found.notes)


def test_labels_of_the_only_alert_that_is_on_are_the_slos():
    alerting = "{page_alert: {disable: true, labels: {x: y}}, ticket_alert: {labels: {severity: warning, chat: ops}}}"
    found = imported("sloth", slo(alerting=alerting))
    assert found.slo("alerts/s.yaml")["labels"] == {"chat": "ops"}


@pytest.mark.parametrize(
    ("change", "line", "said"),
    [
        ({"objective": "100"}, 5, "its objective is '100'"),
        ({"objective": "-1"}, 5, "its objective is '-1'"),
        ({"objective": ".nan"}, 5, "its objective is '.nan'"),
        ({"objective": "[1]"}, 5, "has no objective"),
        ({"sli": "{plugin: {id: sloth-common/http, options: {}}}"}, 6, "plugin 'sloth-common/http'"),
        ({"sli": "{}"}, 6, "none of events, raw and plugin"),
        ({"sli": "{raw: {error_ratio_query: a}, events: {error_query: a}}"}, 6, "has events and raw"),
        ({"sli": "{events: {error_query: 'a[{{.window}}]'}}"}, 6, "has no total_query"),
        ({"sli": "{raw: {error_ratio_query: 'histogram_share(1, a[{{.window}}])'}}"}, 6, "is not PromQL: there is no"),
        ({"disable": "true"}, 8, "is disabled"),
    ],
)
def test_what_cannot_be_is_refused_by_line_and_stays_as_a_comment(change, line, said):
    other = slo().partition("slos:\n")[2].replace("name: a", "name: kept")
    found = imported("sloth", slo(**change) + "\n" + other)
    assert [note.split(" ", 1)[0] for note in found.told(said)] == [str(line)]
    assert [each["name"] for each in found.data["alerts/s.yaml"]["slos"]] == ["kept"]
    assert "# a:\n  #   name: a\n" in found.texts["alerts/s.yaml"]


def test_keys_of_the_other_form_are_read_and_told():
    found = imported("sloth", slo(alerting="{name: A, pageAlert: {disable: true}}"))
    assert set(found.slo("alerts/s.yaml")["severities"]) == {"SEV-1", "SEV-2"}
    said = "pageAlert is how Sloth's other form spells page_alert: Sloth passes over it, here it is read"
    assert found.notes[0] == f"7 note: {said}"


def test_unknown_keys_duplicates_and_wrong_types_are_told_by_line():
    found = imported("sloth", slo(alerting="{name: A, anotations: {a: b}, name: B, labels: [a]}", descripton="x"))
    assert found.notes == [
        "7 warning: key 'name' is written twice; the first counts",
        "7 warning: labels is a list; keys and values are expected: it was left out",
        "8 warning: key 'descripton' is not known here and was left out",
        "7 warning: key 'anotations' is not known here and was left out",
    ]
    assert "# not kept, from 0.yaml:8:\n    # descripton: x\n" in found.texts["alerts/s.yaml"]


def test_files_of_one_service_become_one_source():
    one, two = slo(), slo(name="b").replace("service: s", "service: S\nlabels: {own: x}")
    found = imported("sloth", one, two, one)
    assert [each["name"] for each in found.data["alerts/s.yaml"]["slos"]] == ["a", "b"]
    assert found.slo("alerts/s.yaml", 1)["labels"] == {"own": "x"}
    assert "labels" not in found.data["alerts/s.yaml"]
    assert found.told("was read before, with the same content")
    assert found.told("services 's' and 'S' both become 's'")


def test_two_slos_of_one_name_are_told_apart_by_number():
    found = imported("sloth", slo(), slo(objective="95"), slo(objective="90"))
    assert [each["name"] for each in found.data["alerts/s.yaml"]["slos"]] == ["a", "a-2", "a-3"]
    assert len(found.told("another one has its name")) == 2


def test_an_alert_belongs_to_one_service():
    found = imported("sloth", slo(), slo().replace("service: s", "service: t").replace("{name: A}", "{name: a}"))
    assert found.slo("alerts/s.yaml")["alert"] == "A"
    assert "alert" not in found.slo("alerts/t.yaml")
    assert found.told("alert 'a' belongs to service 's' already")


def test_the_team_is_said_once():
    text = slo(labels="{team: ops}").replace("service: s", "service: s\nlabels: {team: shop, urgency: x}")
    found = imported("sloth", text, team="shop")
    assert found.data["alerts/s.yaml"]["team"] == "shop"
    assert "labels" not in found.data["alerts/s.yaml"]
    assert found.notes == [
        "3 warning: label urgency: x is left out: every alert gets urgency from here",
        "9 warning: label team: ops is left out: every alert gets team from the service's team",
    ]


def test_one_service_for_all():
    found = imported("sloth", slo(), slo().replace("service: s", "service: t"), service="all")
    assert list(found.data) == ["alerts/all.yaml"]


@pytest.mark.parametrize(
    ("text", "hint"),
    [
        ("apiVersion: openslo/v1\nkind: SLO\n", "no specification of Sloth's"),
        ("a: b\n", "no specification of Sloth's"),
        ("version: prometheus/v2\nservice: s\nslos: []\n", "version prometheus/v2 is read as prometheus/v1"),
        ("version: prometheus/v1\nslos: []\n", "has no service"),
        ("version: prometheus/v1\nservice: s\nslos: {}\n", "slos is a map; a list is expected"),
        ("version: prometheus/v1\nservice: s\nslos: [1, null]\n", "an entry of slos is a number"),
        ("- - 5\n  - null\n", "no specification of Sloth's"),
        ("- [", "never closed"),
        ("", ""),
    ],
)
def test_nothing_that_is_no_specification_is_taken_for_one(text, hint):
    found = imported("sloth", text)
    assert found.data == {}
    assert not hint or found.told(hint), found.notes


def test_a_query_without_window_is_kept_and_told():
    found = imported("sloth", slo(sli="{raw: {error_ratio_query: 'r[5m]'}}"))
    assert found.slo("alerts/s.yaml")["sli"] == {"error_ratio_query": "r[5m]"}
    assert found.notes == ["6 warning: error_ratio_query of 'a' has no {{.window}}: every leg looks at the same time"]


def test_names_leave_no_folder():
    found = imported("sloth", slo(name="../../x").replace("service: s", "service: ../../../etc/passwd"))
    assert list(found.data) == ["alerts/etc-passwd.yaml"]
    assert imported("sloth", slo().replace("service: s", "service: severity-map")).data.keys() == {
        "alerts/severity-map-service.yaml"
    }


def test_alerts_are_switched_off_by_the_repositorys_own_severity_map(tmp_path):
    (tmp_path / "alerts").mkdir()
    severities = "".join(
        f"  SEV-{n}: {{urgency: {urgency}}}\n" for n, urgency in ((1, "page"), (2, "ticket"), (3, "ticket"))
    )
    (tmp_path / "alerts/severity-map.yaml").write_text(f"severity_mapping:\n{severities}")
    sli = "{events: {error_query: 'sum(rate(e[{{.window}}]))', total_query: 'sum(rate(t[{{.window}}]))'}}"
    slo = f"{{name: a, objective: 99, sli: {sli}, alerting: {{name: A, ticket_alert: {{disable: true}}}}}}"
    (tmp_path / "spec.yaml").write_text(f"version: prometheus/v1\nservice: web\nslos: [{slo}]\n")
    assert main(["-C", str(tmp_path), "import", "sloth", str(tmp_path / "spec.yaml")]) == 0
    (switched,) = make_catalog({"alerts/web.yaml": (tmp_path / "alerts/web.yaml").read_text()}).all(Slo)
    assert sorted(switched.severities) == ["SEV-2", "SEV-3"]
