"""The smallest pieces of HTML: a text somebody wrote, an instant, a status. Every value in them is escaped here.

They are functions and not macros because pages have hundreds of them, and remember what they made, because a title or
a period stands on several pages: a thousand pages take a quarter of the time.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import field
from datetime import datetime
from functools import cache
from typing import TYPE_CHECKING

from generator.kinds import Localized
from generator.kinds.status import Update
from generator.records import dataclass
from generator.targets.status.components import Figure
from generator.targets.status.events import Event
from generator.targets.status.language import Language
from generator.targets.status.markdown import to_html
from generator.targets.status.places import Place, component_page
from generator.times import iso_utc

if TYPE_CHECKING:
    from markupsafe import Markup

LONG = 2000
"""Characters up to which lists show a message whole."""
ICONS = {
    "operational": "none",
    "under_maintenance": "maintenance",
    "degraded_performance": "minor",
    "partial_outage": "major",
    "major_outage": "critical",
}


@dataclass(frozen=True, slots=True)
class Pieces:
    """The pieces in one language; `names` are those of the components."""

    language: Language
    names_of: Mapping[str, Localized]
    _made: dict[tuple[object, ...], Markup] = field(default_factory=dict)

    def written(self, text: Localized) -> Markup:
        """What somebody wrote, on one line; what it does to the direction of writing ends with it."""
        return safe(f"<bdi{self._foreign(text)}>{escaped(self.language.text(text))}</bdi>")

    def message(self, text: Localized, root: str, page: str = "") -> Markup:
        """A message in Markdown; `root` leads to the root of the site. Nothing for a text without words.

        Where `page` is given, a very long one is only begun, with a link to that page, which has all of it.
        """
        written = self.language.text(text)
        shown = beginning(written) if page else written
        html = to_html(shown, root)
        more = f'\n<p><a href="{page}">{escaped(self.language.say("Read on"))}</a></p>' if shown != written else ""
        return safe(f'<div dir="auto"{self._foreign(text)}>{html}</div>{more}') if html else html

    def phrase(self, text: str, /, **values: object) -> Markup:
        """A message of ours with values that may be HTML: others are escaped, and so is the message."""
        from markupsafe import escape

        return escape(self.language.say(text)).format(**values)

    def moment(self, at: datetime, ident: str = "") -> Markup:
        """An instant; `ident` is the id of its element."""
        return _time(at, self.language.moment(at), ident)

    def since(self, at: datetime) -> Markup:
        """From when on."""
        return self.phrase("Since {moment}", moment=self.moment(at))

    def period(self, start: datetime, end: datetime) -> Markup:
        """From an instant to another, and how long that is."""
        made = self._made.get((start, end))
        if made is None:
            first, last = self.language.beginning(start, end), self.language.until(start, end)
            length = escaped(self.language.duration(end - start))
            pair = f"{_time(start, first)} – {_time(end, last)}"  # a dash of dates
            made = self._made[start, end] = safe(f"<span>{pair}</span> <span>({length})</span>")
        return made

    def uptime(self, figure: Figure) -> Markup:
        """`99.94% uptime in 90 days`."""
        if figure.uptime is None:
            said = self.language.say("No uptime yet")
        else:
            said = self.language.many(
                "{percent} uptime in {number} day",
                "{percent} uptime in {number} days",
                figure.counted,
                percent=self.language.percent(figure.uptime),
            )
        return safe(f"<b>{escaped(said)}</b>")

    def status(self, status: str) -> Markup:
        """A component's status."""
        return safe(f'<span class="state {status}">{icon(ICONS[status])}{escaped(self.language.word(status))}</span>')

    def impact(self, name: str) -> Markup:
        """How bad something was."""
        return safe(f'<span class="tag {name}">{escaped(self.language.word(f"impact.{name}"))}</span>')

    def names(self, idents: Iterable[str], place: Place) -> Markup:
        """Links to components."""
        known = (ident for ident in idents if ident in self.names_of)
        links = (f'<a href="{place.to(component_page(i))}">{self.written(self.names_of[i])}</a>' for i in known)
        return safe(", ".join(links))

    def updates(self, listed: Iterable[Update], root: str, page: str = "") -> Markup:
        """The items of a list of updates; very long ones are on `page`, where one is given."""
        return safe("".join(self._update(update, root, page) for update in listed))

    def _update(self, update: Update, root: str, page: str) -> str:
        said = f"<strong>{escaped(self.language.word(update.status))}</strong> {self.moment(update.at)}"
        changed = (
            f'<span class="{status}">{self.written(self.names_of[ident])}: '
            f"<b>{escaped(self.language.word(status))}</b></span>"
            for ident, status in update.components.items()
            if ident in self.names_of
        )
        changes = "".join(changed)
        below = f'<div class="changes">{changes}</div>\n' if changes else ""
        return f'<li>\n<p class="said">{said}</p>\n{self.message(update.message, root, page)}\n{below}</li>\n'

    def about(self, event: Event) -> Markup:
        """What an event was, how far it is, and when."""
        made = self._made.get((event.kind, event.id))
        if made is None:
            when = self.period(event.start, event.end) if event.end else f"<span>{self.since(event.start)}</span>"
            status = escaped(self.language.word(event.status))
            made = safe(f'<p class="meta">{self.impact(event.impact)}<span>{status}</span>{when}</p>')
            self._made[event.kind, event.id] = made
        return made

    def _foreign(self, text: Localized) -> str:
        """The attribute that says in which language the text is, where that is not the page's."""
        code = self.language.foreign(text)
        return "" if code is None else f' lang="{escaped(code)}"'


def beginning(text: str) -> str:
    """The first paragraphs of a long text, or as many words of the first as there is room for; a short one whole."""
    if len(text) <= LONG:
        return text
    ends = (text.rfind(end, 1, LONG) for end in ("\n\n", "\n", " "))
    end = next((end for end in ends if end > LONG // 4), LONG)
    return text[:end].rstrip()


def icon(indicator: str) -> str:
    """A picture of the page's sprite."""
    return f'<svg class="icon" aria-hidden="true"><use href="#{indicator}"/></svg>'


def feeds(title: str, *, calendar: bool = False) -> str:
    """For the head of a page that has feeds beside it: where readers of feeds find them."""
    found = [("atom+xml", "history.atom"), ("rss+xml", "history.rss")]
    links = [
        f'<link rel="alternate" type="application/{kind}" title="{escaped(title)}" href="{href}">'
        for kind, href in (found[1:] if calendar else found)
    ]
    if calendar:
        links.append(f'<link rel="alternate" type="text/calendar" title="{escaped(title)}" href="calendar.ics">')
    return "\n".join(links)


def _time(at: datetime, shown: str, ident: str = "") -> Markup:
    named = f' id="{ident}"' if ident else ""
    return safe(f'<time{named} datetime="{iso_utc(at)}">{escaped(shown)}</time>')


@cache
def escaped(text: str) -> str:
    """Text as it stands in HTML and in attributes."""
    from markupsafe import escape

    return str(escape(text))


def safe(html: str) -> Markup:
    """HTML in which every value has been escaped."""
    from markupsafe import Markup

    return Markup(html)  # noqa: S704  # see above
