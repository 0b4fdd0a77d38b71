"""`check --fix` in real repositories: what is mended, what is left, and that nothing else is touched."""

from __future__ import annotations

import json
from pathlib import Path

from generator.cli import main
from tests.repositories import GitRepository

PASTED = """\
# rules of the shop, since 2019
team: platform   # who else
alerts:
  # pages
  - alert: ShopDown   # the first
    expr: up{app="shop"} == 0
    for: 0m   # at once
    labels:
      severity: critical   # routed by this until now
    annotations:
      sumary: "The shop # is down"
      runbook: shop-down
  - alert: ShopSlow
    expr: shop_latency_seconds > 3   # seconds
    labels: {severity: warning, tier: "1"}
    annotations: {summary: slow, runbook_url: "https://runbooks.example.com/runbooks/other/"}
"""
MENDED = """\
# rules of the shop, since 2019
team: platform   # who else
alerts:
  # pages
  - alert: ShopDown   # the first
    expr: up{app="shop"} == 0
    # at once
    # routed by this until now
    annotations:
      summary: "The shop # is down"
    urgency: page
  - alert: ShopSlow
    expr: shop_latency_seconds > 3   # seconds
    labels: {tier: "1"}
    annotations: {summary: slow}
    runbook: other
"""
MAP = """\
severity_mapping:
  SEV-1: {urgency: page, conditions: [{burn_rate: "> 14.4x", window: 5m and 1h}]}   # fast
  SEV-2: {urgency: ticket, conditions: [{burn_rate: 1, window: [6h, 3d]}]}
"""
FILES = {
    "alerts/shop.yaml": PASTED,
    "alerts/severity-map.yaml": MAP,
    "runbooks/shop-down.md": "# Down\n",
    "runbooks/other.md": "# Other\n",
    "tocsin.yaml": "runbooks: https://runbooks.example.com\n",
}


def write(repository: GitRepository, **more: str) -> Path:
    for path, text in {**FILES, **more}.items():
        repository.write(path, text)
    return repository.path


def check(folder: Path, *arguments: str) -> int:
    return main(["check", "-C", str(folder), *arguments])


def text_of(folder: Path, path: str = "alerts/shop.yaml") -> str:
    return (folder / path).read_bytes().decode()


def test_pasted_rules_become_ours_and_every_comment_stays(git_repo: GitRepository, capsys):
    folder = write(git_repo)
    check(folder, "--fix")
    assert text_of(folder) == MENDED
    assert "{burn_rate: 14.4, window: [5m, 1h]}]}   # fast\n" in text_of(folder, "alerts/severity-map.yaml")
    said = capsys.readouterr()
    assert "mended alerts/shop.yaml: severity: critical of alert ShopDown became urgency: page\n" in said.err
    assert said.err.endswith("8 mended\n")
    assert "can be mended" not in said.out


def test_a_second_time_nothing_changes(git_repo: GitRepository, capsys):
    folder = write(git_repo)
    check(folder, "--fix")
    before = {path: text_of(folder, path) for path in FILES}
    capsys.readouterr()
    check(folder, "--fix")
    assert {path: text_of(folder, path) for path in FILES} == before
    assert capsys.readouterr().err == "0 mended\n"


def test_the_report_says_how_much_could_be_mended(git_repo: GitRepository, capsys):
    folder = write(git_repo)
    check(folder)
    out = capsys.readouterr().out.splitlines()
    assert out[-2] == "8 can be mended: tocsin check --fix"
    check(folder, "--format", "json")
    fixes = [fix for each in json.loads(capsys.readouterr().out)["findings"] for fix in each["fixes"]]
    assert len(fixes) == 8


def test_paths_limit_what_is_mended(git_repo: GitRepository):
    folder = write(git_repo)
    check(folder, "--fix", str(folder / "alerts" / "severity-map.yaml"))
    assert text_of(folder) == PASTED
    assert text_of(folder, "alerts/severity-map.yaml") != MAP


def test_a_file_that_cannot_be_read_is_left_and_the_rest_is_mended(git_repo: GitRepository):
    broken = "alerts: [\n"
    folder = write(git_repo, **{"alerts/cart.yaml": broken})
    assert check(folder, "--fix") == 1
    assert text_of(folder, "alerts/cart.yaml") == broken
    assert text_of(folder) == MENDED


def test_what_a_comment_silences_is_meant_to_stay(git_repo: GitRepository):
    rule = "alerts:\n  # tocsin: ignore[alert/annotation-typo] read by our pager\n"
    text = f"{rule}  - {{alert: ShopDown, expr: up == 0, annotations: {{summary: x, sumary: y, mesage: z}}}}\n"
    folder = write(git_repo, **{"alerts/shop.yaml": text})
    check(folder, "--fix")
    assert text_of(folder) == text


def test_beside_an_alias_nothing_is_touched(git_repo: GitRepository, capsys):
    text = "alerts:\n  - &a {alert: ShopDown, expr: up == 0, annotations: &n {sumary: x}}\n"
    text += "  - {alert: Other, expr: up == 1, annotations: *n}\n"
    folder = write(git_repo, **{"alerts/shop.yaml": text})
    check(folder, "--fix")
    assert text_of(folder) == text
    assert "not mended: alerts/shop.yaml: annotation sumary" in capsys.readouterr().err


def test_windows_line_breaks_and_a_byte_order_mark_stay(git_repo: GitRepository):
    folder = write(git_repo)
    (folder / "alerts" / "shop.yaml").write_bytes(("\ufeff" + PASTED.replace("\n", "\r\n")).encode())
    check(folder, "--fix")
    assert text_of(folder) == "\ufeff" + MENDED.replace("\n", "\r\n")


def test_a_fraction_becomes_a_percentage_in_the_settings_too(git_repo: GitRepository):
    slo = "slos:\n  - name: a\n    objective: 0.999   # three nines\n    sli: {errors: e, total: t}\n"
    settings = "environments:\n  eu: {objectives: {shop/a: 0.995}}\n"
    folder = write(git_repo, **{"alerts/shop.yaml": slo, "tocsin.yaml": settings})
    check(folder, "--fix")
    assert "objective: 99.9   # three nines\n" in text_of(folder)
    assert text_of(folder, "tocsin.yaml") == settings.replace("0.995", "99.5")
