"""Files of teams, people and services before and after a change, as far as ids in them may have changed."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from typing import TYPE_CHECKING, Any

from generator.documents import read_document
from generator.kinds import kind_of
from generator.kinds.base import mapping
from generator.records import dataclass

if TYPE_CHECKING:
    from generator.catalog import Catalog
    from generator.git import Change

_KEY = re.compile(r"^\s*([a-z0-9-]+)\s*:", re.MULTILINE)


@dataclass(frozen=True, slots=True)
class ChangedFile:
    """A file before and after a change; None where it was not there."""

    kind: str
    old_id: str | None
    new_id: str | None
    old: str | None
    new: str | None

    @property
    def kept_its_keys(self) -> bool:
        """Whether no id inside can have changed: most changes end here, unread."""
        return sorted(_KEY.findall(self.old or "")) == sorted(_KEY.findall(self.new or ""))


def asked(changes: Iterable[Change]) -> Iterator[str]:
    """The contents that have to be read: ids stand inside the files of teams and people."""
    for change in changes:
        if {_kind(change.old_path), _kind(change.new_path)} & {"team", "people"}:
            yield from (blob for blob in (change.old_blob, change.new_blob) if blob is not None)


def read_change(change: Change, texts: Mapping[str, bytes], catalog: Catalog) -> ChangedFile | None:
    """The file of a change; None where it is of another kind."""
    kind = _kind(change.new_path) or _kind(change.old_path)
    if kind not in {"team", "people", "service"}:
        return None
    old_id, new_id = (id_in(path, kind) for path in (change.old_path, change.new_path))
    return ChangedFile(kind, old_id, new_id, text_of(texts, change.old_blob), _new_text(change, texts, catalog))


def _new_text(change: Change, texts: Mapping[str, bytes], catalog: Catalog) -> str | None:
    """What is not committed yet is in the catalog."""
    document = None if change.commit else catalog.documents.get(change.new_path or "")
    return document.text if document is not None else text_of(texts, change.new_blob)


def text_of(texts: Mapping[str, bytes], blob: str | None) -> str | None:
    """A content as text; None where there is none."""
    return None if blob is None or blob not in texts else texts[blob].decode("utf-8", "replace")


def data_of(text: str | None) -> dict[str, Any]:
    """What a file said; nothing where it could not be read."""
    if not text:
        return {}
    document, _ = read_document("past.yaml", text.encode("utf-8"))
    return {} if document is None else {str(key): value for key, value in mapping(document.data).items()}


def _kind(path: str | None) -> str:
    kind = None if path is None else kind_of(path)
    return "" if kind is None else kind.name


def id_in(path: str | None, kind: str) -> str | None:
    """The id that a path gives, where it is of that kind."""
    found = None if path is None else kind_of(path)
    return found.id_of(path) if found is not None and path is not None and found.name == kind else None
