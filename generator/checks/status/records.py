"""Names of incidents and maintenances, and the postmortem that the public was promised."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime, timedelta

from generator import times
from generator.catalog import Catalog
from generator.checks.base import check
from generator.context import Context
from generator.findings import Finding
from generator.kinds.status import Maintenance, StatusIncident

PROMISED = timedelta(days=2)
WHOLE = 400
"""A message of so many characters is no announcement: it is the postmortem."""


@check("status/id-date", level="warning")
def id_date(catalog: Catalog, context: Context) -> Iterator[Finding]:
    """The name of an incident or maintenance does not begin with its date.

    An id is `<date>-<slug>`: of an incident the UTC date of its first update, of a maintenance the UTC date of `from`.
    The postmortem has the same id, lists are sorted by it, and pages, feeds and clients keep it for ever, so mend it
    before the incident is published and leave it alone afterwards (a suppression says why).
    """
    for incident in catalog.all(StatusIncident):
        if incident.updates:
            yield from _dated(incident, incident.updates[0].at, "it was told first", "updates", 0, "at")
    for maintenance in catalog.all(Maintenance):
        yield from _dated(maintenance, maintenance.start, "it begins", "from")


def _dated(source: StatusIncident | Maintenance, at: datetime, said: str, *steps: str | int) -> Iterator[Finding]:
    if source.id.startswith(f"{at:%Y-%m-%d}-"):
        return
    slug = source.id[len("2026-10-14-") :]  # reading has seen to the form of ids
    hint = f"name the file {at:%Y-%m-%d}-{slug}.yaml, or mend the time (UTC)"
    yield source.finding(*steps, message=f"{source.id} has another date in its name than {said} on", hint=hint)


@check("status/postmortem-link", level="warning")
def postmortem_link(catalog: Catalog, context: Context) -> Iterator[Finding]:
    """An update says `postmortem`, and two days later there is nothing to read.

    The status promises what was learnt. Write the public address (`postmortem: https://example.com/blog/checkout`),
    link it in the message, or tell it there: a long message counts. The internal postmortem is never linked.
    """
    for incident in catalog.all(StatusIncident):
        said = [update for update in incident.updates if update.status == "postmortem"]
        if incident.postmortem is not None or not said or context.now - said[0].at < PROMISED:
            continue
        if not any("://" in text or len(text) > WHOLE for each in said for text in each.message.values()):
            age = times.words(context.now - said[0].at)
            message = f"incident {incident.id} has a postmortem since {age}, and no address where it can be read"
            hint = "write postmortem: https://…, or tell in the message what was learnt"
            yield Finding(said[0].ref.at("status"), message, hint, subject=incident.id)
