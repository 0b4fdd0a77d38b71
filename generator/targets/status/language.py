"""One language of the page: its words, and how it writes numbers, days and hours. No locale of the machine is read."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta, tzinfo
from fractions import Fraction

from generator.kinds import Localized
from generator.targets.status.messages import MESSAGES

_RIGHT_TO_LEFT = frozenset({"ar", "dv", "fa", "he", "ps", "sd", "ug", "ur", "yi"})
_MINUS = "\N{MINUS SIGN}"
_SPACE = "\N{NO-BREAK SPACE}"
"""Between an hour and its offset, and a number and its unit: a line never ends there."""


@dataclass(frozen=True, slots=True)
class Language:
    """`default` is the first of the page's languages; `zone` is the page's."""

    code: str
    default: str
    zone: tzinfo

    @property
    def texts(self) -> Mapping[str, str]:
        """The table of its words; English where there is none."""
        return MESSAGES.get(self.code, MESSAGES["en"])

    @property
    def direction(self) -> str:
        """`rtl` or `ltr`."""
        return "rtl" if self.code.split("-")[0] in _RIGHT_TO_LEFT else "ltr"

    def say(self, key: str, **values: object) -> str:
        """The text of a key with its values; KeyError for a key or value that is missing."""
        text = self.texts[key]
        return text.format(**values) if values else text

    def count(self, key: str, number: int) -> str:
        """The text for a number of things."""
        return self.say(f"{key}.{'one' if number == 1 else 'other'}", count=number)

    def text(self, written: Localized) -> str:
        """What somebody wrote, in this language where they did."""
        return written.text(self.code, self.default)

    def foreign(self, written: Localized) -> str | None:
        """The language that `text` gives where it is another one than the page's."""
        if self.code in written:
            return None
        used = self.default if self.default in written or "" in written else next(iter(written), self.default)
        return None if used == self.code else used

    def percent(self, share: Fraction) -> str:
        """Rounded down to hundredths: only what never failed is called 100%."""
        whole, hundredths = divmod(int(share * 10_000), 100)
        number = str(whole) if share in {0, 1} else f"{whole}{self.say('decimal')}{hundredths:02}"
        return self.say("percent", number=number)

    def weight(self, share: Fraction) -> str:
        """A setting's share as it was written, without zeros at its end."""
        digits = f"{float(share * 100):g}".replace(".", self.say("decimal"))
        return self.say("percent", number=digits)

    def date(self, day: dt.date) -> str:
        """`14 Oct 2026`."""
        return self.say("date", day=day.day, month=self.say("months.short").split()[day.month - 1], year=day.year)

    def month(self, day: dt.date) -> str:
        """`October 2026`."""
        return self.say("month", name=self.say("months").split()[day.month - 1], year=day.year)

    def dates(self, first: dt.date, last: dt.date) -> str:
        """`14 Oct 2026`, or a span of days, both included."""
        return self.date(first) if first == last else self.say("span", start=self.date(first), end=self.date(last))

    def moment(self, at: datetime) -> str:
        """`14 Oct 2026, 10:12 UTC−3`."""
        local = at.astimezone(self.zone)
        return f"{self.say('moment', date=self.date(local), clock=self.clock(at))}{_SPACE}{offset(local)}"

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
        return self.say("moment", date=self.date(one), clock=self.clock(start))

    def duration(self, length: timedelta) -> str:
        """`1 h 20 min`: the two largest units, rounded down; a minute at least."""
        minutes = max(int(length.total_seconds()) // 60, 1)
        units = (("day_count", minutes // 1440), ("hours", minutes // 60 % 24), ("minutes", minutes % 60))
        first = next(index for index, (_, number) in enumerate(units) if number)
        return _SPACE.join(self.say(key, count=number) for key, number in units[first : first + 2] if number)


def offset(local: datetime) -> str:
    """`UTC−3`, `UTC+5:30`, `UTC`."""
    seconds = int((local.utcoffset() or timedelta()).total_seconds())
    hours, minutes = divmod(abs(seconds) // 60, 60)
    shown = f"{hours}:{minutes:02}" if minutes else str(hours)
    return "UTC" if shown == "0" else f"UTC{'+' if seconds > 0 else _MINUS}{shown}"
