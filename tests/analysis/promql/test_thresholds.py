from __future__ import annotations

import pytest

from generator.analysis.promql.thresholds import thresholds


@pytest.mark.parametrize(
    ("expr", "found"),
    [
        ("probe_ssl_earliest_cert_expiry - time() < 14 * 86400", (("<", 1209600.0),)),
        ("0.5 > x", (("<", 0.5),)),
        (
            "a / b < 0.10 and (predict_linear(a[1h], 4 * 3600) < 0 or a / b < 0.02)",
            (("<", 0.1), ("<", 0.0), ("<", 0.02)),
        ),
        ("x > 1 or y > 1", ((">", 1.0),)),
        ("x > y", ()),
        ("x > bool 1", ()),
        ("absent(x)", ()),
        ("x > on (a) y", ()),
        ("x >", ()),
    ],
)
def test_the_numbers_that_a_query_compares_with(expr, found):
    assert thresholds(expr) == found
