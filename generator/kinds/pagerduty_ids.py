"""Ids of what PagerDuty has already, for import blocks. `schedules/pagerduty.ids.yaml`."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import TYPE_CHECKING

from generator.findings import Ref
from generator.kinds.base import Entity, Kind, mapping
from generator.records import dataclass

if TYPE_CHECKING:
    from generator.documents import Document
    from generator.settings import Settings


@dataclass(frozen=True, slots=True, kw_only=True)
class PagerDutyId(Entity):
    """`id` is an address in Terraform (`pagerduty_schedule.platform_primary`)."""

    pagerduty: str


def parse(document: Document, settings: Settings) -> Iterator[Entity]:
    """Every address with its id, in written order."""
    for address, known in mapping(document.data).items():
        yield PagerDutyId(ref=Ref(document.path, (address,)), id=address, pagerduty=str(known))


KIND = Kind(
    "pagerduty-ids",
    "Ids in PagerDuty",
    re.compile(r"schedules/pagerduty\.ids\.ya?ml"),
    parse,
    "schedules/pagerduty.ids.yaml",
    ("schedules/pagerduty.ids.yaml", "schedules/pagerduty.ids.yml"),
    required=False,
)
