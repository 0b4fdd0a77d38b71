"""What helped in an incident: the rows of its timeline around the one that ended the trouble."""

from __future__ import annotations

from typing import TYPE_CHECKING

from generator.analysis.postmortems.timeline import Event, timeline

if TYPE_CHECKING:
    from generator.catalog import Catalog
    from generator.kinds.postmortem import Postmortem

_AFTER = 3
"""More rows after the trouble tell how it was announced that it is over."""


def what_helped(catalog: Catalog, postmortem: Postmortem) -> tuple[Event, ...]:
    """What was done last before the impact ended, the row that says so, and what came after, up to the resolution.

    The end is the row that marks the mitigation, else the first one at the moment that front matter names, else the row
    that marks the resolution. Empty where the timeline has none of them.
    """
    found = timeline(catalog, postmortem)
    end = _end(found.events, postmortem)
    if end is None:
        return ()
    last = next((index for index, event in enumerate(found.events) if "resolved" in event.moments), end)
    return found.events[max(end - 1, 0) : max(end, min(last, end + _AFTER)) + 1]


def _end(events: tuple[Event, ...], postmortem: Postmortem) -> int | None:
    marked = {name: index for index, event in reversed(list(enumerate(events))) for name in event.moments}
    if "mitigated" in marked:
        return marked["mitigated"]
    at = postmortem.mitigated or postmortem.resolved
    by_time = (
        index for index, event in enumerate(events) if at is not None and event.at is not None and event.at >= at
    )
    return next(by_time, marked.get("resolved"))
