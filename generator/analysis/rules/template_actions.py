"""Go templates as Prometheus reads them: the actions of a text, and what stands in them."""

from __future__ import annotations

import re
from collections.abc import Iterator

from generator.records import dataclass

_STRINGS = r'"(?:[^"\\\n]|\\.)*+"|`[^`]*+`|\'(?:[^\'\\\n]|\\.)*+\'|/\*.*?\*/'
_TEXT = re.compile(_STRINGS, re.DOTALL)
"""Strings and comments inside an action: nothing is read there."""
ACTION = re.compile(rf"\{{\{{((?>{_STRINGS}|.)*?)\}}\}}", re.DOTALL)
"""Braces inside of strings end none."""
DECLARED = re.compile(r"\$([A-Za-z_]\w*)(?:\s*,\s*\$([A-Za-z_]\w*))?\s*:?=(?!=)")
VARIABLES = frozenset({"labels", "value", "externalLabels", "externalURL"})
"""What Prometheus declares for every template of an alerting rule."""
FIELDS = frozenset({"Labels", "Value", "ExternalLabels", "ExternalURL"})
"""What the dot has, outside of range and with."""
KEYWORDS = frozenset(
    {"if", "else", "end", "range", "with", "define", "template", "block", "break", "continue", "nil", "true", "false"}
)
_BUILT_IN = "and call eq ge gt html index js le len lt ne not or print printf println slice urlquery"
_PROMETHEUS = """
args externalURL first graphLink humanize humanize1024 humanizeDuration humanizePercentage humanizeTimestamp label match
now parseDuration pathPrefix query reReplaceAll safeHtml sortByLabel strvalue stripDomain stripPort tableLink title
tmpl toDuration toLower toTime toUpper urlQueryEscape value
"""
FUNCTIONS = frozenset(_BUILT_IN.split()) | frozenset(_PROMETHEUS.split())
_OPENS = frozenset({"if", "range", "with", "define", "block"})
_MOVES_DOT = frozenset({"range", "with", "define", "block", "template"})
_WORD = re.compile(r"(?<![\w.$])[A-Za-z_]\w*")


@dataclass(frozen=True, slots=True)
class Action:
    """What stands between `{{` and `}}`; strings and comments are blank in `text`, and every place is kept."""

    offset: int
    text: str

    @property
    def keyword(self) -> str:
        """The word that it begins with, if that is one of the language's."""
        found = _WORD.search(self.text)
        word = found.group() if found and not self.text[: found.start()].strip("- \t\n") else ""
        return word if word in KEYWORDS else ""

    def words(self) -> Iterator[tuple[int, str]]:
        """The names without a dot or a dollar, which are functions, with their offsets in the whole text."""
        for found in _WORD.finditer(self.text):
            if found.group() not in KEYWORDS:
                yield self.offset + found.start(), found.group()

    def finds(self, pattern: re.Pattern[str]) -> Iterator[tuple[int, re.Match[str]]]:
        """Where a pattern stands in it, by offsets in the whole text."""
        for found in pattern.finditer(self.text):
            yield self.offset + found.start(), found


def actions(text: str) -> list[Action]:
    """The actions of a template, in order."""
    return [Action(each.start(1), _TEXT.sub(_blank, each[1])) for each in _found(text)]


def _found(text: str) -> Iterator[re.Match[str]]:
    """Every action. Behind a `{{` that nothing closes there are none: the rest is looked through once."""
    at = text.find("{{")
    while at >= 0 and (found := ACTION.match(text, at)) is not None:
        yield found
        at = text.find("{{", found.end())


def _blank(found: re.Match[str]) -> str:
    length = len(found.group())
    return '"' + " " * (length - 2) + '"' if length > 1 else " "


def without_actions(text: str) -> str:
    """The text with blanks in place of its actions."""
    rest, at = [], 0
    for each in _found(text):
        rest += [text[at : each.start()], " " * len(each.group())]
        at = each.end()
    return "".join((*rest, text[at:]))


def unclosed(text: str) -> int | None:
    """The offset of a `{{` that nothing closes."""
    at = without_actions(text).find("{{")
    return None if at < 0 else at


def blocks(found: list[Action]) -> tuple[list[Action], list[Action]]:
    """The actions that open a block which nothing ends, and the `end`s that end none."""
    opened: list[Action] = []
    surplus: list[Action] = []
    for each in found:
        if each.keyword in _OPENS:
            opened.append(each)
        elif each.keyword == "end" and opened:
            opened.pop()
        elif each.keyword == "end":
            surplus.append(each)
    return opened, surplus


def leaves_no_range(found: list[Action]) -> Iterator[Action]:
    """Every `break` and `continue` that is in no `range`."""
    opened: list[str] = []
    for each in found:
        if each.keyword in _OPENS:
            opened.append(each.keyword)
        elif each.keyword == "end":
            del opened[-1:]
        elif each.keyword in ("break", "continue") and "range" not in opened:
            yield each


def moves_dot(found: list[Action]) -> bool:
    """Whether the dot may stand for something else than the alert somewhere."""
    return any(each.keyword in _MOVES_DOT for each in found)


def declared(found: list[Action]) -> frozenset[str]:
    """The variables that a template makes itself."""
    names = (name for each in found for match in DECLARED.finditer(each.text) for name in match.groups())
    return frozenset(name for name in names if name)
