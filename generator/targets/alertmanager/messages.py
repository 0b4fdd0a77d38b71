"""What notifications say, as Alertmanager's Go templates. A group holds alerts of one name: the first one leads."""

from __future__ import annotations

from collections.abc import Mapping


def _first(field: str) -> str:
    return f"{{{{ with index .Alerts 0 }}}}{{{{ {field} }}}}{{{{ end }}}}"


SUMMARY = _first("or .Annotations.summary .Labels.alertname")
TITLE = '{{ if eq .Status "resolved" }}Resolved: {{ end }}' + SUMMARY
LINK = _first(".Annotations.runbook_url")

TEXT = """\
{{ range .Alerts }}{{ with .Labels.sev }}*{{ . }}* {{ end }}{{ .Annotations.description }}
{{ with .Annotations.first_steps }}{{ . }}
{{ end }}{{ with .Annotations.dashboard }}<{{ . }}|Dashboard>
{{ end }}{{ end }}"""


def text(mention: str = "") -> str:
    """The text of a message that mentions somebody, which is a template already; resolved alerts call nobody."""
    return f'{{{{ if ne .Status "resolved" }}}}{mention}\n{{{{ end }}}}{TEXT}' if mention else TEXT


DETAILS: Mapping[str, str] = {
    "description": _first(".Annotations.description"),
    "first_steps": _first(".Annotations.first_steps"),
    "runbook": LINK,
    "dashboard": _first(".Annotations.dashboard"),
    "sev": _first(".Labels.sev"),
}
"""What stands under a PagerDuty incident."""
