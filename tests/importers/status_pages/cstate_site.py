"""A small site of cState, and one issue of it as it is imported."""

from __future__ import annotations

from typing import Any

from tests.importers.status_pages.imported import imported, sources

CONFIG = """\
title: Eggs   # of the example
baseURL: https://status.eggs.example/
params:
  brand: "#112e51"
  categories:
    - {name: North Coast, description: Main servers, closed: true}
    - {name: Uncategorized, untitled: true}
    - {name: Empty}
  systems:
    - {name: API, category: Uncategorized}
    - {Name: Gateway, category: North Coast, description: The *first* hop}
    - {name: Media Proxy, category: Nowhere, link: https://x.example/}
"""
HEAD = """\
---
title: US East
date: 2018-05-25 04:13:00
resolved: true
resolvedWhen: 2018-05-25 05:54:00
severity: {}
affected: [API]
---
"""


def issue(text: str, name: str = "2018-05-25-us-east.md", **more: str) -> Any:
    made = imported("cstate", {"site/config.yml": CONFIG, f"site/content/issues/{name}": text, **more})
    paths = [path for path in sources(made) if path.startswith(("status/incidents/", "status/maintenances/"))]
    (path,) = paths
    return path, sources(made)[path], made


def said(found: Any) -> list[tuple[str, str, str]]:
    return [(each["at"][-5:], each["status"], each["message"]) for each in found["updates"]]


NEWEST_FIRST = """
*Resolved* -
All can connect. {{< track "2018-05-25 05:54:00" >}}

*Monitoring* - We watch. {{< track "2018-05-25 04:40:00" >}}

*Investigating* - We're looking
into it. {{% track "2018-05-25 04:13:00" %}}
"""
