"""What reading finds before any check runs: these are the pages of its ids."""

from __future__ import annotations

from generator.checks.base import described

encoding = described(
    "source/encoding",
    """A source is not UTF-8 text.

    Save it as UTF-8. The position is that of the first byte that means nothing.
    """,
)
too_large = described(
    "source/too-large",
    """A source is larger than 1 MiB.

    Sources are written and reviewed by people. Split it; generated data does not belong here.
    """,
)
empty = described(
    "source/empty",
    """A source has no content.

    An empty file says nothing and looks as if it did. Write it (`tocsin new`) or delete it.
    """,
)
syntax = described(
    "source/syntax",
    """A source is not YAML.

    It is read by the rules of YAML 1.2: `NO` and `10:30` are text, tags are not known, tabs do not indent.
    """,
)
duplicate_key = described(
    "source/duplicate-key",
    """A key stands twice in one map.

    YAML readers take one of the two and say nothing. Remove one.
    """,
)
alias_bomb = described(
    "source/alias-bomb",
    """Aliases multiply into more data than any source holds, or contain themselves.

    A few lines of YAML can stand for gigabytes that way. Write the values out.
    """,
)
front_matter = described(
    "source/front-matter",
    """The front matter of a Markdown source cannot be read.

    It starts with `---` on the first line and ends with `---` on a line of its own; between them is a map.
    """,
)
multiple = described(
    "source/multiple-documents",
    """A file holds more than one YAML document.

    One file, one source: split it at the `---`.
    """,
)
non_text_key = described(
    "source/non-text-key",
    """A key is not plain text.

    Keys are names; lists, maps and nothing at all cannot be one.
    """,
)
merge_key = described(
    "source/merge-key",
    """A merge key (`<<`) is used.

    YAML 1.2 knows none, and readers disagree about it. Write the keys out, or use an alias for a whole value.
    """,
)
depth = described(
    "source/depth",
    """Data are nested deeper than any source needs.

    More than 100 levels are refused: nobody could review them, and readers of YAML run out of stack.
    """,
)
suppression = described(
    "source/suppression",
    """A comment to tocsin cannot be read.

    It would silence nothing, and whoever wrote it believes that it does. The form is
    `# tocsin: ignore[check/id] until 2027-01-31 reason`; the date may be left out.
    """,
)
refused = described(
    "source/refused",
    """A path is not read: a symlink, a folder with a source's name, a device, or a file without permission.

    What is read must be in the repository itself. Replace a symlink by the file.
    """,
)
branch = described(
    "source/branch",
    """The branch of the setting `status.branch` cannot be laid over the sources as a whole.

    It is not in this clone, or not whole: `git fetch origin status`, and in CI a checkout with `fetch-depth: 0`. Until
    then incidents that were recorded there are missing from the status page.
    """,
    level="warning",
)
name = described(
    "source/name",
    """A file's name is not an id.

    The name is the id that other sources use: lower case letters, digits and single hyphens. Incidents, maintenances
    and postmortems start with their date.
    """,
)
duplicate_id = described(
    "source/duplicate-id",
    """Two sources, or two entries, have one id.

    Folders below `alerts/`, `runbooks/` … are free, so two files can have one name. Rename one.
    """,
)
unknown_key = described(
    "schema/unknown-key",
    """A key is not known.

    A key that nobody reads is a wish that nobody grants: `pageAlert` for `page_alert` has silenced pages before. The
    hint names the nearest key.
    """,
)
missing_key = described(
    "schema/missing-key",
    """A key is missing that has no default.

    The message names it; `tocsin new` writes sources that are complete.
    """,
)
type_ = described(
    "schema/type",
    """A value is of another type than expected.

    Text where a number belongs, or a list where a map does. `"99.9"` in quotes is text.
    """,
)
value = described(
    "schema/value",
    """A value is not one of those that mean something here.

    Out of range, of another form, or a day that no calendar has. The hint says what is possible.
    """,
)
