"""Whether the times that a postmortem and its status incident write out agree with the moments of the timeline."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from datetime import datetime, time, timedelta
from typing import TYPE_CHECKING

from generator import times
from generator.analysis.postmortems.timeline import place_of, timeline
from generator.analysis.postmortems.written_dates import dates_in
from generator.analysis.postmortems.written_times import Duration, apart, durations_in, hours_in
from generator.findings import Ref
from generator.kinds.postmortem_summary import summary
from generator.kinds.status import StatusIncident
from generator.records import dataclass

if TYPE_CHECKING:
    from generator.catalog import Catalog
    from generator.documents.fields import Field
    from generator.kinds.postmortem import Postmortem

Moments = Mapping[str, datetime]
ENDS = ("mitigated", "resolved")
MINUTE = timedelta(minutes=1)
PUBLIC = timedelta(minutes=5)
"""What the public is told is rounded; whoever resolves writes it some minutes later."""
LATE = timedelta(hours=1)
_UNTIL = re.compile(r"[^.;,()0-9]{0,30}?\b(?:until|to|till|hasta)\b[^.;,()0-9]{0,12}?\b(mitiga|resol)", re.IGNORECASE)
_SINCE = re.compile(r"\b(mitiga|resol|resuel)\w*[ ]+(?:after|in|within|tras|después de|en|a los)[ ]+$", re.IGNORECASE)
_UTC = re.compile(r"\s*\(?UTC\b")
_LATER = re.compile(r"[ ]*(?:after|later|después|más tarde)\b", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Disagreement:
    """A time that is written in two ways. `message` says both."""

    ref: Ref
    message: str
    related: Ref | None = None


def disagreements(catalog: Catalog, postmortem: Postmortem) -> Iterator[Disagreement]:
    """Every date, duration, span or public update that the name or the moments do not bear out."""
    document = catalog.document(postmortem)
    facts = summary(document.body, document.body_line).facts
    moments = timeline(catalog, postmortem).moments
    if "date" in facts:
        yield from _date(postmortem, facts["date"])
    if "duration" in facts:
        yield from _duration(postmortem, facts["duration"], moments)
        yield from _hours(postmortem, facts["duration"], moments)
    if "detection" in facts:
        yield from _detection(postmortem, facts["detection"], moments)
    incident = catalog.get(StatusIncident, postmortem.id)
    if incident is not None and incident.updates:
        yield from _public(catalog, postmortem, incident, moments)


def _date(postmortem: Postmortem, field: Field) -> Iterator[Disagreement]:
    """Of several dates (the incident lasted past midnight) one is that of the name."""
    said = dates_in(field.value.partition("\n")[0])
    if said and not any(each.day.isoformat() == postmortem.date for each in said):
        ref = Ref(postmortem.ref.path, ("body",), span=field.span(said[0].start, said[0].end))
        yield Disagreement(ref, f"the summary says {said[0].day}, and the postmortem is named {postmortem.id}")


def _duration(postmortem: Postmortem, field: Field, moments: Moments) -> Iterator[Disagreement]:
    """The first duration is the impact or the whole; others count where words say until what."""
    for index, said in enumerate(durations_in(field.value)):
        name = _end(field.value, said)
        ends = (name,) if name else ENDS if index == 0 else ()
        right = {end: each for end in ends if (each := _between(moments, "started", end)) is not None}
        other = {end: each for end in ends if (each := _between(moments, "detected", end)) is not None}
        if right and not any(said.agrees(each) for each in (*right.values(), *other.values())):
            shown = " and ".join(f"{times.words(each)} from started to {end}" for end, each in right.items())
            yield Disagreement(_place(postmortem, field, said), f"the summary says {said.text}, the timeline {shown}")


def _end(text: str, said: Duration) -> str | None:
    found = _UNTIL.match(text, said.end) or _SINCE.search(text[: said.start])
    return None if found is None else "mitigated" if found[1].casefold() == "mitiga" else "resolved"


def _hours(postmortem: Postmortem, field: Field, moments: Moments) -> Iterator[Disagreement]:
    for said in hours_in(field.value):
        wrong = [_off(said.start, moments, ("started", "detected"), MINUTE), _off(said.end, moments, ENDS, MINUTE)]
        for shown in filter(None, wrong):
            ref = Ref(postmortem.ref.path, ("body",), span=field.span(*said.at))
            yield Disagreement(ref, f"the summary says {said.text}, the timeline {shown}")


def _off(said: time, moments: Moments, names: tuple[str, ...], slack: timedelta) -> str:
    """The moments in words where none of them is at that time of day; empty where one is, or none is known."""
    known = {name: moments[name] for name in names if name in moments}
    near = (apart(said, each.time()) <= slack for each in known.values())
    return "" if any(near) else " and ".join(f"{name} {each:%H:%M}" for name, each in known.items())


def _detection(postmortem: Postmortem, field: Field, moments: Moments) -> Iterator[Disagreement]:
    right = _between(moments, "started", "detected")
    for said in durations_in(field.value):
        if right is not None and _LATER.match(field.value, said.end) and not said.agrees(right):
            shown = f"the summary says detected {said.text} after the start, the timeline {times.words(right)}"
            yield Disagreement(_place(postmortem, field, said), shown)


def _public(
    catalog: Catalog, postmortem: Postmortem, incident: StatusIncident, moments: Moments
) -> Iterator[Disagreement]:
    first, last = incident.updates[0], incident.updates[-1]
    started, mitigated, resolved = (moments.get(name) for name in ("started", "mitigated", "resolved"))
    if started is not None and first.at < started:
        said = f"the status page told of it at {_at(first.at)}, before it started at {_at(started)}"
        yield Disagreement(place_of(catalog, postmortem, "started"), said, first.ref.at("at"))
    if last.status == "resolved" and mitigated is not None and last.at < mitigated:
        said = f"the status page said resolved at {_at(last.at)}, before it was mitigated at {_at(mitigated)}"
        yield Disagreement(place_of(catalog, postmortem, "mitigated"), said, last.ref.at("at"))
    elif last.status == "resolved" and resolved is not None and abs(last.at - resolved) > LATE:
        said = f"the status page said resolved at {_at(last.at)}, the timeline at {_at(resolved)}"
        yield Disagreement(place_of(catalog, postmortem, "resolved"), said, last.ref.at("at"))
    yield from _told(catalog, postmortem, incident, moments)


def _told(
    catalog: Catalog, postmortem: Postmortem, incident: StatusIncident, moments: Moments
) -> Iterator[Disagreement]:
    """Hours in the updates, in UTC; the same in another language is said once."""
    known = set()
    for update in incident.updates:
        for text in update.message.values():
            for hours in hours_in(text):
                if (hours.start, hours.end) in known or not _UTC.match(text, hours.at[1]):
                    continue
                known.add((hours.start, hours.end))
                for names, at in ((("started",), hours.start), (ENDS, hours.end)):
                    shown = _off(at, moments, names, PUBLIC)
                    if shown:
                        said = f"the status page says {hours.text}, the timeline {shown}"
                        yield Disagreement(place_of(catalog, postmortem, names[0]), said, update.ref.at("message"))


def _place(postmortem: Postmortem, field: Field, said: Duration) -> Ref:
    return Ref(postmortem.ref.path, ("body",), span=field.span(said.start, said.end))


def _between(moments: Moments, start: str, end: str) -> timedelta | None:
    first, last = moments.get(start), moments.get(end)
    return None if first is None or last is None or last < first else last - first


def _at(instant: datetime) -> str:
    return f"{instant:%Y-%m-%d %H:%M}"
