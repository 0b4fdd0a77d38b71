"""Sources with noise in any place: a document or findings, never an exception."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from generator.documents import read_document

SEEDS = (
    b"a: &x [1, {b: 'c'}]\nd: *x\nlabels: {e: 1.10, f}\n<<: *x\n# tocsin: ignore[a/b] until 2027-01-01 x\ng: |\n  h\n",
    (
        b'---\r\na: "\\u00e9"\r\n---\r\n# T\r\n\r\n'
        b"| a | b |\r\n|---|---|\r\n| `c\\|d` | [e](f) |\r\n\r\n1. g\r\n```sh\r\nh\r\n"
    ),
)
NOISE = st.sampled_from(
    [
        b"\t",
        b"\n",
        b"\r",
        b"&x ",
        b"*x",
        b"[",
        b"]",
        b"{",
        b"}",
        b": ",
        b"- ",
        b"? ",
        b"!",
        b"|",
        b'"',
        b"'",
        b"\x00",
        b"\xff",
        b"#",
        b"---\n",
        b"%",
        b",",
        b"<<: ",
        b"\\",
    ]
)


@given(
    st.sampled_from(SEEDS),
    st.lists(st.tuples(st.integers(0, 120), NOISE), max_size=6),
    st.sampled_from(["a.yaml", "a.md"]),
)
def test_no_source_however_broken_raises(seed: bytes, changes: list[tuple[int, bytes]], path: str) -> None:
    raw = seed
    for at, noise in changes:
        raw = raw[:at] + noise + raw[at:]
    document, findings = read_document(path, raw)
    assert document is not None or findings
    for finding in findings:
        assert finding.check.startswith("source/")
    if document is not None:
        for table in document.markdown.tables:
            assert all(len(row) == len(table.columns) for row in table.rows)
