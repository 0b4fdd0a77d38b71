"""Templates in labels and annotations of pasted rules: one fault there, and Prometheus refuses the whole file."""

from __future__ import annotations

import re
from collections.abc import Iterator

from generator.catalog import Catalog
from generator.checks.base import check
from generator.context import Context
from generator.findings import Finding, did_you_mean
from generator.kinds.service import Alert

ACTION = re.compile(r"\{\{(.*?)\}\}", re.DOTALL)
TEXT = re.compile(r'"(?:[^"\\\n]|\\.)*"|`[^`]*`|/\*.*?\*/', re.DOTALL)
"""Strings and comments inside an action: no variable is read there."""
VARIABLE = re.compile(r"\$([A-Za-z_]\w*)")
DECLARED = re.compile(r"\$([A-Za-z_]\w*)(?:\s*,\s*\$([A-Za-z_]\w*))?\s*:=")
KNOWN = frozenset({"labels", "value", "externalLabels", "externalURL"})
"""What Prometheus declares for every template of an alerting rule."""


@check("alert/template")
def template(catalog: Catalog, context: Context) -> Iterator[Finding]:
    """A template in a label or an annotation names a variable that there is not, or does not end.

    Prometheus refuses the whole rule file then, and with it every alert in it. Templates of alerting rules have
    `$labels`, `$value`, `$externalLabels` and `$externalURL`, and what they declare themselves with `:=`.
    """
    for alert in catalog.all(Alert):
        for part in ("labels", "annotations"):
            for key, text in getattr(alert, part).items():
                for fault, hint in faults(text):
                    yield alert.finding(part, key, message=f"{key} of alert {alert.name} {fault}", hint=hint)


def faults(text: str) -> Iterator[tuple[str, str]]:
    """What is wrong with a template, in words that follow its name, with a hint."""
    actions = [TEXT.sub('""', action) for action in ACTION.findall(text)]
    if "{{" in ACTION.sub("", text):
        yield "has a '{{' that no '}}' closes", 'close it, or write {{ "{{" }} for the text'
    declared = {name for action in actions for match in DECLARED.finditer(action) for name in match.groups() if name}
    unknown = {name: None for action in actions for name in VARIABLE.findall(action) if name not in KNOWN | declared}
    for name in unknown:
        near = did_you_mean(f"${name}", [f"${each}" for each in (*KNOWN, *declared)])
        yield f"uses ${name}, which no template has", near or "there are $labels, $value, $externalLabels, $externalURL"
