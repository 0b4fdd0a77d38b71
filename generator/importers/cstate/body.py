"""The body of an issue as the updates in it: by `{{< track "…" >}}`, by hours on lines of their own, by their words."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from datetime import datetime, tzinfo

from generator.importers.cstate.front import moment
from generator.importers.status_page.texts import markdown
from generator.records import dataclass

TRACK = re.compile(r"\{\{[<%]\s*track\s+[\"'\u201c]?(?P<time>[^\"'\u201d<>%{}]{0,60})[\"'\u201d]?\s*[>%]\}\}")
SHORTCODE = re.compile(r"\{\{[<%].{0,200}?[>%]\}\}")
_COMMENT = re.compile(r"<!--.*?(?:-->|\Z)", re.DOTALL)
_LABEL = re.compile(
    r"(?:(?P<mark>\*{1,3}|_{1,2})(?P<word>[^*_\n\[\]:]{2,40}?)\s?(?P<colon>:?)(?P=mark)|\[(?P<bracket>[^\]\n]{2,40})\](?!\())"
    r"[ \t]*(?P<tail>[-:\u2013\u2014]+(?:\s+|\Z)|(?=\n|\Z))?\s*"
)
_TIME_ALONE = re.compile(
    r"(?:#{1,6} |\*{1,2})?(?P<time>\d{4}-\d{2}-\d{2}[T ]+\d{2}:\d{2}(?::\d{2})?(?: ?(?:Z|UTC|GMT|[+-]\d{2}:?\d{2}))?)"
    r"\*{0,2}:?"
)
_ENDS = re.compile(r"[ \t.*_]{0,9}(?:\n|\Z)")
_IN_PHRASE = re.compile(r"(?i)\b(?:resolved|fixed|monitoring|identified|investigating|resuelto)\b")
_RULE = re.compile(r"(?:-\s*){3,}|(?:\*\s*){3,}|(?:_\s*){3,}")
_HEADING = re.compile(r"(?m)^#{1,6}[ \t]+(.+?)[ \t#]*$")
_IMAGE = re.compile(r"!\[([^\]\n]{0,200})\]\((https?://[^\s()]{1,500})[^()\n]{0,200}\)")
INITIAL = "initial"
WORDS: Mapping[str, str] = {
    "investigating": "investigating", "investigation": "investigating", "issue": "investigating",
    "reported": "investigating", "identified": "identified", "cause": "identified", "in progress": "identified",
    "monitoring": "monitoring", "watching": "monitoring", "fix": "monitoring", "mitigated": "monitoring",
    "resolved": "resolved", "fixed": "resolved", "solved": "resolved", "completed": "resolved",
    "complete": "resolved", "done": "resolved", "final message": "resolved", "finished": "resolved",
    "closed": "resolved", "post-mortem": "postmortem", "postmortem": "postmortem", "post mortem": "postmortem",
    "initial message": INITIAL, "initial report": INITIAL, "soon": INITIAL, "starting": INITIAL, "started": INITIAL,
    "planned": INITIAL, "scheduled": INITIAL, "update": "", "updated": "", "status update": "",
    "investigando": "investigating", "identificado": "identified", "monitoreando": "monitoring",
    "supervisando": "monitoring", "resuelto": "resolved", "solucionado": "resolved", "completado": "resolved",
    "actualizaci\u00f3n": "",
}  # fmt: skip
"""What a word at the beginning of an update says; nothing: what the update before it said."""


@dataclass(slots=True)
class Piece:
    """An update as it stands in the body: when, which word, and what is said. What is not written is empty."""

    at: datetime | None
    word: str
    text: str


@dataclass(slots=True)
class _Open:
    """The update that is being read."""

    lines: list[str]
    at: datetime | None = None


def pieces(body: str, zone: tzinfo) -> list[Piece]:
    """The updates in the order of the body."""
    text = _COMMENT.sub("", body)
    found = [_piece(at, part) for at, part in _parts(text, zone) if part.strip() or at is not None]
    return [each for each in found if each.text or each.word or each.at]


def has_comment(body: str) -> bool:
    """Whether something is written in it that nobody was shown."""
    return _COMMENT.search(body) is not None


def _parts(text: str, zone: tzinfo) -> Iterator[tuple[datetime | None, str]]:
    """Time and text of each; a time stands behind its text, or in front of it where text follows on its line."""
    tracks = list(TRACK.finditer(text))
    behind = sum(_ENDS.match(text, each.end()) is not None for each in tracks)
    leads = behind * 2 < len(tracks)
    titled = 0 < len(_HEADING.findall(text)) <= len(tracks)
    open_ = _Open([])
    for paragraph in _paragraphs(text):
        alone = _TIME_ALONE.fullmatch(paragraph)
        starts = alone or _RULE.fullmatch(paragraph) or _label(paragraph) or (titled and _HEADING.match(paragraph))
        if starts and open_.lines:
            yield open_.at, "\n\n".join(open_.lines)
            open_ = _Open([])
        if alone:
            open_.at = moment(alone["time"], zone)
        elif not _RULE.fullmatch(paragraph):
            yield from _tracked(paragraph, open_, zone, leads=leads)
    if open_.lines or open_.at:
        yield open_.at, "\n\n".join(open_.lines)


def _tracked(paragraph: str, open_: _Open, zone: tzinfo, *, leads: bool) -> Iterator[tuple[datetime | None, str]]:
    """Puts a paragraph to the open update, and gives those that it ends."""
    at = 0
    for track in TRACK.finditer(paragraph):
        before = paragraph[at : track.start()].strip()
        label, at = _label(before), track.end()
        ahead = [before] if leads and label is not None and label.end() == len(before) else []
        _put(open_, "" if ahead else before)
        if leads:
            if open_.lines or open_.at:
                yield open_.at, "\n\n".join(open_.lines)
            open_.lines, open_.at = ahead, moment(track["time"], zone)
        else:
            yield moment(track["time"], zone) or open_.at, "\n\n".join(open_.lines)
            open_.lines, open_.at = [], None
    _put(open_, paragraph[at:])


def _put(open_: _Open, text: str) -> None:
    if text.strip():
        open_.lines.append(text.strip())


def _paragraphs(text: str) -> Iterator[str]:
    """Blank lines and rules divide; inside a fence nothing does."""
    held: list[str] = []
    fenced = False
    for line in [*text.split("\n"), ""]:
        fenced ^= line.lstrip().startswith("```")
        divides = not fenced and (not line.strip() or _RULE.fullmatch(line.strip()) is not None)
        if divides and held:
            yield "\n".join(held).strip("\n")
            held = []
        if divides and line.strip():
            yield line.strip()
        elif not divides:
            held.append(line.rstrip())
    if held:
        yield "\n".join(held).strip("\n")


def _label(text: str) -> re.Match[str] | None:
    """What an update begins with, where that is a word that says how far it is, and stands apart from the text."""
    found = _LABEL.match(text)
    if found is None or (_word(found) is None and not _phrase(found)):
        return None
    return found if found["colon"] or found["bracket"] or found["tail"] is not None else None


def _word(label: re.Match[str]) -> str | None:
    said = (label["word"] or label["bracket"]).strip(" :.!-").lower()
    if label["bracket"] and said.startswith("update"):
        said = "update"
    return WORDS.get(said)


def _phrase(label: re.Match[str]) -> str:
    """The word of a longer phrase in front of the text, "The issue has been resolved:"; it stays part of the text."""
    found = _IN_PHRASE.search(label["word"] or "") if label["colon"] else None
    return WORDS[found.group().lower()] if found is not None else ""


def _piece(at: datetime | None, text: str) -> Piece:
    text = text.strip()
    label = _label(text)
    if label is None:
        return Piece(at, "", _shown(text))
    word = _word(label)
    return Piece(at, _phrase(label) if word is None else word, _shown(text if word is None else text[label.end() :]))


def _shown(text: str) -> str:
    """As our page shows it: it has no headings inside a message, and no pictures."""
    return markdown(_HEADING.sub(r"**\1**", _IMAGE.sub(r"[\1](\2)", text)))
