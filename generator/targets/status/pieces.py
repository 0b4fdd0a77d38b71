"""The smallest pieces of HTML: a text somebody wrote, an instant, a period. Every value in them is escaped here.

They are functions and not macros because a page has hundreds of them: a thousand pages take a third of the time.
"""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING

from generator.kinds import Localized
from generator.records import dataclass
from generator.targets.status.components import Figure
from generator.targets.status.language import Language
from generator.targets.status.markdown import to_html
from generator.times import iso_utc

if TYPE_CHECKING:
    from markupsafe import Markup


@dataclass(frozen=True, slots=True)
class Pieces:
    """The pieces in one language."""

    language: Language

    def written(self, text: Localized) -> Markup:
        """What somebody wrote, on one line; what it does to the direction of writing ends with it."""
        from markupsafe import escape

        return _safe(f"<bdi{self._foreign(text)}>{escape(self.language.text(text))}</bdi>")

    def message(self, text: Localized, root: str) -> Markup:
        """A message in Markdown; `root` leads to the root of the site."""
        html = to_html(self.language.text(text), root)
        return _safe(f'<div dir="auto"{self._foreign(text)}>{html}</div>') if html else html

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
        first, last = (_time(start, self.language.beginning(start, end)), _time(end, self.language.until(start, end)))
        length = self.language.duration(end - start)
        return _safe(f"<span>{first} – {last}</span> <span>({_escaped(length)})</span>")  # a dash of dates

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
        return _safe(f"<b>{_escaped(said)}</b>")

    def _foreign(self, text: Localized) -> str:
        """The attribute that says in which language the text is, where that is not the page's."""
        code = self.language.foreign(text)
        return "" if code is None else f' lang="{_escaped(code)}"'


def _time(at: datetime, shown: str, ident: str = "") -> Markup:
    named = f' id="{ident}"' if ident else ""
    return _safe(f'<time{named} datetime="{iso_utc(at)}">{_escaped(shown)}</time>')


def _escaped(text: str) -> str:
    from markupsafe import escape

    return str(escape(text))


def _safe(html: str) -> Markup:
    from markupsafe import Markup

    return Markup(html)  # noqa: S704  # whatever is in it has been escaped above
