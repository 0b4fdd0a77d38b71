"""One language of the page: its words, and how it writes numbers, days and hours. No locale of the machine is read."""

from __future__ import annotations

import datetime as dt
import re
from dataclasses import field
from datetime import datetime, timedelta, tzinfo
from decimal import Decimal
from fractions import Fraction
from functools import cache
from typing import TYPE_CHECKING

from generator.kinds import Localized
from generator.messages import ENGLISH, Speech
from generator.records import dataclass
from generator.targets.status.words import WORDS

if TYPE_CHECKING:
    from babel import Locale

_MINUS = "\N{MINUS SIGN}"
_SPACE = "\N{NO-BREAK SPACE}"
"""Between an hour and its offset, and a number and its unit: a line never ends there."""
_CONTROLS = re.compile("[\0-\x08\x0b\x0c\x0e-\x1f\x85\ufffe\uffff]")
_WORLD = "en_001"
"""English of no country: days before months. It is also what stands in for a language that nobody has described."""


@dataclass(frozen=True, slots=True)
class Language:
    """`default` is the first of the page's languages; `zone` is the page's."""

    code: str
    default: str
    zone: tzinfo
    speech: Speech = field(default=Speech(ENGLISH), compare=False)
    """Its words; English where it has none."""

    @property
    def name(self) -> str:
        """What it calls itself: `Español`."""
        locale = _locale(self.code)
        known = locale.get_display_name() if locale.language == self.code.split("-")[0] else None
        return _capital("English" if self.code == ENGLISH else known or self.code)

    @property
    def direction(self) -> str:
        """`rtl` or `ltr`."""
        return _direction(self.code)

    def say(self, text: str, /, **values: object) -> str:
        """A message, named by its English text, with its values."""
        return self._apart(text, self.speech.say(text, **values))

    def word(self, key: str) -> str:
        """The word for a status, an impact (`impact.minor`) or the whole, by its key; KeyError for another."""
        return self.say(WORDS[key])

    def many(self, one: str, other: str, number: int, /, **values: object) -> str:
        """A message about a number of things, by both of its English forms."""
        return self._apart((one, other), self.speech.many(one, other, number, **values))

    def _apart(self, message: str | tuple[str, str], said: str) -> str:
        """A message that stays English on a page from right to left is kept from the direction around it."""
        if self.direction == "ltr" or message in self.speech.texts:
            return said
        return f"\N{LEFT-TO-RIGHT ISOLATE}{said}\N{POP DIRECTIONAL ISOLATE}"

    def text(self, written: Localized) -> str:
        """What somebody wrote, in this language where they did."""
        return shown(written.text(self.code, self.default))

    def foreign(self, written: Localized) -> str | None:
        """The language that `text` gives where it is another one than the page's."""
        if self.code in written:
            return None
        used = self.default if self.default in written or "" in written else next(iter(written), self.default)
        return None if used == self.code else used

    def percent(self, share: Fraction) -> str:
        """Rounded down to hundredths: only what never failed is called 100%."""
        return _percent(self.code, int(share * 10_000), 0 if share in {0, 1} else 2)

    def weight(self, share: Fraction) -> str:
        """A setting's share as it was written, without zeros at its end."""
        from babel.numbers import format_percent

        return format_percent(Decimal(f"{float(share):.12g}"), locale=_locale(self.code), decimal_quantization=False)

    def date(self, day: dt.date) -> str:
        """`14 Oct 2026`."""
        return _date(self.code, day, "yMMMd")

    def month(self, day: dt.date) -> str:
        """`October 2026`."""
        return _capital(_date(self.code, day, "yMMMM"))

    def dates(self, first: dt.date, last: dt.date) -> str:
        """`14 Oct 2026`, or a span of days, both included."""
        return self.date(first) if first == last else f"{self.date(first)} – {self.date(last)}"  # a dash of dates

    def moment(self, at: datetime) -> str:
        """`14 Oct 2026, 10:12 UTC−3`."""
        local = at.astimezone(self.zone)
        return f"{self.date(local.date())}, {self.clock(at)}{_SPACE}{offset(local)}"

    def clock(self, at: datetime) -> str:
        """`10:12`."""
        local = at.astimezone(self.zone)
        return f"{local.hour:02}:{local.minute:02}"

    def until(self, start: datetime, end: datetime) -> str:
        """The end of a span whose beginning is shown: the hour alone on the same day."""
        one, other = start.astimezone(self.zone), end.astimezone(self.zone)
        same = one.date() == other.date() and one.utcoffset() == other.utcoffset()
        return f"{self.clock(end)}{_SPACE}{offset(other)}" if same else self.moment(end)

    def beginning(self, start: datetime, end: datetime) -> str:
        """The beginning of a span whose end is shown: the offset is not said twice."""
        one, other = start.astimezone(self.zone), end.astimezone(self.zone)
        if one.utcoffset() != other.utcoffset():
            return self.moment(start)
        return f"{self.date(one.date())}, {self.clock(start)}"

    def duration(self, length: timedelta) -> str:
        """`1 h 20 min`: the two largest units, rounded down; a minute at least."""
        minutes = max(int(length.total_seconds()) // 60, 1)
        units = (
            (minutes // 1440, self.say("{number} d", number=minutes // 1440)),
            (minutes // 60 % 24, self.say("{number} h", number=minutes // 60 % 24)),
            (minutes % 60, self.say("{number} min", number=minutes % 60)),
        )
        first = next(index for index, (number, _) in enumerate(units) if number)
        return _SPACE.join(said.replace(" ", _SPACE) for number, said in units[first : first + 2] if number)


def shown(text: str) -> str:
    """What somebody wrote, with a sign in the place of control characters, which HTML lacks; some are spaces."""
    return _CONTROLS.sub(lambda found: " " if found[0].isspace() else "\N{REPLACEMENT CHARACTER}", text)


def offset(local: datetime) -> str:
    """`UTC−3`, `UTC+5:30`, `UTC`."""
    seconds = int((local.utcoffset() or timedelta()).total_seconds())
    hours, minutes = divmod(abs(seconds) // 60, 60)
    shown = f"{hours}:{minutes:02}" if minutes else str(hours)
    return "UTC" if shown == "0" else f"UTC{'+' if seconds > 0 else _MINUS}{shown}"


@cache
def _direction(code: str) -> str:
    return _locale(code).text_direction


@cache
def _locale(code: str) -> Locale:
    """What the Unicode consortium knows of a language, of the language alone where not of its country."""
    from babel import Locale, UnknownLocaleError

    for known in (_WORLD if code == ENGLISH else code, code.split("-", maxsplit=1)[0]):
        try:
            return Locale.parse(known.replace("-", "_"))
        except (UnknownLocaleError, ValueError):
            continue
    return Locale.parse(_WORLD)


@cache
def _date(code: str, day: dt.date, skeleton: str) -> str:
    from babel.dates import format_skeleton

    moment = datetime(day.year, day.month, day.day)  # noqa: DTZ001  # a day, of no zone
    return format_skeleton(skeleton, moment, locale=_locale(code))


@cache
def _percent(code: str, hundredths: int, digits: int) -> str:
    from babel.numbers import format_percent

    locale = _locale(code)
    pattern = locale.percent_formats[None].pattern.replace("##0", "##0" + ".00"[: digits and digits + 1])
    return format_percent(Decimal(hundredths) / 10_000, format=pattern, locale=locale)


def _capital(text: str) -> str:
    """As a heading begins."""
    return text[:1].upper() + text[1:]
