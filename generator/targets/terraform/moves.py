"""imports.tf and moves.tf: what PagerDuty and Terraform have already, and what became of it."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import groupby

from generator.analysis.pagerduty import addresses
from generator.analysis.pagerduty.account import Account
from generator.analysis.pagerduty.moves import forgotten, is_only_named, moves
from generator.analysis.pagerduty.renames import Past, Rename
from generator.analysis.pagerduty.resources import resources
from generator.kinds.pagerduty_ids import PagerDutyId
from generator.targets.terraform.hcl import Block, Comment, Expression, Item, attributes

_KEEP = Block("lifecycle", (), attributes(destroy=False))


def imports(account: Account, past: Past) -> Iterator[Item]:
    """What PagerDuty has already, so that the first plan makes nothing twice. Only for resources defined here."""
    defined = {str(address) for address in resources(account)}
    moved = {move.old: move.new for move in moves(account, past)}
    known = account.catalog.all(PagerDutyId)
    people = {str(addresses.user(each.id)): each.pagerduty for each in account.people if each.pagerduty}
    for address, ident in {**people, **{each.id: each.pagerduty for each in known}}.items():
        if address in defined:
            yield Block("import", (), attributes(to=Expression(address), id=ident))
    for each in known:
        if each.id not in defined and not is_only_named(account, each):
            became = f"{moved[each.id]} now" if each.id in moved else "not among the resources here"
            yield Comment(f"Left out: {each.id} is {became}.")


def past_blocks(account: Account, past: Past) -> Iterator[Item]:
    """What moved, and what Terraform forgets. Without Git's history no rename is known, and none is guessed."""
    if not account.teams:
        return
    if past.reason:
        yield Comment(f"Renames are unknown ({past.reason}): what has another id now would be deleted and made anew.")
    for why, found in groupby(moves(account, past), key=lambda move: move.why):
        yield Comment(_said(why))
        for move in found:
            yield Block("moved", (), attributes(**{"from": Expression(move.old), "to": Expression(move.new)}))
    for each in forgotten(account, past):
        yield Comment(f"Kept in PagerDuty: {each.why}.")
        yield Block("removed", (), (*attributes(**{"from": Expression(each.address)}), _KEEP))


def _said(rename: Rename) -> str:
    when = f"in {rename.commit[:10]}" if rename.commit else "since the last commit"
    return f"The {rename.kind} {rename.old} became {rename.new} {when}."
