from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from generator.targets.site.commands import with_links
from tests.targets.site.reading import PIECES, flat, rendered_html, seen

LINKS = {
    "dashboard": "https://grafana.example.com/d/1",
    "argocd": "shop",
    "Rollback workflow": "https://ci.example.com/<x>",
    "logs": "https://logs.example.com",
    "postgres": "https://db.example.com",
}


def beside(command: str, language: str = "bash") -> str:
    text = with_links(f"```{language}\n{command}\n```", LINKS)
    return flat(seen(text.partition("```\n\n")[2]).text)


@pytest.mark.parametrize(
    ("command", "said"),
    [
        ("kubectl rollout undo deploy/shop", "Without a terminal: argocd: shop"),
        ("curl https://prometheus.example.com/api/v1/query", "Without a terminal: dashboard"),
        ("gh workflow run rollback", "Without a terminal: Rollback workflow"),
        ("kubectl logs deploy/x", "Without a terminal: argocd: shop · logs"),
        ("psql -h postgres-0", "Without a terminal: postgres"),
        ("uptime", ""),
    ],
)
def test_a_command_has_the_links_that_it_is_about(command, said):
    assert beside(command) == said


def test_only_what_people_type_has_links():
    assert beside("kind: rollout", "yaml") == ""
    assert beside("rate(x[5m])", "promql") == "Without a terminal: dashboard"
    assert beside("kubectl rollout status", "") == "Without a terminal: argocd: shop"


def test_lists_and_boxes_around_a_command_stay_whole():
    first = "1. a\n\n    ```bash\n    helm ls\n    ```\n\n"
    text = f"{first}2. b\n\n    !!! warning\n\n        ```\n        helm rm\n        ```\n\n3. c"
    found = seen(with_links(text, LINKS))
    assert found.tags.count("ol") == 1
    assert found.tags.count("li") == 3
    assert found.text.count("Without a terminal") == 2


def test_what_is_indented_otherwise_is_left_alone():
    text = "- a\n\n  ```bash\n  helm ls\n  ```\n\n- b"
    assert with_links(text, LINKS) == text


def test_without_links_nothing_changes():
    assert with_links("```bash\nhelm ls\n```", {}) == "```bash\nhelm ls\n```"


@given(st.lists(st.sampled_from([*PIECES, "```bash\n", "\n```\n", "helm ls\n", "~~~\n"]), max_size=14).map("".join))
def test_nothing_is_lost_and_nothing_runs(text):
    added = with_links(text, LINKS)
    kept = [line for line in added.split("\n") if "Without a terminal" not in line and line]
    assert kept == [line for line in text.split("\n") if line]
    assert "<script" not in rendered_html(added)
