"""The past of an alert: its incidents with what helped then, and why it exists."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from generator import times
from generator.analysis import addresses
from generator.analysis.origins import Origin
from generator.analysis.postmortems.durations import durations
from generator.analysis.postmortems.helped import what_helped
from generator.analysis.postmortems.timeline import Event
from generator.analysis.repository import commit_address, issue_address
from generator.catalog import NamedAlert
from generator.kinds.postmortem import Postmortem
from generator.kinds.rules import Alert
from generator.kinds.runbook import Runbook
from generator.targets.markdown import bullets, code, escape, link, page
from generator.targets.site.site import POSTMORTEMS, Site

_TOLD, _LISTED = 3, 10
"""So many past incidents are told with what helped, and so many more are listed."""
_LONGEST = 300
"""Characters of a row of a timeline; the rest is in the postmortem."""


def past_of(site: Site, alerts: Iterable[NamedAlert]) -> tuple[Postmortem, ...]:
    """The postmortems that name one of some alerts, newest first, each once."""
    found = {each.id: each for alert in alerts for each in site.past.get(alert.name, ())}
    return tuple(found[ident] for ident in sorted(found, reverse=True))


def past_incidents(site: Site, here: str, past: Sequence[Postmortem]) -> str:
    """A list of incidents, the newest with what helped; empty without any."""
    lines = [line for each in past[:_TOLD] for line in _told(site, here, each)]
    lines += [f"- {_named(site, here, each)}" for each in past[_TOLD : _TOLD + _LISTED]]
    if more := len(past) - _TOLD - _LISTED:
        lines += [f"- {site.link(here, f'{more} more', POSTMORTEMS)}"] if more > 0 else []
    return "\n".join(lines)


def _told(site: Site, here: str, postmortem: Postmortem) -> Iterator[str]:
    yield f"- {_named(site, here, postmortem)}"
    helped = what_helped(site.catalog, postmortem)
    if helped:
        yield ""
        yield "    What helped:"
        yield ""
        yield from (f"    - {_row(event)}" for event in helped)
        yield ""


def _row(event: Event) -> str:
    text = event.text if len(event.text) <= _LONGEST else f"{event.text[:_LONGEST].rstrip()}…"
    at = f"{event.at:%H:%M}" if event.at else escape(event.at_text)
    return f"**{at}** {escape(text)}" if at else escape(text)


def _named(site: Site, here: str, postmortem: Postmortem) -> str:
    """`2026-10-14: Errors at checkout, SEV-1, mitigated after 24 minutes`."""
    taken = durations(site.catalog, postmortem).get("mitigate")
    severity = {None: "", "none": "not an incident"}.get(postmortem.severity, postmortem.severity or "")
    said = (
        site.link(here, site.title(postmortem), site.sources[postmortem.ref.path]),
        escape(severity),
        f"mitigated after {times.words(taken)}" if taken else "",
        "still open" if postmortem.status == "open" else "",
    )
    return f"{postmortem.date}: {', '.join(each for each in said if each)}"


def why(site: Site, here: str, alert: NamedAlert) -> str:
    """Who wrote an alert, what asked for it, who reviewed it, and where to say that it is too noisy."""
    origin = site.origins.by_name.get(alert.name, Origin())
    return page(bullets(_why(site, here, alert, origin)), f"Written in {code(alert.ref.path)}.", _noisy(site, alert))


def _why(site: Site, here: str, alert: NamedAlert, origin: Origin) -> Iterator[str]:
    commit, reason = origin.commit, site.origins.reason
    if commit is not None:
        address = commit_address(site.catalog, commit.commit)
        named = link(commit.commit[:8], address) if address else code(commit.commit[:8])
        subject = escape(commit.subject[:_LONGEST]) or "a commit without words"
        yield f"First written by {escape(commit.author)} on {commit.time:%Y-%m-%d}: {subject} ({named})"
        if commit.reviewers:
            yield f"Reviewed by {escape(', '.join(commit.reviewers))}"
        elif commit.committer:
            yield f"Committed by {escape(commit.committer)}"
    else:
        yield f"Who wrote it is not known: {escape(reason)}" if reason else "It is not committed yet"
    if behind := origin.postmortem:
        title = site.link(here, site.title(behind), site.sources[behind.ref.path])
        yield f"The postmortem of {behind.date} asked for it: {title}"
    runbook = site.catalog.get(Runbook, alert.runbook)
    if runbook is not None:
        reviewed = f"was reviewed on {runbook.reviewed.isoformat()}" if runbook.reviewed else "was never reviewed"
        yield f"Its {site.link(here, 'runbook', site.sources[runbook.ref.path])} {reviewed}"


def _noisy(site: Site, alert: NamedAlert) -> str:
    page_ = addresses.address(site.catalog, addresses.alert_page(alert.name))
    lines = [
        f"`{alert.name}` of service {alert.service.id} is too noisy.",
        "",
        *([f"Page: {page_}"] if page_ else []),
        f"Source: {alert.ref.path}",
        *(f"Fires for: {rule.hold}" for rule in alert.rules if isinstance(rule, Alert) and rule.hold),
        "",
        *("When did it fire, and how often?", "", "What did you do then? (Nothing is an answer.)", ""),
        "What would be better: another threshold, a longer `for`, a ticket instead of a page, or no alert?",
    ]
    address = issue_address(site.catalog, f"{alert.name} is too noisy", "\n".join(lines))
    return f"{link('Too noisy? Say so', address)}: an issue that is filled in already." if address else ""
