"""Blocks of code as somebody types them: prompts and answers told apart, and the variables that nobody sets."""

from __future__ import annotations

import re
from collections.abc import Iterator

from generator.analysis.runbooks.outline import Block
from generator.records import dataclass

SHELLS = frozenset({"sh", "bash", "zsh", "ksh", "shell", "console", "shell-session", "shellsession", "terminal"})
ANSWERS = frozenset({"console", "shell-session", "shellsession", "terminal"})
"""Languages of blocks in which what has no prompt in front is an answer, and `#` may be root's prompt."""
_PROMPT = re.compile(r"[ \t]*(?:[\w.@~:/\[\]-]+ ?)?[$%] (?=\S)")
_ROOTS_PROMPT = re.compile(r"[ \t]*(?:[\w.@~:/\[\]-]+ ?)?[$%#] (?=\S)")

_GIVEN = frozenset(
    re.findall(
        r"\w+",
        "HOME PATH USER LOGNAME PWD OLDPWD SHELL HOSTNAME HOSTTYPE OSTYPE MACHTYPE UID EUID GID PPID RANDOM SECONDS"
        " LINENO EDITOR VISUAL PAGER TERM LANG LC_ALL TZ IFS TMPDIR DISPLAY SHLVL BASH BASH_VERSION BASHPID PS1 REPLY"
        " EPOCHSECONDS EPOCHREALTIME PIPESTATUS FUNCNAME OPTARG OPTIND COLUMNS LINES KUBECONFIG SSH_AUTH_SOCK"
        " XDG_CONFIG_HOME XDG_CACHE_HOME XDG_RUNTIME_DIR CI GOPATH GOROOT JAVA_HOME AWS_PROFILE AWS_REGION"
        " AWS_DEFAULT_REGION",
    )
)
"""Variables that a shell, a session or a well-known tool gives."""

_SETS = re.compile(
    r"(?:^|[\s;&|({`])(?:"
    r"(?P<name>[A-Za-z_]\w*)(?:\[[^\]\n]{0,80}\])?\+?="
    r"|for[ \t]+(?P<loop>[A-Za-z_]\w*)\b"
    r"|select[ \t]+(?P<choice>[A-Za-z_]\w*)[ \t]+in\b"
    r"|(?:read|mapfile|readarray)(?P<read>(?:[ \t]+(?:-[A-Za-z]+|[\"'][^\"'\n]{0,200}[\"']|\w+))+)"
    r"|printf[ \t]+-v[ \t]+(?P<printed>[A-Za-z_]\w*)"
    r"|(?:export|local|declare|typeset|readonly|set[ \t]+-[a-zA-Z]+)(?P<declared>(?:[ \t]+-?[\w-]+)+)"
    r"|\(\([ \t]*(?P<sum>[A-Za-z_]\w*)[ \t]*=)",
    re.MULTILINE,
)
_SOURCES = re.compile(r"(?:^|[;&|({]\s*)(?:source|\.)[ \t]+[^\s=]|(?:^|[\s;&|(])(?:set[ \t]+-a|eval)\b", re.MULTILINE)
_MENTIONED = re.compile(r"\$\{?([A-Za-z_]\w*)")
_NAME = re.compile(r"[A-Za-z_]\w*")
_VARIABLE = (
    r"\$(?:(?P<plain>[A-Za-z_]\w*)|\{(?P<length>[#!]?)(?P<braced>[A-Za-z_]\w*)(?P<then>[^}\n]?[^}\n]?))|(?P<opens>\$\()"
)
_OUTSIDE = re.compile(
    rf"\\.|\$?'[^']*'|(?P<comment>(?:(?<=\s)|\A)\#[^\n]*)|(?P<double>\")|(?P<close>\))"
    rf"|<<-?[ \t]*(?P<quote>['\"\\])(?P<end>\w+)|{_VARIABLE}|(?P<group>\()",
    re.DOTALL,
)
_INSIDE = re.compile(rf"\\.|(?P<double>\")|{_VARIABLE}", re.DOTALL)
_BRACKETS = re.compile(
    r"(?<![<\w$&])<(?P<angle>[A-Za-z](?:[\w ./|-]{0,60}[\w.|])?)>|\{\{-?[ \t]*(?P<curly>[A-Za-z_]\w*)[ \t]*-?\}\}"
)
_LEFT_OUT = re.compile(r"^[ \t]*(?:\.{3}|…)[ \t]*$", re.MULTILINE)
"""A line that stands for those that are left out."""
_GO = frozenset({"end", "else", "break", "continue", "now", "println", "nl", "tab"})
"""Words between two braces that are Go's own, not somebody's."""


@dataclass(frozen=True, slots=True)
class Script:
    """What is typed of a block, line by line; `line` and `shifts` (columns cut off, a line each) lead back."""

    text: str
    line: int
    shifts: tuple[int, ...]

    @property
    def commands(self) -> Iterator[tuple[int, str]]:
        """(line, command) with lines joined where a backslash ends them; comments are left out."""
        start = 0
        parts: list[str] = []
        for number, row in enumerate(self.text.split("\n")):
            start = number if not parts else start
            bare = row.strip()
            if bare.startswith("#") and not parts:
                continue
            parts.append(bare.removesuffix("\\").strip())
            if not bare.endswith("\\"):
                yield self.line + start, " ".join(parts)
                parts = []
        if parts:
            yield self.line + start, " ".join(parts)


@dataclass(frozen=True, slots=True)
class Placeholder:
    """Something to fill in: the name of a variable, or what stands between brackets; `written` with all its signs."""

    name: str
    written: str
    line: int
    column: int


def is_shell(block: Block) -> bool:
    """Whether a block is for a shell: its language says so, or it has none and shows prompts."""
    return block.language in SHELLS or (not block.language and _prompts(block, _PROMPT))


def script(block: Block) -> Script:
    """What is typed of a block: of lines with a prompt, what follows it; the other lines are answers, and empty."""
    prompt = _ROOTS_PROMPT if block.language in ANSWERS else _PROMPT
    unprompted = "$ " not in block.text and "% " not in block.text and block.language not in ANSWERS
    if unprompted or not _prompts(block, prompt):
        rows = block.text.count("\n") + 1
        return Script(block.text, block.line, (block.column,) * rows)
    typed, shifts, goes_on = [], [], False
    for row in block.text.split("\n"):
        found = prompt.match(row)
        cut = found.end() if found else 0
        taken = row[cut:] if found or goes_on else ""
        typed.append(taken)
        shifts.append(block.column + cut)
        goes_on = taken.endswith("\\")
    return Script("\n".join(typed), block.line, tuple(shifts))


def _prompts(block: Block, prompt: re.Pattern[str]) -> bool:
    return any(prompt.match(row) for row in block.text.split("\n"))


def sets(text: str) -> Iterator[str]:
    """The variables that a script sets."""
    for match in _SETS.finditer(text):
        kind = match.lastgroup or "name"
        yield from _NAME.findall(match[kind]) if kind in ("read", "declared") else (match[kind],)


def sources(text: str) -> bool:
    """Whether a script reads another one, which may set anything."""
    return _SOURCES.search(text) is not None


def mentioned(text: str) -> frozenset[str]:
    """The names of all variables that a text may use, wherever; one that nobody gives is more than a mention."""
    return frozenset(_MENTIONED.findall(text)) - _GIVEN


def placeholders(typed: Script) -> Iterator[Placeholder]:
    """What somebody has to fill in: variables outside of single quotes and comments, `<pod>` and `{{ pod }}`."""
    for name, written, at in (*_variables(typed.text), *_bracketed(typed.text)):
        row = typed.text.count("\n", 0, at)
        column = at - (typed.text.rfind("\n", 0, at) + 1)
        yield Placeholder(name, written, typed.line + row, typed.shifts[row] + column + 1)


def _variables(text: str) -> Iterator[tuple[str, str, int]]:
    """Variables that are neither set nor given by a default, as far as one can see without being a shell."""
    if "$" not in text:
        return
    at, stack = 0, ["("]
    while match := (_INSIDE if stack[-1] == '"' else _OUTSIDE).search(text, at):
        at = match.end()
        kind = match.lastgroup
        if match["plain"] or (match["braced"] and not (match["length"] or _has_default(match["then"]))):
            name = match["plain"] or match["braced"]
            if name not in _GIVEN:
                yield name, f"${name}", match.start()
        elif kind == "double":
            stack = stack[:-1] if stack[-1] == '"' else [*stack, '"']
        elif kind in ("opens", "group"):
            stack.append("(")
        elif kind == "close" and len(stack) > 1:
            stack.pop()
        elif kind == "end":
            close = re.compile(rf"^\s*{match['end']}$", re.MULTILINE).search(text, at)
            at = close.end() if close else len(text)


def _has_default(then: str) -> bool:
    return then[:1] in ("-", "+", "=") or then in (":-", ":+", ":=")


def _bracketed(text: str) -> Iterator[tuple[str, str, int]]:
    for match in _BRACKETS.finditer(text):
        name = match["angle"] or match["curly"]
        if not (match["curly"] and name in _GO):
            yield name, match[0], match.start()


def filled(typed: str) -> str:
    """A script for shellcheck: what is to fill in between brackets becomes a word of the same length."""
    parts, at = [], 0
    for match in _BRACKETS.finditer(typed):
        parts += [typed[at : match.start()], re.sub(r"\W", "_", match[0])]
        at = match.end()
    return _LEFT_OUT.sub("", "".join([*parts, typed[at:]]))


def only_options(typed: str) -> bool:
    """Whether a script is no command, but options for one that is named elsewhere."""
    first = next((row for row in map(str.strip, typed.split("\n")) if row and not row.startswith("#")), "")
    return first.startswith("-")
