"""What is to be pushed, seen from the commit that the remote has: before anything moves."""

from __future__ import annotations

from generator.errors import UsageError
from generator.git.messages import Made, commits_between
from generator.integrations.recording.draft import Draft
from generator.integrations.recording.replay import Chain, replayed
from generator.integrations.recording.work import Work
from generator.records import dataclass


@dataclass(frozen=True, slots=True)
class Standing:
    """How this clone and the remote stand to each other."""

    local: str | None
    theirs: str | None
    waiting: tuple[Made, ...]
    """What was recorded here and the remote lacks, but for our own change."""
    foreign: tuple[Made, ...]
    """What people committed here and did not push."""
    ours: Made | None
    """Our own change, where it is a commit of this clone already."""
    there: str | None
    """Our own change, where the remote has it already."""

    @property
    def straight(self) -> bool:
        """Whether what is here can be pushed as it is."""
        return not self.foreign and self.local is not None and self.includes

    includes: bool = False
    """Whether all that the remote has is here."""


@dataclass(frozen=True, slots=True)
class Arranged:
    """A commit to push; `commit` is our own change in it, None where there was nothing to change."""

    tip: str | None
    commit: str | None
    draft: Draft | None
    left: tuple[Made, ...] = ()
    pushing: tuple[Made, ...] = ()
    """What was recorded earlier and goes along."""


def standing(work: Work, theirs: str | None) -> Standing:
    """Reads what each side has that the other lacks."""
    local, instance, top = work.tip, work.operation.instance, work.clone.top
    here = commits_between(top, theirs, local)
    includes = theirs in (None, local) or (local is not None and work.store.contains(local, str(theirs)))
    there = (
        {} if includes or local is None else {each.instance: each.id for each in commits_between(top, local, theirs)}
    )
    found = there.get(instance) or (work.find(theirs) if work.again else None)
    return Standing(
        local,
        theirs,
        tuple(made for made in here if made.instance and made.instance not in {*there, instance}),
        # Where the remote has no such branch, all of it is new there, and has to come along.
        () if theirs is None else tuple(made for made in here if not made.instance),
        next((made for made in here if made.instance == instance), None),
        found,
        includes=includes,
    )


def arrange(work: Work, found: Standing, remote: str) -> Arranged:
    """The commit to push to a remote.

    Raises:
        UsageError: the change is impossible on top of what the remote has.
    """
    if found.straight and found.ours is not None:
        return Arranged(found.local, found.ours.id, None, (), found.waiting)
    if found.straight:
        chain = Chain(found.local, work.entries(found.local), list(found.waiting))
    else:
        chain = replayed(work, found.theirs or found.local or work.start(remote), found.waiting)
    pushing = tuple(chain.taken)
    if found.there is not None:
        return Arranged(chain.tip, found.there, None, tuple(chain.left), pushing)
    draft = work.draft(chain.tip)
    if not draft.files:
        return Arranged(chain.tip, None, draft, tuple(chain.left), pushing)
    commit = work.commit(draft, chain.entries, chain.tip)
    return Arranged(commit, commit, draft, tuple(chain.left), pushing)


def here_too(work: Work, found: Standing, plan: Arranged) -> str | None:
    """Our change on top of what this clone has, where that goes another way than what is pushed.

    Only where it comes out as the same files: then Git sees one change, whatever brings both together.
    """
    if found.local is None or plan.draft is None or plan.tip is None:
        return None
    here, there = work.entries(found.local), work.entries(plan.tip)
    try:
        draft = work.draft(found.local)
    except UsageError:
        return None
    commit = work.commit(draft, here, found.local)
    paths = [f"{work.clone.prefix}{path}" for path in {*draft.files, *plan.draft.files}]
    entries = work.entries(commit)
    return commit if draft.files and all(entries.get(path) == there.get(path) for path in paths) else None
