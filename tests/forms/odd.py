"""Odd texts and JSON for tests that try whatever may come."""

from __future__ import annotations

from hypothesis import HealthCheck, settings
from hypothesis import strategies as st

QUICK = settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.too_slow])
ODD_TEXTS = [
    *("", " ", "yes", "no", "value", "not_applicable", "true", "0", "-1", "1 000,5", "9" * 30, "1e999", "NaN", "red"),
    *("2026-12-01", "1 dec 2026", "0000-00-00", "99.99", "1/1 2026", "<script>alert(1)</script>", "{{7*7}}", "\x00"),
    *(
        "\ud800",
        "å" * 600,
        "javascript:1",
        "https://exempel.se",
        "_target_",
        "__typename",
        "../../etc/passwd",
        "\u202e",
    ),
]
texts = st.one_of(st.sampled_from(ODD_TEXTS), st.text(max_size=30))
json_values = st.recursive(
    st.one_of(st.none(), st.booleans(), st.integers(), st.floats(), texts),
    lambda inner: st.one_of(st.lists(inner, max_size=3), st.dictionaries(texts, inner, max_size=3)),
    max_leaves=6,
)
