"""Validation by JSON Schema (2020-12): a fast yes or no, and plain words for the few documents that are not valid."""

from __future__ import annotations

import math
import re
from collections.abc import Iterator, Mapping
from functools import cached_property
from typing import Any

from generator.documents.document import Document
from generator.documents.hints import LIMIT, name
from generator.findings import Finding, Pointer, Ref


class Schema:
    """One self-contained JSON schema. The validators are made at their first use."""

    def __init__(self, name: str, contents: Mapping[str, object]) -> None:
        self.name = name
        self.contents = contents

    @cached_property
    def fast(self) -> Any:
        """The validator that says yes or no."""
        import jsonschema_rs

        return jsonschema_rs.Draft202012Validator(dict(self.contents), validate_formats=True)

    def findings(self, document: Document, data: object = None, base: Pointer = ()) -> list[Finding]:
        """What is wrong in the document's data (or in `data`, which lies at `base` in it), 20 findings at most.

        Ids: `schema/unknown-key`, `schema/missing-key`, `schema/type`, `schema/value`.
        """
        checked = document.data if data is None else data
        if self.fast.is_valid(checked):
            return []
        finite, odd = without_infinite(checked)
        found = [*self.infinite(document, base, odd), *self.explained(document, finite, base, odd)]
        return found[:LIMIT] or [self.unexplained(document, finite, base)]

    def explained(self, document: Document, data: object, base: Pointer, odd: list[Pointer]) -> list[Finding]:
        """What `jsonschema` says, in plain words; places in `odd` are told already."""
        from generator.documents.explain import explain  # imports jsonschema: only for documents that are not valid

        skip = {(*base, *pointer) for pointer in odd}
        try:
            found = explain(self.contents, document, data, base)
        except re.error:  # a pattern of JSON Schema that Python does not know, such as \p{L}
            return []
        return [each for each in found if each.where.pointer not in skip]

    def infinite(self, document: Document, base: Pointer, odd: list[Pointer]) -> Iterator[Finding]:
        """JSON, and so a schema, knows no number that is infinite or none at all."""
        for pointer in odd:
            where = Ref(document.path, (*base, *pointer))
            message = f"{name(where.pointer)} is not a finite number; a finite number is expected"
            yield Finding(where, message, check="schema/value")

    def unexplained(self, document: Document, data: object, base: Pointer) -> Finding:
        """For the rare case where the two validators disagree: what the fast one says."""
        error = next(iter(self.fast.iter_errors(data)), None)
        pointer = (*base, *(error.instance_path if error else ()))
        said = " ".join(error.message.split())[:200] if error else "it does not fit the schema"
        return Finding(Ref(document.path, pointer), f"{name(pointer)}: {said}", check="schema/value")


def without_infinite(data: object) -> tuple[object, list[Pointer]]:
    """The data with 1 for every number that is not finite, and where these stood."""
    odd: list[Pointer] = []

    def copy(value: object, pointer: Pointer) -> object:
        if isinstance(value, dict):
            return {key: copy(each, (*pointer, key)) for key, each in value.items()}
        if isinstance(value, list):
            return [copy(each, (*pointer, n)) for n, each in enumerate(value)]
        if isinstance(value, float) and not math.isfinite(value):
            odd.append(pointer)
            return 1
        return value

    return copy(data, ()), odd
