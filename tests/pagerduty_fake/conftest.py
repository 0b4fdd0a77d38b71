"""A strict PagerDuty whose clock stands at the beginning of 2026."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime

import pytest

from tests.pagerduty_fake import FakePagerDuty, State


@pytest.fixture
def api() -> Iterator[FakePagerDuty]:
    with FakePagerDuty(State(now=datetime(2026, 1, 1, tzinfo=UTC))) as fake:
        yield fake
