"""The past of an alert: its incidents with what helped then, and why it exists."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from generator.analysis import addresses
from generator.analysis.origins import Origin
from generator.analysis.postmortems.durations import durations
from generator.analysis.postmortems.helped import what_helped
from generator.analysis.postmortems.timeline import Event
from generator.analysis.repository import commit_address, issue_address, request_address
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
        lines += [f"- {site.link(here, site.say('{number} more', number=more), POSTMORTEMS)}"] if more > 0 else []
    return "\n".join(lines)


def _told(site: Site, here: str, postmortem: Postmortem) -> Iterator[str]:
    yield f"- {_named(site, here, postmortem)}"
    helped = what_helped(site.catalog, postmortem)
    if helped:
        yield ""
        yield f"    {site.say('What helped:')}"
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
    severity = {None: "", "none": site.say("not an incident")}.get(postmortem.severity, postmortem.severity or "")
    said = (
        site.link(here, site.title(postmortem), site.sources[postmortem.ref.path]),
        escape(severity),
        site.say("mitigated after {duration}", duration=site.words(taken)) if taken else "",
        site.say("still open") if postmortem.status == "open" else "",
    )
    return f"{postmortem.date}: {', '.join(each for each in said if each)}"


def why(site: Site, here: str, alert: NamedAlert) -> str:
    """Who wrote an alert, what asked for it, who reviewed it, and where to say that it is too noisy."""
    origin = site.origins.by_name.get(alert.name, Origin())
    return page(
        bullets(_why(site, here, alert, origin)),
        site.say("Written in {path}.", path=code(alert.ref.path)),
        _noisy(site, alert),
    )


def _why(site: Site, here: str, alert: NamedAlert, origin: Origin) -> Iterator[str]:
    commit, reason = origin.commit, site.origins.reason
    if commit is not None:
        address = commit_address(site.catalog, commit.commit)
        named = link(commit.commit[:8], address) if address else code(commit.commit[:8])
        subject = escape(commit.subject[:_LONGEST]) or site.say("a commit without words")
        yield site.say(
            "First written by {author} on {day}: {subject} ({commit})",
            author=escape(commit.author),
            day=f"{commit.time:%Y-%m-%d}",
            subject=subject,
            commit=named,
        )
        yield from _merged(site, origin)
        if origin.reviewers:
            yield site.say("Reviewed by {people}", people=escape(", ".join(origin.reviewers)))
        elif commit.committer:
            yield site.say("Committed by {person}", person=escape(commit.committer))
    else:
        unknown = site.say("Who wrote it is not known: {reason}", reason=escape(reason)) if reason else ""
        yield unknown or site.say("It is not committed yet")
    if behind := origin.postmortem:
        title = site.link(here, site.title(behind), site.sources[behind.ref.path])
        yield site.say("The postmortem of {day} asked for it: {title}", day=behind.date, title=title)
    runbook = site.catalog.get(Runbook, alert.runbook)
    if runbook is not None:
        leads = site.link(here, site.say("runbook"), site.sources[runbook.ref.path])
        day = runbook.reviewed.isoformat() if runbook.reviewed else ""
        reviewed = site.say("Its {runbook} was reviewed on {day}", runbook=leads, day=day) if day else ""
        yield reviewed or site.say("Its {runbook} was never reviewed", runbook=leads)


def _merged(site: Site, origin: Origin) -> Iterator[str]:
    """The pull request in which it came, and who merged it."""
    address = request_address(site.catalog, origin.request)
    request = link(origin.request, address) if address else escape(origin.request)
    person = origin.merge.author if origin.merge else ""
    if request and person:
        yield site.say("Merged in {request} by {person}", request=request, person=escape(person))
    elif request:
        yield site.say("Merged in {request}", request=request)
    elif person:
        yield site.say("Merged by {person}", person=escape(person))


def _noisy(site: Site, alert: NamedAlert) -> str:
    page_ = addresses.address(site.catalog, addresses.alert_page(alert.name))
    holds = [rule.hold for rule in alert.rules if isinstance(rule, Alert) and rule.hold]
    lines = [
        site.say("{alert} of service {service} is too noisy.", alert=f"`{alert.name}`", service=alert.service.id),
        "",
        *([site.say("Page: {address}", address=page_)] if page_ else []),
        site.say("Source: {path}", path=alert.ref.path),
        *(site.say("Fires for: {hold}", hold=each) for each in holds),
        "",
        *(site.say("When did it fire, and how often?"), ""),
        *(site.say("What did you do then? (Nothing is an answer.)"), ""),
        site.say("What would be better: another threshold, a longer `for`, a ticket instead of a page, or no alert?"),
    ]
    title = site.say("{alert} is too noisy", alert=alert.name)
    address = issue_address(site.catalog, title, "\n".join(lines))
    asked = link(site.say("Too noisy? Say so"), address) if address else ""
    return site.say("{link}: an issue that is filled in already.", link=asked) if asked else ""
