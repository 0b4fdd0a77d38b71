"""Which rule files there are, on which servers, and what they depend on."""

from __future__ import annotations

from datetime import timedelta

from generator.targets.prometheus import TARGET
from tests.catalogs import NOW, make_catalog, make_context

WEB = "slos: [{name: a, objective: 99.9, sli: {errors: e, total: t}}]\n"
PLAN = "title: Upgrade\ncomponents: [website]\nfrom: 2026-12-06 03:00\nuntil: 2026-12-06 04:00\nbudget: {}\n"
EU = "environments: {eu: {sloth_labels: true, objectives: {web/a: 99.5}}}\n"


def rendered(now=NOW, **files: str):
    made = make_catalog({"alerts/web.yaml": WEB, **files})
    assert not made.findings
    found = {artifact.path: artifact for artifact in TARGET.render(made, make_context(now))}
    return {path: artifact for path, artifact in found.items() if "/rules/" in path}


def planned(budget: str) -> dict[str, str]:
    return {
        "status/components.yaml": "website: {name: Website, services: [web]}\n",
        "status/maintenances/2026-12-06-db.yaml": PLAN.format(budget),
    }


def test_every_server_has_a_folder_with_its_objectives_and_its_settings() -> None:
    found = rendered(**{"tocsin.yaml": EU})
    assert list(found) == ["prometheus/rules/web.yaml", "prometheus/eu/rules/web.yaml"]
    base, eu = (artifact.content.decode() for artifact in found.values())
    assert ("vector(0.999)" in base, "vector(0.995)" in base, "sloth_id" in base) == (True, False, False)
    assert ("vector(0.999)" in eu, "vector(0.995)" in eu, "sloth_id" in eu) == (False, True, True)


def test_rules_depend_on_the_time_only_where_planned_work_is_left_out() -> None:
    (plain,) = rendered(**planned("counted")).values()
    (left_out,) = rendered(**planned("excluded")).values()
    assert (plain.uses_now, left_out.uses_now) == (False, True)
    assert {*planned("")} <= {*left_out.sources}
    assert not {*planned("")} & {*plain.sources}


def test_planned_work_goes_from_the_file_when_it_matters_no_more() -> None:
    (before,) = rendered(**planned("excluded")).values()
    (after,) = rendered(NOW + timedelta(days=60), **planned("excluded")).values()
    assert b"time() >= bool 1796526000" in before.content
    assert b"2026-12-06-db, 2026-12-06T03:00:00Z to 2026-12-06T04:00:00Z" in before.content
    assert b"time()" not in after.content
    assert after.uses_now
