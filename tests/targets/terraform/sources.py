"""Sources of one team, and the files of Terraform that they become."""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import datetime
from pathlib import Path

from generator.git import History
from generator.targets.terraform import TARGET
from tests.catalogs import NOW, make_catalog, make_context

PEOPLE = """\
ana: {name: Ana, email: Ana@Example.com, time_zone: Europe/Madrid}
bob: {name: Bob, email: bob@example.com, time_zone: Europe/Oslo}
eve: {name: Eve, email: eve@example.com}
"""
TEAM = """\
name: Shop
lead: eve
schedules:
  primary:
    time_zone: Europe/Oslo
    layers:
      - {name: Rotation, start: 2026-01-05 09:00, turn: 1w, people: [ana, bob]}
escalation:
  loops: 1
  steps:
    - {page: primary, wait: 90s}
    - {page: [lead, eve], wait: 15m}
"""
SERVICE = "team: shop\n"
NO_HISTORY = History(Path("/nowhere"))
"""Git knows nothing of these sources."""


def render(
    *,
    now: datetime = NOW,
    history: History = NO_HISTORY,
    more: Mapping[str, str] | None = None,
    **instead: str,
) -> dict[str, str]:
    """The text by file name. Sources are the ones above but for those given (`team=…`), and `more` by their paths."""
    sources = {"people": PEOPLE, "team": TEAM, "service": SERVICE, "ids": "", "settings": "", **instead}
    paths = {
        "schedules/people.yaml": sources["people"],
        "schedules/shop.yaml": sources["team"],
        "alerts/cart.yaml": sources["service"],
        "schedules/pagerduty.ids.yaml": sources["ids"],
        "tocsin.yaml": sources["settings"],
        **(more or {}),
    }
    catalog = make_catalog({path: text for path, text in paths.items() if text})
    assert [finding.message for finding in catalog.findings] == []
    artifacts = TARGET.render(catalog, make_context(now, open_history=lambda: history))
    return {artifact.path.rpartition("/")[2]: artifact.content.decode() for artifact in artifacts}


def with_layers(*layers: str) -> str:
    return re.sub(r"      - \{name: Rotation.*\n", "".join(f"      - {layer}\n" for layer in layers), TEAM)


def block(text: str, opening: str) -> str:
    """One block at the top level, by how it begins."""
    return text[text.index(opening) :].partition("\n}\n")[0] + "\n}\n"


def assert_closed(files: dict[str, str]) -> None:
    """Every resource that is referred to is there, once."""
    text = "".join(files.values())
    defined = [".".join(found) for found in re.findall(r'^resource "(\w+)" "(\w+)"', text, re.MULTILINE)]
    defined += [f"data.{'.'.join(found)}" for found in re.findall(r'^data "(\w+)" "(\w+)"', text, re.MULTILINE)]
    # Blocks about what is not here any more name nothing that is.
    code = re.sub(r"^(moved|removed) \{.*?^\}", "", text, flags=re.MULTILINE | re.DOTALL)
    code = re.sub(r'"(?:\\.|[^"\\])*"|#.*', "", code)
    used = set(re.findall(r"(?:data\.)?pagerduty_\w+\.\w+", code))
    assert len(defined) == len(set(defined))
    assert used
    assert used <= set(defined)
