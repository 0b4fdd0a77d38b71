"""The baseline: findings that were there before, by name, which `check --baseline` wrote. `baseline.yaml`."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import TYPE_CHECKING

from generator.findings import Ref
from generator.kinds.base import Entity, Kind, listing, mapping
from generator.records import dataclass

if TYPE_CHECKING:
    from generator.documents import Document
    from generator.settings import Settings

PATH = "baseline.yaml"


@dataclass(frozen=True, slots=True, kw_only=True)
class Known(Entity):
    """The findings of one check that are known; `id` is the check's. A subject stands once for each finding of it."""

    subjects: tuple[str, ...] = ()


def parse(document: Document, settings: Settings) -> Iterator[Entity]:
    """Every check with its subjects, in written order."""
    for check, subjects in mapping(document.data).items():
        yield Known(ref=Ref(document.path, (check,)), id=check, subjects=tuple(map(str, listing(subjects))))


KIND = Kind("baseline", "Baseline", re.compile(r"baseline\.yaml"), parse, PATH, (PATH,), required=False)
