"""An issue as an incident: its updates in the order of time, from its date to when it was resolved."""

from __future__ import annotations

from dataclasses import field
from datetime import datetime

from generator.analysis.status.incidents import CLOSED
from generator.importers.cstate.body import INITIAL, Piece
from generator.importers.status_page.page import Event, Losses, Said
from generator.records import dataclass


@dataclass(slots=True, eq=False)
class Issue:
    """An issue as it was read. Times are UTC."""

    path: str
    title: str
    slug: str
    started: datetime
    ended: datetime | None
    resolved: bool
    affected: list[str]
    """Keys of components."""
    status: str
    """What its severity means for them."""
    impact: str
    pieces: list[Piece] = field(default_factory=list)
    informational: bool = False


def incident(issue: Issue, losses: Losses) -> Event:
    """The incident."""
    updates = [Said(at, each.word, each.text) for at, each in placed(issue)]
    if issue.informational:
        return _news(updates, issue)
    if not updates or updates[0].status in CLOSED:
        updates.insert(0, Said(issue.started, "investigating", ""))
    if updates[0].at > issue.started:
        losses.told(
            issue.path, "what was said first stands at the issue's date, from which on its systems were affected"
        )
        updates[0].at = issue.started
    _words(updates)
    _close(updates, issue, losses)
    if issue.affected and issue.status:
        updates[0].components = dict.fromkeys(issue.affected, issue.status)
    if len(updates) > 1 and _says_nothing(*updates[:2]):
        updates[1].components = updates[0].components
        del updates[0]
    return Event(issue.path, issue.title, issue.slug, updates, issue.impact)


def _says_nothing(first: Said, then: Said) -> bool:
    return not first.message and first.at == then.at and then.status not in CLOSED


def _news(updates: list[Said], issue: Issue) -> Event:
    """What is only told was over when it was told: nothing is affected, and nothing stays open."""
    for said in updates:
        said.status = "resolved"
    return Event(issue.path, issue.title, issue.slug, updates or [Said(issue.started, "resolved", issue.title)], "none")


def placed(issue: Issue) -> list[tuple[datetime, Piece]]:
    """The updates in the order of time. Those without an hour stand where their word, or their place, says."""
    timed = [each.at for each in issue.pieces if each.at is not None]
    newest_first = timed != sorted(timed) or (len(timed) < 2 and _ends_first(issue.pieces))
    ordered = issue.pieces[::-1] if newest_first else issue.pieces
    last = max([*timed, issue.started])
    found = [(_when(each, issue, last), each) for each in ordered]
    return sorted(found, key=lambda each: each[0])


def _ends_first(found: list[Piece]) -> bool:
    """Whether the first piece tells the end."""
    return len(found) > 1 and (found[0].word in CLOSED or found[-1].word == INITIAL)


def _when(piece: Piece, issue: Issue, last: datetime) -> datetime:
    if piece.at is not None:
        return piece.at
    if piece.word in CLOSED and (issue.ended or issue.resolved):
        return max(issue.ended or last, issue.started)
    return issue.started


def _words(updates: list[Said]) -> None:
    """What says no word says that of the update before it; the first is looked into."""
    before = "investigating"
    for said in updates:
        if said.status in ("", INITIAL):
            said.status = before if before != "postmortem" else "resolved"
        before = said.status


def _close(updates: list[Said], issue: Issue, losses: Losses) -> None:
    """A resolution at the time that the front matter says: until then the systems were affected."""
    closing = next((said for said in updates if said.status in CLOSED), None)
    if not issue.resolved:
        if closing is not None:
            losses.told(
                issue.path, "it is not marked as resolved, and an update says that it is: it counts as resolved"
            )
        return
    opened = [said.at for said in updates if said.status not in CLOSED]
    last = max(opened, default=issue.started)
    end = issue.ended or (closing.at if closing is not None else last)
    if issue.ended is None and closing is None:
        losses.lost(issue.path, "it does not say when it was resolved: it ends with its last update")
    if end < last:
        losses.told(issue.path, "updates follow the time at which it was resolved: it ends with the last of them")
        end = max(last, closing.at) if closing is not None else last
    if closing is None:
        closing = Said(end, "resolved", "")
        updates.append(closing)
    elif closing.status == "postmortem":
        updates.insert(updates.index(closing), Said(min(end, closing.at), "resolved", ""))
    elif closing.at != end:
        losses.told(issue.path, "the resolution stands at the time to which the systems were affected, not at its own")
        closing.at = end
    updates.sort(key=lambda said: said.at)
