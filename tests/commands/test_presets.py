"""Services to start from: clean as they are written, and judged by a Prometheus that has what the exporters write."""

from __future__ import annotations

import re
import shutil
import subprocess
from functools import partial

import pytest

from generator.cli import main
from generator.commands.presets import PRESETS, QUERY, listed
from tests.commands.exporters import SERIES
from tests.prometheus_server import exposition, needs_prometheus, prometheus, wait_until

NOW = ["--now", "2026-11-24T12:00Z"]
needs_promtool = pytest.mark.skipif(shutil.which("promtool") is None, reason="needs promtool: run .ci/tools")


def tocsin(folder, *arguments):
    return main(["-C", str(folder), *arguments, *NOW])


@pytest.fixture
def repository(tmp_path):
    main(["init", str(tmp_path), *NOW])
    return tmp_path


@pytest.mark.parametrize("preset", PRESETS)
def test_what_a_preset_writes_has_no_finding(repository, capsys, preset):
    assert tocsin(repository, "new", "service", "cart", "--from", preset) == 0
    capsys.readouterr()
    assert tocsin(repository, "check", "--strict") == 0
    told = re.findall(r"^\S+: (\w+\[[^]]+\])", capsys.readouterr().out, re.MULTILINE)
    # Of a new repository itself: Git knows nothing yet, and its team of two is small.
    assert set(told) == {"note[runbook/history]", "note[oncall/small-team]"}


@pytest.mark.parametrize("preset", PRESETS)
def test_it_says_what_to_edit_and_leads_to_the_dashboard(repository, preset):
    tocsin(repository, "new", "service", "cart", "--from", preset)
    text = (repository / "alerts" / "cart.yaml").read_text()
    assert len(re.findall(r"\bEDIT\b", text)) > 1
    assert "# links: {dashboard:" in text
    assert "[[" not in text
    assert max(map(len, text.splitlines())) <= 126


@pytest.mark.parametrize("preset", PRESETS)
def test_every_alert_has_a_stub_that_asks_for_its_own_metrics(repository, preset):
    tocsin(repository, "new", "service", "cart", "--from", preset)
    alerts = re.findall(r"alert: (\w+)", (repository / "alerts" / "cart.yaml").read_text())
    stubs = {path.stem: path.read_text() for path in (repository / "runbooks").glob("cart-*.md")}
    assert len(stubs) == len(alerts)
    for text in stubs.values():
        assert QUERY not in text
        assert "SERVICE" not in text
        assert "cart" in text


def test_a_stub_that_is_there_already_is_kept(repository, capsys):
    mine = repository / "runbooks" / "shop" / "cart-high-latency.md"
    mine.parent.mkdir()
    mine.write_text("# Mine\n")
    assert tocsin(repository, "new", "service", "cart", "--from", "http") == 0
    assert not (repository / "runbooks" / "cart-high-latency.md").exists()


def test_presets_are_of_services_only(repository, capsys):
    assert tocsin(repository, "new", "runbook", "cart", "--from", "http") == 2
    assert "--from" in capsys.readouterr().err


def test_unknown_presets_are_refused_and_the_known_ones_listed(repository, capsys):
    with pytest.raises(SystemExit) as end:
        tocsin(repository, "new", "service", "cart", "--from", "nginx")
    assert end.value.code == 2
    assert "kafka-consumer" in capsys.readouterr().err
    assert list(PRESETS) == re.findall(r"(?m)^  (\S+)", listed())


@needs_promtool
@pytest.mark.real_tool
@pytest.mark.parametrize("preset", PRESETS)
def test_promtool_accepts_the_rules_and_the_tests_pass(repository, preset):
    tocsin(repository, "new", "service", "cart", "--from", preset)
    assert tocsin(repository, "build", "--target", "prometheus") == 0
    built = repository / "build" / "prometheus"
    for arguments in (["check", "rules", "rules/cart.yaml"], ["test", "rules", "tests/cart.test.yaml"]):
        found = subprocess.run(["promtool", *arguments], cwd=built, capture_output=True, text=True, check=False)
        assert found.returncode == 0, found.stdout + found.stderr


@pytest.fixture(scope="module")
def server(tmp_path_factory):
    """One repository with two services of every preset, one in trouble and one well, and all their series."""
    folder = tmp_path_factory.mktemp("repository")
    main(["init", str(folder), *NOW])
    samples = {}
    for preset, series in SERIES.items():
        for state in ("bad", "well"):
            name = f"{preset}-{state}"
            tocsin(folder, "new", "service", name, "--from", preset)
            samples |= {key.replace("SERVICE", name): partial(each, state == "bad") for key, each in series.items()}
    tocsin(folder, "build", "--target", "prometheus")
    rules = {path.name: path.read_text() for path in (folder / "build" / "prometheus" / "rules").glob("*-*.yaml")}
    with prometheus(tmp_path_factory.mktemp("prometheus"), exposition(samples), rules) as running:
        asked = (
            'count(count by (service, slo) (slo:current_burn_rate:ratio)) == 22 and count(ALERTS{leg="5m-1h"}) >= 11'
        )
        wait_until(lambda: running.now(asked), lambda: running.now("slo:current_burn_rate:ratio"))
        yield running


@needs_prometheus
@pytest.mark.real_tool
@pytest.mark.parametrize("preset", PRESETS)
def test_series_of_the_exporter_fire_the_alert_and_healthy_ones_do_not(server, preset):
    def firing(service):
        found = server.now(f'ALERTS{{alertstate="firing",service="{service}"}}')
        return {(each["metric"]["slo"], each["metric"]["leg"]) for each in found if "slo" in each["metric"]}

    slos = {each["metric"]["slo"] for each in server.now(f'slo:info{{service="{preset}-bad"}}')}
    assert slos
    assert firing(f"{preset}-bad") == {(slo, leg) for slo in slos for leg in ("5m-1h", "30m-6h", "2h-1d", "6h-3d")}
    assert firing(f"{preset}-well") == set()
    for slo in slos:
        burn = server.value(f'slo:current_burn_rate:ratio{{service="{preset}-well",slo="{slo}"}}')
        assert burn == pytest.approx(0)
