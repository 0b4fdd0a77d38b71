"""The lists that pages consist of: events, days, components with their bars. Functions for the reason of `pieces`."""

from __future__ import annotations

from collections.abc import Iterable

from generator.records import dataclass
from generator.targets.status.bars import Run
from generator.targets.status.components import Row
from generator.targets.status.events import Event
from generator.targets.status.pieces import Pieces, escaped
from generator.targets.status.places import Place, component_page

DAYS = 90


@dataclass(frozen=True, slots=True)
class Lists:
    """The lists in one language. What they give is HTML."""

    pieces: Pieces

    def events(self, listed: Iterable[Event], place: Place, *, with_messages: bool = False) -> str:
        """The items of a list of events."""
        return "".join(self._event(event, place, with_messages=with_messages) for event in listed)

    def _event(self, event: Event, place: Place, *, with_messages: bool) -> str:
        page = place.home + event.page
        link = f'<a href="{page}">{self.pieces.written(event.title)}</a>'
        said = f"{self.pieces.message(event.message, place.root, page)}\n" if with_messages and event.message else ""
        return f'<li>\n<p class="title">{link}</p>\n{self.pieces.about(event)}\n{said}</li>\n'

    def days(self, runs: Iterable[Run]) -> str:
        """Days that were alike, one item each, the newest first; whatever the bar shows is in it as text."""
        return f'<ol class="plain days">\n{"".join(self._run(run) for run in reversed(tuple(runs)))}</ol>'

    def _run(self, run: Run) -> str:
        language = self.pieces.language
        share = "" if run.uptime is None else f" · {escaped(language.percent(run.uptime))}"
        word = escaped(language.word(run.status))
        days = escaped(language.dates(run.first, run.last))
        return f'<li><span>{days}</span><span class="{run.status}">{word}{share}</span></li>\n'

    def bar(self, row: Row) -> str:
        """The picture of ninety days; its text stands beside it."""
        paths = "".join(f'<path class="{status}" d="{path}"/>' for status, path in row.strokes.items())
        return f'<svg class="bar" viewBox="0 0 {DAYS} 10" preserveAspectRatio="none" aria-hidden="true">{paths}</svg>'

    def row(self, row: Row, place: Place, *, folded: bool) -> str:
        """A component as one item; where they are folded, its days and its description are on its own page."""
        ident, pieces = row.component.id, self.pieces
        page = place.home + component_page(ident)
        head = f'<a href="{page}">{pieces.written(row.component.name)}</a>{pieces.status(row.status)}'
        told = None if folded else row.component.description
        about = f'<p class="about">{pieces.written(told)}</p>\n' if told else ""
        ago, today = (f'<span aria-hidden="true">{escaped(word)}</span>' for word in self.ends())
        below = self._link(row, page) if folded else f"{ago}\n{self._details(row)}\n{today}"
        return (
            f'<li id="c-{ident}">\n<div class="head">{head}</div>\n{about}{self.bar(row)}\n'
            f'<div class="ends">{below}</div>\n</li>\n'
        )

    def ends(self) -> tuple[str, str]:
        """What stands at the ends of a bar."""
        language = self.pieces.language
        return language.many("{number} day ago", "{number} days ago", DAYS), language.say("Today")

    def _link(self, row: Row, page: str) -> str:
        trouble = self.pieces.language.many("{number} day with trouble", "{number} days with trouble", row.troubled)
        more = f" · {escaped(trouble)}" if row.troubled else ""
        return f'<a href="{page}#days">{self.pieces.uptime(row.figure)}{more}</a>'

    def _details(self, row: Row) -> str:
        label = escaped(self.pieces.language.say("day by day"))
        return (
            f"<details><summary>{self.pieces.uptime(row.figure)} · {label}</summary>\n{self.days(row.runs)}\n</details>"
        )
