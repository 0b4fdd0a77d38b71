from __future__ import annotations

from generator.findings import Finding, Level, Ref, Related, Span
from generator.reporters import report

PLACE = Ref("alerts/a\nb.yaml", span=Span(3, 4, 3, 5))


def test_a_finding_is_one_block_whatever_its_texts_hold():
    finding = Finding(
        PLACE,
        "two\nlines \x1b[31m",
        "a\thint",
        (Related(PLACE, "see\nhere"),),
        check="source/name",
        level=Level.WARNING,
    )
    assert report("text", [finding], 1) == (
        "alerts/a\\nb.yaml:3:4: warning[source/name]: two lines \\x1b[31m\n"
        "  hint: a hint\n"
        "  see: alerts/a\\nb.yaml:3:4: see here\n"
        "0 errors, 1 warning in 1 source\n"
    )
