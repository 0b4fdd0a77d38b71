"""The configuration, judged by amtool: who is told about what."""

from __future__ import annotations

import shutil
import subprocess
from pathlib import Path

import pytest
import yaml as pyyaml

from generator.analysis.routing import NOBODY, routing
from generator.catalog import Catalog
from generator.targets.alertmanager import TARGET, messages
from generator.targets.rendering import yaml
from tests.catalogs import NOW, make_catalog, make_context

HERE = Path(__file__).parent
POLICY = "lead: erin\nescalation: {steps: [{page: lead, wait: 15m}]}\n"
SOURCES = {
    "alerts/web.yaml": "team: ops\nslos: [{name: a, objective: 99, group_by: [region], sli: {errors: e, total: t}}]\n",
    "schedules/ops.yaml": f'name: Ops\nslack: "#ops"\nemail: ops@example.com\nreceivers: [audit, ghost]\n{POLICY}',
    "schedules/pagers.yaml": POLICY,
    "schedules/chat.yaml": 'slack: "#chat"\n',
    "schedules/silent.yaml": "name: Silent\n",
    "schedules/people.yaml": "erin: {name: Erin}\n",
    "tocsin.yaml": (
        "alertmanager: {secrets: /run/keys/, smtp_smarthost: 'smtp.example.com:587', smtp_from: tocsin@example.com}\n"
        "receivers: {audit: {webhook_configs: [{url: 'http://127.0.0.1:8080/audit'}]}}\n"
    ),
}

needs_amtool = pytest.mark.skipif(shutil.which("amtool") is None, reason="needs amtool: run .ci/tools")


def render(catalog: Catalog) -> str:
    (artifact,) = TARGET.render(catalog, make_context())
    assert artifact.path == "alertmanager/alertmanager.yaml"
    return artifact.content.decode()


def amtool(folder: Path, *arguments: str, config: str = "") -> str:
    (folder / "alertmanager.yaml").write_text(config, encoding="utf-8", newline="")
    run = subprocess.run(["amtool", *arguments], cwd=folder, capture_output=True, text=True, check=False)
    assert run.returncode == 0, run.stdout + run.stderr
    return run.stdout.strip()


@pytest.fixture(scope="module")
def config() -> str:
    catalog = make_catalog(SOURCES)
    assert not catalog.findings
    return render(catalog)


def test_golden(config: str) -> None:
    assert config == (HERE / "alertmanager.yaml").read_text(encoding="utf-8")


@needs_amtool
@pytest.mark.real_tool
@pytest.mark.parametrize(
    ("labels", "told"),
    [
        ("team=ops urgency=page", "audit,ops/page"),
        ("team=ops urgency=ticket", "audit,ops/ticket"),
        ("team=ops", "audit,ops/ticket"),
        ("team=pagers urgency=page", "pagers/page"),
        ("team=pagers urgency=ticket", NOBODY),
        ("team=chat urgency=page", "chat/page"),
        ("team=chat urgency=ticket", "chat/ticket"),
        ("team=silent urgency=page", NOBODY),
        ("team=unknown urgency=page", NOBODY),
        ("urgency=page", NOBODY),
    ],
)
def test_who_is_told(tmp_path, config, labels, told) -> None:
    command = ["config", "routes", "test", "--config.file=alertmanager.yaml", *labels.split()]
    assert amtool(tmp_path, *command, config=config) == told


def test_a_page_calls_a_ticket_never_does() -> None:
    found = routing(make_catalog(SOURCES), NOW).receivers
    assert found["ops/page"].pagerduty_key == "/run/keys/ops-pagerduty"
    assert found["ops/page"].slack_key == "/run/keys/ops-slack"
    assert [name for name, receiver in found.items() if receiver.pagerduty_key] == ["ops/page", "pagers/page"]
    assert found["ops/ticket"].emails == ("ops@example.com",)


def test_email_needs_a_server_and_unknown_receivers_are_left_out() -> None:
    catalog = make_catalog(SOURCES | {"tocsin.yaml": "name: Example\n"})
    assert not [each for each in routing(catalog, NOW).receivers.values() if each.emails]
    assert "audit" not in render(catalog)
    assert "email_configs" not in render(catalog)
    assert "smtp" not in render(catalog)


def test_pages_and_tickets_never_share_a_group(config: str) -> None:
    route = pyyaml.load(config, pyyaml.CSafeLoader)["route"]
    assert "urgency" in route["group_by"]
    assert not [each for team in route["routes"] for each in team["routes"] if "group_by" in each]


def test_a_page_silences_tickets_of_its_own_slo_and_part_only(config: str) -> None:
    (rule,) = pyyaml.load(config, pyyaml.CSafeLoader)["inhibit_rules"]
    assert rule == {
        "source_matchers": ['urgency="page"', 'slo=~".+"'],
        "target_matchers": ['urgency="ticket"', 'slo=~".+"'],
        "equal": ["service", "slo", "region"],
    }


@needs_amtool
@pytest.mark.real_tool
@pytest.mark.parametrize(
    "sources",
    [
        {"alerts/web.yaml": "description: no team at all\n"},
        {"alerts/web.yaml": "team: ops\n", "schedules/ops.yaml": "name: Ops\n"},
        SOURCES,
    ],
)
def test_every_configuration_is_valid(tmp_path, sources) -> None:
    catalog = make_catalog(sources)
    assert TARGET.applies(catalog)
    assert "SUCCESS" in amtool(tmp_path, "check-config", "alertmanager.yaml", config=render(catalog))


@needs_amtool
@pytest.mark.real_tool
def test_the_living_example_pages_its_team(tmp_path, repo_root) -> None:
    paths = [
        *(repo_root / "schedules").rglob("*.yaml"),
        *(repo_root / "alerts").rglob("*.yaml"),
        repo_root / "tocsin.yaml",
    ]
    config = render(make_catalog({path.relative_to(repo_root).as_posix(): path.read_bytes() for path in paths}))
    amtool(tmp_path, "check-config", "alertmanager.yaml", config=config)
    command = ("config", "routes", "test", "--config.file=alertmanager.yaml", "team=platform", "urgency=page")
    assert amtool(tmp_path, *command, config=config) == "platform/page"


HOSTILE = "#a\"{{.x}}${y}'\\:-<b>{"


@needs_amtool
@pytest.mark.real_tool
def test_hostile_text_is_still_text(tmp_path) -> None:
    said = yaml(HOSTILE)
    team = f"name: {said}\nslack: {said}\n{POLICY}"
    catalog = make_catalog({**SOURCES, "schedules/ops.yaml": team})
    assert not catalog.findings
    config = render(catalog)
    amtool(tmp_path, "check-config", "alertmanager.yaml", config=config)
    (page,) = [each for each in pyyaml.load(config, pyyaml.CSafeLoader)["receivers"] if each["name"] == "ops/page"]
    (slack,) = page["slack_configs"]
    assert slack["api_url_file"] == "/run/keys/ops-slack"
    assert expanded(tmp_path, slack["channel"]) == HOSTILE


def expanded(folder: Path, template: str) -> str:
    (folder / "none.tmpl").write_text("")
    return amtool(folder, "template", "render", "--template.glob=*.tmpl", f"--template.text={template}")


@needs_amtool
@pytest.mark.real_tool
@pytest.mark.parametrize("template", [messages.TITLE, messages.TEXT, *messages.DETAILS.values()])
def test_alertmanager_expands_the_messages(tmp_path, template) -> None:
    assert "{{" not in expanded(tmp_path, template)


@needs_amtool
@pytest.mark.real_tool
def test_whoever_is_on_call_is_mentioned_while_it_fires(tmp_path) -> None:
    assert expanded(tmp_path, messages.text("<@U0ANN>")).startswith("<@U0ANN>")


def test_mail_with_a_login_reads_its_password_from_a_file() -> None:
    mail = "smtp_smarthost: 'smtp.example.com:587', smtp_from: t@example.com, smtp_auth_username: tocsin"
    settings = f"alertmanager: {{{mail}, smtp_require_tls: false}}\npagerduty: {{service_region: eu}}\n"
    made = pyyaml.load(render(make_catalog(SOURCES | {"tocsin.yaml": settings})), pyyaml.CSafeLoader)
    assert made["global"] == {
        "pagerduty_url": "https://events.eu.pagerduty.com/v2/enqueue",
        "smtp_smarthost": "smtp.example.com:587",
        "smtp_from": "t@example.com",
        "smtp_auth_username": "tocsin",
        "smtp_auth_password_file": "/etc/alertmanager/secrets/smtp-password",
        "smtp_require_tls": False,
    }


def test_a_service_with_a_policy_of_its_own_calls_by_another_key() -> None:
    nights = "escalations: {nights: {steps: [{page: lead, wait: 5m}]}}\n"
    files = {
        "alerts/web.yaml": "team: ops\nescalation: nights\n",
        "schedules/ops.yaml": f"name: Ops\n{POLICY}{nights}",
    }
    found = routing(make_catalog({**SOURCES, **files}), NOW)
    labels = {"team": "ops", "urgency": "page"}
    told = {each: found.deliveries({**labels, "service": each})[0].receiver for each in ("web", "shop")}
    keys = {service: found.receivers[name].pagerduty_key for service, name in told.items()}
    assert keys == {"web": "/run/keys/ops.nights-pagerduty", "shop": "/run/keys/ops-pagerduty"}
