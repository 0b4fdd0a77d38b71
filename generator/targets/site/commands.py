"""Beside a command, what helps without a terminal: the service's dashboard, its deploy tool, a workflow, its logs."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence

from generator.targets.markdown import escape, link

_KINDS: tuple[tuple[re.Pattern[str], re.Pattern[str]], ...] = (
    (
        re.compile(r"dashboard|grafana|metric|prometheus|monitor|datadog"),
        re.compile(r"promql|prometheus|promtool|/api/v1/query|\bkubectl top\b|\brate\(|\bsum\("),
    ),
    (
        re.compile(r"argo|flux|deploy|release|rollout|spinnaker|octopus"),
        re.compile(r"\brollout\b|\bdeploy|\brelease|\bhelm\b|argocd|\bflux\b|replicasets?\b|set image|\bscale\b"),
    ),
    (
        re.compile(r"workflow|action|pipeline|\bci\b|jenkins|rundeck|runbook"),
        re.compile(r"\bgh (?:workflow|run)\b|workflow|pipeline|jenkins|rundeck"),
    ),
    (re.compile(r"log|kibana|loki"), re.compile(r"\blogs?\b|journalctl|logcli|\bstern\b")),
    (re.compile(r"trace|tracing|jaeger|tempo"), re.compile(r"trace|jaeger|tempo")),
    (re.compile(r"database|\bdb\b|\bsql\b"), re.compile(r"\b(?:psql|mysql|mongosh?|sqlite3|redis-cli)\b|\bpg_")),
)
"""What a link is called → the commands beside which it helps."""
_TYPED = frozenset({"", "sh", "bash", "zsh", "shell", "console", "shell-session", "promql", "sql"})
_FENCE = re.compile(r"(?P<indent> *)(?P<ticks>`{3,}|~{3,})[ \t]*\{?\.?(?P<language>[\w+-]*)")


def with_links(text: str, known: Mapping[str, str], heading: str = "Without a terminal:") -> str:
    """Markdown with a line of links below each block of commands that one of them is about.

    `known` is name → address, or the name of a thing there; `heading` stands before them. The text is in the library's
    form (`dialect`): blocks inside boxes and steps are indented by fours.
    """
    if not known:
        return text
    lines: list[str] = []
    open_: tuple[str, str, str] | None = None
    inside: list[str] = []
    for line in text.split("\n"):
        lines.append(line)
        mark = _FENCE.match(line)
        if open_ is None:
            open_, inside = (mark["indent"], mark["ticks"], mark["language"].lower()) if mark else None, []
        elif mark and mark["ticks"].startswith(open_[1]) and not line.strip(" \t`~"):
            lines += _below((open_[0], open_[2], heading), inside, known)
            open_ = None
        else:
            inside.append(line)
    return "\n".join(lines)


def _below(block: tuple[str, str, str], inside: Sequence[str], known: Mapping[str, str]) -> Iterator[str]:
    indent, language, heading = block
    if language not in _TYPED or len(indent) % 4:
        return
    command = " ".join((language, *inside)).lower()
    shown = [_shown(name, target) for name, target in known.items() if _helps(name, command)]
    if shown:
        yield ""
        yield f"{indent}{heading} {' · '.join(shown)}"
        yield ""


def _helps(name: str, command: str) -> bool:
    called = name.lower()
    if any(names.search(called) and commands.search(command) for names, commands in _KINDS):
        return True
    return any(len(word) > 3 and word in command for word in re.findall(r"[a-z0-9]+", called))


def _shown(name: str, target: str) -> str:
    address = target.startswith(("https://", "http://"))
    return link(name, target) if address else f"{escape(name)}: {escape(target)}"
