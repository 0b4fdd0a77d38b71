from __future__ import annotations

from pathlib import Path

import pytest

from generator.analysis.rules.first_steps import LIMIT, first_steps
from generator.analysis.rules.texts import link
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


def test_diagnosis_and_mitigation_are_found_by_their_headings_and_take_turns() -> None:
    block = "\n\n    ```\n    {}\n    ```\n\n"
    look = "".join(f"{n}. Look{block.format(f'look{n} ' + 'x' * 280)}" for n in range(1, 4))
    text = steps(
        f"# Down\n\n## Meaning\n\n1. Query{block.format('q')}## Diagnóstico\n\n### Pods\n\n{look}"
        f"## Mitigación\n\n1. Undo{block.format('undo')}"
    )
    assert [line.partition("x")[0] for line in text.split("\n")] == [
        "1. Look", "look1 ", "2. Look", "look2 ", "3. Look", "look3 ", "4. Mitigación: Undo", "undo",
    ]  # fmt: skip
    assert len(text) <= LIMIT


def test_blocks_of_a_shell_count_where_nothing_is_numbered() -> None:
    shell, output = "```bash\n{}\n```\n\n", "```\nNAME READY\n```\n\n"
    text = steps(f"# Down\n\n## Diagnosis\n\nLook:\n\n{shell.format('look')}{output}## Fix\n\n{shell.format('undo')}")
    assert text == "1. Diagnosis\nlook\n2. Fix:\nundo"


def test_a_command_of_a_step_in_a_step_is_told_once_and_by_the_inner_one() -> None:
    block = "\n\n        ```\n        {}\n        ```\n"
    inner = f"    1. First{block.format('a')}    2. Second{block.format('b')}"
    text = steps(f"# Down\n\n1. Do both:\n{inner}")
    assert text == "1. First\na\n2. Second\nb"


def test_a_long_policy_leaves_room_for_commands() -> None:
    text = steps(RUNBOOK, labels=(), ending="Called: " + "somebody, " * 100)
    assert len(text) <= LIMIT
    assert text.startswith("1. Look at it.")
    assert text.endswith("…")


@pytest.mark.parametrize("language", ["", ".es"])
def test_what_a_template_leaves_to_fill_in_is_no_first_step(language: str, repo_root: Path) -> None:
    template = (repo_root / f"runbooks/templates/runbook{language}.md").read_text(encoding="utf-8")
    assert steps(template, ending="Called: Erin") == "Called: Erin"
    filled = template.replace("rollout history deployment/my-app", "rollout history deployment/cart")
    assert steps(filled, labels=()).count("kubectl") == 1
    assert 'kubectl rollout history deployment/cart -n "default"' in steps(filled, labels=())


@pytest.mark.parametrize(("command", "kept"), [("restart TODO", False), ("get my-app-2", True), ("todo list", True)])
def test_a_name_that_only_looks_like_a_gap_is_a_name(command: str, kept: bool) -> None:
    text = steps(f"# Down\n\n## Diagnosis\n\n1. Look:\n\n    ```bash\n    {command}\n    ```\n")
    assert (command in text) is kept


CURL = "# Down\n\n## Diagnosis\n\n1. Look:\n\n    ```bash\n    curl https://prometheus.example.com/my-app\n    ```\n"


def test_the_templates_names_are_kept_where_they_are_true() -> None:
    there = {
        "alerts/my-app.yaml": "alerts: [{alert: Down, expr: up}]\n",
        "tocsin.yaml": "runbooks: https://example.com",
    }
    for left_out in ("", "tocsin.yaml", "alerts/my-app.yaml"):
        files = {"alerts/web.yaml": "alerts: [{alert: Down, expr: up}]\n", **there, "runbooks/down.md": CURL}
        catalog = make_catalog({path: text for path, text in files.items() if path != left_out})
        assert ("curl" in first_steps(catalog, catalog.alerts[0])) is (left_out == "")
