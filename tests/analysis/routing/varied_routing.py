"""Repositories for tests of routing: teams of every sort, rules with labels of their own, maintenances, hours."""

from __future__ import annotations

from random import Random

SETTINGS = """\
alertmanager: {smtp_smarthost: 'smtp.example.com:587', smtp_from: tocsin@example.com, smtp_auth_username: tocsin}
prometheus: {external_labels: {dc: a}}
environments: {eu: {external_labels: {region: eu}}}
pagerduty: {service_region: eu}
receivers:
  audit: {webhook_configs: [{url: 'http://127.0.0.1:8080/audit', send_resolved: true}]}
  chat: {slack_configs: [{api_url_file: /run/keys/chat, channel: '#all'}]}
"""
PEOPLE = """\
ann: {name: "Ann \\"{{ .x }}\\" O'Neil", email: ann@example.com, slack: U0ANN}
bob: {name: Bob, email: bob@example.com}
cid: {name: Cid, slack: cid}
dot: Dot
"""
LAYER = "{start: 2026-01-01 09:00, turn: 3d, hours: 08:00-02:00, people: [ann, bob, cid, dot]}"
SCHEDULES = f"schedules: {{primary: {{time_zone: Europe/Madrid, layers: [{LAYER}]}}}}\nlead: ann\n"
STEPS = "{steps: [{page: primary, wait: 15m}, {page: lead, wait: 5m}]}"
NIGHTS = "escalations: {nights: {steps: [{page: [bob, ann], wait: 5m}]}}\n"


def repository(seed: int, teams: int = 5, services: int = 8) -> dict[str, str]:
    """Path → text; the same for a seed."""
    random = Random(seed)
    names = [f"team{number}" for number in range(teams)]
    files = {"tocsin.yaml": SETTINGS, "schedules/people.yaml": PEOPLE}
    files |= {f"schedules/{name}.yaml": _team(random) for name in names}
    files |= {f"alerts/s{number}.yaml": _service(random, number, services, names) for number in range(services)}
    chosen = ", ".join(f"s{number}" for number in range(0, services, 3))
    files["status/components.yaml"] = f"site: {{name: Site, components: {{web: {{name: W, services: [{chosen}]}}}}}}\n"
    files["status/maintenances/2026-12-06-db.yaml"] = _maintenance("2026-12-06 23:10", "2026-12-08 01:00:30", "site")
    files["status/maintenances/2026-12-31-os.yaml"] = _maintenance("2026-12-31 22:00", "2027-01-01 03:00", "web")
    return files


def _team(random: Random) -> str:
    text = "name: 'A \"team\" {{ .x }} ${y}'\n"
    for line in ('slack: "#ops{{.x}}"', "email: ops@example.com", "receivers: [audit, chat]", "pages: people"):
        text += f"{line}\n" if random.random() < 0.5 else ""
    text += "support_hours: {days: fri-mon, hours: 17:00-01:00}\n" if random.random() < 0.5 else ""
    if random.random() < 0.8:
        text += SCHEDULES + NIGHTS + (f"escalation: {STEPS}\n" if random.random() < 0.8 else "")
    return text


def _service(random: Random, number: int, services: int, teams: list[str]) -> str:
    text = f"team: {random.choice(teams)}\n" if random.random() < 0.9 else ""
    text += "escalation: nights\n" if text and random.random() < 0.3 else ""
    text += random.choice(("support_hours: always\n", "support_hours: {hours: 09:00-18:00}\n", "", ""))
    others = random.sample(range(services), 2)
    text += f"depends_on: [{', '.join(f's{other}' for other in others if other != number)}]\n"
    own = random.choice(("", "", "labels: {team: team0}, ", "labels: {urgency: page}, ", "labels: {service: s1}, "))
    return text + (
        f"slos: [{{name: a, objective: 99, critical: true, group_by: [zone], sli: {{errors: e, total: t}}}}]\n"
        f"alerts: [{{{own}alert: Down{number}, expr: up == 0, urgency: page}}, {{alert: Slow{number}, expr: up < 1}}]\n"
        f"groups: [{{name: g, labels: {{sev: SEV-9}}, rules: [{{{own}alert: Odd{number}, expr: up > 2}}]}}]\n"
    )


def _maintenance(start: str, end: str, component: str) -> str:
    return f"title: T\nfrom: {start}\nuntil: {end}\ncomponents: [{component}]\nmute: true\nmessage: M\n"
