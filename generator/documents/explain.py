"""Why a document does not fit its schema, in the words of people who write YAML. Imported only when one does not."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from itertools import groupby, islice
from typing import Any

from jsonschema import Draft202012Validator, FormatChecker
from jsonschema.exceptions import ValidationError

from generator.documents import scalars
from generator.documents.document import Document
from generator.documents.hints import LIMIT, descriptions, known_keys, listed, name, plain, resolved, words_of
from generator.documents.yaml import kind_of, shorten
from generator.findings import Finding, Part, Pointer, Ref, did_you_mean, nearest

TYPES = {
    "string": "text",
    "number": "a number",
    "integer": "a whole number",
    "boolean": "true or false",
    "object": "a map",
    "array": "a list",
    "null": "nothing",
}
FORMATS = {"email": "an email address", "uri": "a web address", "date": "a date such as 2026-10-14"}
FLOW_NULL = "quote text that has a comma"
TELEPHONE = re.compile(r"\+[0-9][0-9 ()./-]{5,}")


def explain(contents: Mapping[str, object], document: Document, data: object, base: Pointer) -> list[Finding]:
    """All that is wrong, in the order of the file's data."""
    validator = Draft202012Validator(without_false(contents), format_checker=FormatChecker())
    out: dict[tuple[Ref, str], Finding] = {}
    for error in sorted(validator.iter_errors(data), key=lambda each: each.json_path):
        for leaf in leaves(error):
            for finding in _Explained(contents, document, base, leaf).findings():
                out.setdefault((finding.where, finding.message), finding)
    return list(out.values())


def without_false(schema: Any) -> Any:
    """The schema with `not: {}` for each property that is `false`: of those alone `jsonschema` forgets the place."""
    if isinstance(schema, list):
        return [without_false(each) for each in schema]
    if not isinstance(schema, Mapping):
        return schema
    out = {key: without_false(each) for key, each in schema.items()}
    for word in ("properties", "patternProperties"):
        if isinstance(inner := out.get(word), dict):
            out[word] = {key: {"not": {}} if each is False else each for key, each in inner.items()}
    return out


def leaves(error: ValidationError) -> Iterator[ValidationError]:
    """The errors that matter: of alternatives only those of the one that was most probably meant."""
    if not error.context or error.validator not in ("anyOf", "oneOf"):
        yield error
        return
    branches = [list(errors) for _, errors in groupby(error.context, key=lambda each: each.schema_path[0])]
    if is_mixture(error):
        yield error
        return
    possible = [branch for branch in branches if not any(is_of_wrong_type(each) for each in branch)]
    if not possible:
        yield error
        return
    for each in min(possible, key=badness):
        yield from leaves(each)


def is_of_wrong_type(error: ValidationError) -> bool:
    """Whether an alternative is out of the question: it wants another type, or another fixed word, altogether."""
    return not error.path and error.validator in ("type", "const", "enum")


def is_mixture(error: ValidationError) -> bool:
    """Whether keys of several alternatives are there, where each has keys of its own: then none is what is missing."""
    written: Any = error.instance
    schema: Any = error.schema
    alternatives: Any = error.validator_value
    forms: list[Any] = [each.get("required") or () for each in alternatives if isinstance(each, Mapping)]
    if not isinstance(written, dict) or len(written) < 2 or not all(forms):
        return False
    return schema.get("properties", {}).keys() >= written.keys() and not any(
        written.keys() <= set(form) for form in forms
    )


def badness(branch: list[ValidationError]) -> tuple[int, int]:
    """How far an alternative is from what was written: unknown keys count most, then the number of errors."""
    return sum(error.validator in ("additionalProperties", "unevaluatedProperties") for error in branch), len(branch)


class _Explained:
    """One error in words. Each method named like a keyword of JSON Schema explains that keyword."""

    def __init__(self, contents: Mapping[str, Any], document: Document, base: Pointer, error: ValidationError) -> None:
        self.contents, self.document, self.error = contents, document, error
        self.pointer: Pointer = (*base, *error.absolute_path)
        self.value: Any = error.instance
        self.wanted: Any = error.validator_value
        self.name = name(self.pointer)
        self.schema: Any = error.schema
        self.described = list(descriptions(contents, list(error.absolute_schema_path)[:-1]))

    def findings(self) -> Iterable[Finding]:
        if self.error.validator == "not" and self.wanted == {}:
            return [self.finding("unknown-key", f"key '{self.name}' is not allowed here", self.hint(), part="key")]
        if "propertyNames" in self.error.absolute_schema_path:
            return [self.bad_key()]
        keyword = str(self.error.validator)
        if keyword in ("additionalProperties", "unevaluatedProperties"):
            return self.unknown_keys()
        if keyword in ("required", "dependentRequired"):
            return self.missing_keys()
        if keyword == "type" or (keyword in ("anyOf", "oneOf") and self.types()):
            return [self.wrong_type()]
        return [self.finding("value", self.sentence(keyword), self.value_hint(keyword))]

    def finding(
        self, check: str, message: str, hint: str = "", step: str | None = None, part: Part = "value"
    ) -> Finding:
        pointer = self.pointer if step is None else (*self.pointer, step)
        return Finding(Ref(self.document.path, pointer, part), message, hint, check=f"schema/{check}")

    # keys

    def bad_key(self) -> Finding:
        message = f"key '{shorten(str(self.value))}' does not have the form of a key here"
        return self.finding("value", message, self.form(), str(self.value), "key")

    @property
    def within(self) -> str:
        """` in slos[0]`, or nothing at the top of a file."""
        return f" in {self.name}" if self.pointer else ""

    def unknown(self) -> Iterator[str]:
        """The keys that the schema does not speak of."""
        patterns = [re.compile(pattern) for pattern in self.schema.get("patternProperties", ())]
        known = known_keys(self.contents, self.schema)
        return (key for key in self.value if key not in known and not any(each.search(key) for each in patterns))

    def unknown_keys(self) -> Iterator[Finding]:
        for key in islice(self.unknown(), LIMIT):  # more are not shown
            message = f"key '{shorten(key)}' is not known{self.within}"
            yield self.finding("unknown-key", message, self.key_hint(key), key, "key")

    def key_hint(self, key: str) -> str:
        free = known_keys(self.contents, self.schema).difference(self.value)
        if (*self.pointer, key) in self.document.flow_nulls:
            return FLOW_NULL
        if hint := did_you_mean(key, free):
            return hint
        return f"known here: {', '.join(sorted(free))}" if 0 < len(free) <= 15 else self.hint()

    def missing_keys(self) -> Iterator[Finding]:
        properties = self.schema.get("properties", {})
        part: Part = "key" if self.pointer and isinstance(self.pointer[-1], str) else "value"
        for key in self.missing():
            about = words_of([resolved(self.contents, properties.get(key, {}))], key)
            yield self.finding("missing-key", f"key '{key}' is missing{self.within}", about, part=part)

    def missing(self) -> list[str]:
        """The keys that must be there; not those that are, with a letter wrong: these are told as unknown."""
        wanted = self.wanted
        if isinstance(wanted, dict):
            wanted = [key for given, keys in wanted.items() if given in self.value for key in keys]
        absent = [key for key in wanted if key not in self.value]
        closed = False in (self.schema.get("additionalProperties"), self.schema.get("unevaluatedProperties"))
        free = known_keys(self.contents, self.schema).difference(self.value)
        meant = {nearest(key, free) for key in self.unknown()} if closed else set()
        return [key for key in absent if key not in meant]

    # values

    def types(self) -> list[str]:
        """The types that are accepted here, where type is what is wrong."""
        tries = [self.error] if self.error.validator == "type" else self.error.context or ()
        wanted: list[Any] = [each.validator_value for each in tries if each.validator == "type"]
        return [word for each in wanted for word in ([each] if isinstance(each, str) else each)]

    def wrong_type(self) -> Finding:
        types = list(dict.fromkeys(TYPES.get(each, each) for each in self.types()))
        return self.finding(
            "type", f"{self.name} is {self.shown(kind=True)}; {listed(types)} is expected", self.type_hint()
        )

    def type_hint(self) -> str:
        types = self.types()
        if self.pointer in self.document.flow_nulls:
            return FLOW_NULL
        if isinstance(self.value, str):
            if not {"number", "integer"} & set(types):
                return self.hint()
            if isinstance(scalars.plain(self.value or "-"), int | float):
                return "remove the quotes"
            number = re.fullmatch(r"\s*([0-9]+(?:\.[0-9]+)?)\s*%\s*", self.value)
            return f"write {number[1]}, without %" if number else self.hint()
        if isinstance(self.value, bool | int | float) and "string" in types:
            form = self.schema.get("pattern")  # `15` for `15m` lacks its unit, and quotes would not mend that
            quoted = form is None or re.search(form, self.written())
            return self.unit_hint() or (f'put it in quotes: "{self.written()}"' if quoted else self.hint())
        return self.hint()

    def sentence(self, keyword: str) -> str:
        """What was found and what was expected, for all keywords that judge a value."""
        if keyword in ("enum", "const"):
            choices = [plain(each) for each in (self.wanted if keyword == "enum" else [self.wanted])]
            return f"{self.name} is {self.shown()}; expected {listed(choices)}"
        if make := SENTENCES.get(keyword):
            return f"{self.name} {make(self)}"
        return f"{self.name} is {self.shown()}, which does not have the form expected"

    def value_hint(self, keyword: str) -> str:
        if keyword == "enum" and isinstance(self.value, str):
            # Without a near one the message is enough: it lists what is possible.
            return did_you_mean(self.value, [each for each in self.wanted if isinstance(each, str)])
        return (self.unit_hint() or self.form()) if keyword == "pattern" else self.hint()

    def unit_hint(self) -> str:
        """What to write where a span of time has no unit, as `15` for `15m`."""
        number = self.written().strip("\"'")
        schemas = [self.schema, *(each.schema for each in self.error.context or ())]
        forms = [each["pattern"] for each in schemas if isinstance(each, Mapping) and "pattern" in each]
        if re.fullmatch("[0-9]{1,6}", number) and any(
            re.search(form, f"{number}m") and not re.search(form, number) for form in forms
        ):
            return f"its unit is missing: write {number}s, {number}m or {number}h"
        return ""

    def hint(self) -> str:
        return words_of(self.described)

    def form(self) -> str:
        """What the schema says of the form of its pattern, in a hint's tone; else the usual hint."""
        said = self.schema.get("patternErrorMessage") if isinstance(self.schema, Mapping) else None
        return f"{said[0].lower()}{said[1:].rstrip('.')}" if isinstance(said, str) and said else self.hint()

    def written(self) -> str:
        """The value's text as it stands in the source, where it can be found."""
        try:
            return shorten(self.document.written(self.pointer))
        except KeyError:
            return plain(self.value)

    def shown(self, *, kind: bool = False) -> str:
        """The value for a message: `'99.9'`, `5`, `a list`; with its kind in words where the text alone misleads."""
        if self.value is None or isinstance(self.value, list | dict):
            return kind_of(self.value)
        if isinstance(self.value, str):
            if TELEPHONE.fullmatch(self.value):
                return "a telephone number"  # personal: not even a message repeats it
            return f"'{shorten(self.value)}'" + (" (text)" if kind else "")
        return self.written() + (f" ({kind_of(self.value)})" if kind else "")


def both(keys: Iterable[str]) -> str:
    """`a and b`, `a, b and c`."""
    *first, last = map(shorten, keys)
    return f"{', '.join(first)} and {last}"


def entries(count: int) -> str:
    """`1 entry`, `2 entries`."""
    return f"{count} {'entry' if count == 1 else 'entries'}"


SENTENCES: dict[str, Callable[[_Explained], str]] = {
    "minimum": lambda e: f"is {e.shown()}; at least {e.wanted} is expected",
    "maximum": lambda e: f"is {e.shown()}; at most {e.wanted} is expected",
    "exclusiveMinimum": lambda e: f"is {e.shown()}; more than {e.wanted} is expected",
    "exclusiveMaximum": lambda e: f"is {e.shown()}; less than {e.wanted} is expected",
    "multipleOf": lambda e: f"is {e.shown()}; a multiple of {e.wanted} is expected",
    "minLength": lambda e: (
        f"has {len(e.value)} characters; at least {e.wanted} are expected" if e.value else "is empty text"
    ),
    "maxLength": lambda e: f"has {len(e.value)} characters; at most {e.wanted} are expected",
    "minItems": lambda e: f"has {entries(len(e.value))}; at least {e.wanted} expected",
    "maxItems": lambda e: f"has {entries(len(e.value))}; at most {e.wanted} expected",
    "minProperties": lambda e: f"has {entries(len(e.value))}; at least {e.wanted} expected",
    "maxProperties": lambda e: f"has {entries(len(e.value))}; at most {e.wanted} expected",
    "uniqueItems": lambda _: "has the same entry twice",
    "format": lambda e: f"is {e.shown()}; {FORMATS.get(e.wanted, e.wanted)} is expected",
    "oneOf": lambda e: (
        f"has {both(e.value)}, which do not go together"
        if is_mixture(e.error)
        else "fits none of the forms that are possible here, or several of them"
    ),
    "not": lambda e: f"is {e.shown()}, which is not allowed here",
}
