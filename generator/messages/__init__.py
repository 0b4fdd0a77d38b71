"""What pages say, in the reader's language. English stands in the code; `locale/` holds what it is in others.

A message is a whole sentence or a heading with `{names}` for what differs; never a part of a sentence. Its translation
has the same names, and a test sees to it that none is missing and none is left over. A repository may lay a catalogue
of its own over these: `catalogues.py`.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import field
from datetime import datetime, timedelta, tzinfo
from functools import cache
from pathlib import Path

from generator.records import dataclass

ENGLISH = "en"
CATALOGS = Path(__file__).parent / "locale"
FILE = "LC_MESSAGES/messages.po"
Texts = Mapping[str | tuple[str, str], tuple[str, ...]]


def _one_or_other(number: int) -> int:
    """Which form English takes for a number, as most of its neighbours do."""
    return 0 if number == 1 else 1


@dataclass(frozen=True, slots=True)
class Speech:
    """A language: `code` and its texts by the English ones (of plurals by both forms)."""

    code: str
    texts: Texts = field(default_factory=dict, repr=False)
    plural: Callable[[int], int] = field(default=_one_or_other, repr=False, compare=False)
    """Which of its forms a language takes for a number."""

    def say(self, text: str, /, **values: object) -> str:
        """A message with its values, which go in as they are: on a page they are Markdown."""
        (said,) = self.texts.get(text, (text,))
        return said.format(**values) if values else said

    def many(self, one: str, other: str, number: int, /, **values: object) -> str:
        """A message about a number of things; `{number}` is that number."""
        forms, rule = self.texts.get((one, other)), self.plural
        if forms is None:
            forms, rule = (one, other), _one_or_other
        return forms[min(rule(number), len(forms) - 1)].format(number=number, **values)

    def duration(self, length: timedelta) -> str:
        """`2 days 2 hours`: the two largest units of day, hour, minute, second; the rest is cut."""
        seconds = int(abs(length).total_seconds())
        units = (
            (seconds // 86400, "{number} day", "{number} days"),
            (seconds // 3600 % 24, "{number} hour", "{number} hours"),
            (seconds // 60 % 60, "{number} minute", "{number} minutes"),
            (seconds % 60, "{number} second", "{number} seconds"),
        )
        said = [self.many(one, other, count) for count, one, other in units if count]
        return " ".join(said[:2]) or self.many("{number} second", "{number} seconds", 0)

    def weekday(self, day: datetime) -> str:
        """`Mon`."""
        return self.say("Mon Tue Wed Thu Fri Sat Sun").split()[day.weekday()]

    def weekdays(self) -> tuple[str, ...]:
        """From Monday."""
        return tuple(self.say("Mon Tue Wed Thu Fri Sat Sun").split())

    def day(self, day: datetime) -> str:
        """`24 Nov`."""
        months = self.say("Jan Feb Mar Apr May Jun Jul Aug Sep Oct Nov Dec").split()
        return self.say("{day} {month}", day=day.day, month=months[day.month - 1])

    def moment(self, instant: datetime, zone: tzinfo) -> str:
        """`Tue 24 Nov 09:00` on a zone's clock."""
        local = instant.astimezone(zone)
        return f"{self.weekday(local)} {self.day(local)} {local:%H:%M}"


@cache
def speech(code: str) -> Speech:
    """The language of a code; English for one that has no catalogue."""
    file = CATALOGS / code / FILE
    if code == ENGLISH or not file.is_file():
        return Speech(ENGLISH)
    from generator.messages.catalogues import read

    return read(file.read_text(encoding="utf-8"), code).speech


def marked(text: str) -> str:
    """The text itself: says to whoever collects messages that `say` will be asked for it later."""
    return text
