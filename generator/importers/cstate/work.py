"""An issue as a maintenance: one that is told as a notice, has an end, and says in its title that it is work."""

from __future__ import annotations

import re

from generator.analysis.status.incidents import CLOSED
from generator.importers.cstate.incident import Issue, placed
from generator.importers.status_page.page import Losses, Said, Work

_WORK = re.compile(
    r"(?i)\b(?:mainten|mantenim|wartung|entretien|planned|scheduled|programad|planificad|upgrade|migrat|actualizaci)"
)
NOTICES = ("degraded_performance", "under_maintenance")


def is_work(issue: Issue, losses: Losses) -> bool:
    """Whether it is planned work; one without an end that can be a window stays an incident, and that is told."""
    if issue.informational or _WORK.search(issue.title) is None:
        return False
    if issue.status not in NOTICES:
        losses.told(issue.path, "its title speaks of planned work, and its severity of an incident: it became one")
        return False
    if issue.ended is None or issue.ended <= issue.started:
        losses.told(issue.path, "it may be a maintenance, but has no end behind its date: it became an incident")
        return False
    return True


def work(issue: Issue, losses: Losses) -> Work:
    """The maintenance; what is said before its end, and without a word of its own, is what customers should expect."""
    start, end = issue.started, issue.ended or issue.started
    made = Work(issue.path, issue.title, issue.slug, start, end, components=issue.affected)
    for at, piece in placed(issue):
        if not made.message and piece.at is None and piece.word not in CLOSED:
            made.message = piece.text
        elif piece.word in CLOSED:
            made.updates.append(Said(at, "completed", piece.text))
        else:
            word = "scheduled" if at < start else "in_progress" if at < end else "completed"
            made.updates.append(Said(at, word, piece.text))
    if not issue.resolved:
        losses.told(issue.path, "the maintenance is not marked as resolved: it ends by the clock")
    return made
