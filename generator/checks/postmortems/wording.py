"""Blameless wording of postmortems."""

from __future__ import annotations

from collections.abc import Iterator

from generator.analysis.postmortems.wording import blame as found
from generator.catalog import Catalog
from generator.checks.base import check
from generator.context import Context
from generator.findings import Finding
from generator.kinds.postmortem import Postmortem


@check("postmortem/blame", level="warning")
def blame(catalog: Catalog, context: Context) -> Iterator[Finding]:
    """A postmortem looks for somebody to blame.

    Where people fear for their name, the next incident is told in half. What they did made sense to them with what they
    knew; ask how the system let it happen. Found in English and Spanish are:

    - "human error", "error humano": it ends the search where it should begin;
    - "should have noticed", "debió haber revisado": judged with what was known only afterwards;
    - "careless", "negligente", "por descuido", "to blame";
    - people as the cause: "Bob broke", "the engineer forgot", "caused by Alice", "culpa de Bob"; names are those of
      `schedules/people.yaml`, of authors and of owners of action items;
    - "failed to notice", "no siguió el procedimiento". A pod may fail to start.

    Quiet in quotations, block quotes, code and comments, and where a phrase is denied ("it was not a human error").
    Instead of "Bob forgot the setting" write what he could not see: "nothing compares the settings of staging with
    those of production". It is never an error: a name that is also a word can be meant otherwise.
    """
    for postmortem in catalog.all(Postmortem):
        for each in found(catalog, postmortem):
            message = f'"{each.text}" {each.why}'
            yield Finding(each.ref, message, each.instead, subject=f"{postmortem.id}/{each.text}")
