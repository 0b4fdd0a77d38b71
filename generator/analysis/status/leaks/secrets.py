"""Secrets in a text: keys and tokens by their well-known forms, passwords in addresses."""

from __future__ import annotations

import re
from collections.abc import Iterator

from generator.analysis.status.leaks.leak import Leak, has_any

HINT = "take it out and have it replaced: whoever could read this file has it"
SHOWN = 6
"""So many characters of a secret are shown: enough to find it, too few to use it."""

# Repetitions have limits: a text is up to a mebibyte, and nobody may keep a check busy with one.
_FORMS = re.compile(
    r"""
    -----BEGIN[ A-Z]{0,30}PRIVATE\ KEY
    | \b(?:AKIA|ASIA)[0-9A-Z]{16}\b
    | \bgh[pousr]_[A-Za-z0-9]{20,} | \bgithub_pat_\w{20,} | \bglpat-[\w-]{16,}
    | \bxox[abeoprs]-[\w-]{12,} | \bxapp-[\w-]{12,}
    | \b[sr]k_(?:live|test)_[A-Za-z0-9]{10,} | \bsk-(?:ant-|proj-)?(?=[\w-]{0,60}?[0-9])[\w-]{24,}
    | \bAIza[\w-]{35} | \bnpm_[A-Za-z0-9]{30,} | \bSG\.[\w-]{16,99}\.[\w-]{16,}
    | \bhvs\.[\w-]{20,} | \bdckr_pat_[\w-]{20,}
    | \beyJ[\w-]{13,2000}\.eyJ[\w-]{8,2000}\.[\w-]+
    | \bBearer\ {1,9}(?=\S{0,200}?[0-9])[\w.~+/-]{16,}
    """,
    re.VERBOSE,
)
# One of these is in whatever the pattern finds: looking for them first is fifty times as fast, and few texts have any.
_SIGNS = (
    *("PRIVATE KEY", "AKIA", "ASIA", "ghp_", "gho_", "ghu_", "ghs_", "ghr_", "github_pat_", "glpat-", "xox", "xapp-"),
    *("_live_", "_test_", "sk-", "AIza", "npm_", "SG.", "hvs.", "dckr_pat_", "eyJ", "Bearer "),
)
_ASSIGNED_SIGNS = ("passw", "pwd", "contrase", "secret", "token", "api_key", "api-key", "apikey")
_HOOK = re.compile(
    r"(?i)https?://(?:hooks\.slack\.com/|discord(?:app)?\.com/api/webhooks/|[\w.-]{0,200}webhook\.office\.com/)[^\s)>\]]+"
)
_ASSIGNED = re.compile(
    r"(?i)(?:password|passwd|pwd|contrase\u00f1a|secret|token|api[_-]?key)\s?[=:]\s?"
    r"(?P<secret>(?=[^\s&]{0,200}?[0-9])(?=[^\s&]{0,200}?[a-z])[^\s&<>\"')(\]]{8,200})"
)
_PASSWORD = re.compile(r"(?i)://[^\s/@:]{0,200}:(?P<secret>[^\s/@]{1,200})@")
_SIGNED = re.compile(r"(?i)[?&](?:[\w-]{0,30}(?:token|secret|signature|api[_-]?key)|sig)=(?P<secret>[\w%.~+/-]{8,})")


def secrets_written(text: str) -> Iterator[Leak]:
    """What opens something for whoever reads it."""
    for found in _FORMS.finditer(text) if has_any(text, _SIGNS) else ():
        yield _leak(found, 0, "what looks like a secret key or token")
    if "://" in text:
        for found in _HOOK.finditer(text):
            yield _leak(found, 0, "the secret address of a chat's hook")
        for pattern in (_PASSWORD, _SIGNED):
            for found in pattern.finditer(text):
                yield _leak(found, "secret", "an address with a password or token in it")
    for found in _ASSIGNED.finditer(text) if has_any(text.lower(), _ASSIGNED_SIGNS) else ():
        if "://" not in found["secret"]:
            yield _leak(found, "secret", "a password or token")


def _leak(found: re.Match[str], part: int | str, what: str) -> Leak:
    return Leak(*found.span(part), f"{found[part][:SHOWN]}…", what, HINT)
