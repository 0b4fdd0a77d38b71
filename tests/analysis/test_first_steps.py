from __future__ import annotations

from generator.analysis.alert_texts import link
from generator.analysis.first_steps import LIMIT, first_steps
from tests.catalogs import make_catalog

RUNBOOK = """\
---
parameters: {namespace: default, pod: ""}
---
# Down

## Quick diagnosis

1. Look at it. The rest of this is long.

    ```bash
    kubectl -n $NAMESPACE get ${POD} $NAMESPACES {{ x }}
    ```

2. Think, without a command.

## Mitigation actions

### If it leaks

1. Restart it:

    ```bash
    restart
    ```

## Escalation

1. Never this one

    ```bash
    shout
    ```
"""


def steps(runbook: str, labels=None, ending: str = "") -> str:
    catalog = make_catalog({"alerts/web.yaml": "alerts: [{alert: Down, expr: up}]\n", "runbooks/down.md": runbook})
    return first_steps(catalog, catalog.alerts[0], labels, ending)


def test_the_first_commands_of_the_first_sections_with_what_they_are_for() -> None:
    assert steps(RUNBOOK, labels=(), ending="Called: Erin") == (
        '1. Look at it.\nkubectl -n default get ${POD} $NAMESPACES {{ "{{" }} x }}\n'
        "2. If it leaks: Restart it:\nrestart\n"
        "Called: Erin"
    )


def test_a_parameter_that_is_a_label_is_taken_from_the_alert_and_made_harmless() -> None:
    text = steps(RUNBOOK, labels={"namespace"})
    harmless = r'(reReplaceAll "[^-\\w./:@]" "_" $labels.namespace)'
    assert f'kubectl -n {{{{ or {harmless} "default" }}}} get ${{POD}} $NAMESPACES' in text
    assert text.count("$labels") == 1
    assert steps(RUNBOOK).count("$labels") == 2


def test_what_does_not_fit_is_left_out_and_the_last_line_is_there() -> None:
    long = "".join(f"{n}. Step\n\n    ```\n    {'x' * 300}\n    ```\n\n" for n in range(1, 6))
    text = steps(f"# Down\n\n## A\n\n{long}", ending="Called: Erin")
    assert len(text) <= LIMIT
    assert text.count("Step") == 3
    assert text.endswith("\nCalled: Erin")


def test_without_a_runbook_only_the_last_line_is_left() -> None:
    catalog = make_catalog({"alerts/web.yaml": "alerts: [{alert: Down, expr: up}]\n"})
    assert first_steps(catalog, catalog.alerts[0], None, "Called: {{") == 'Called: {{ "{{" }}'
    assert first_steps(catalog, catalog.alerts[0]) == ""


def test_the_links_query_holds_the_parameters_that_are_labels() -> None:
    files = {"alerts/web.yaml": "alerts: [{alert: Down, expr: up}]\n", "runbooks/down.md": RUNBOOK}
    catalog = make_catalog(files | {"tocsin.yaml": "runbooks: https://r.example.com\n"})
    page = "https://r.example.com/runbooks/down/"
    namespace = "namespace={{ $labels.namespace | urlquery }}"
    assert link(catalog, catalog.alerts[0], {"namespace"}) == f"{page}?{namespace}"
    assert link(catalog, catalog.alerts[0], None) == f"{page}?{namespace}&pod={{{{ $labels.pod | urlquery }}}}"
    assert link(catalog, catalog.alerts[0], ()) == page
