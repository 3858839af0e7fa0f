"""The invented town, for tests of what flows in it."""

from __future__ import annotations

import pytest

from tests.stories.town import Town, build_town
from workflows.kernel.context import Context


@pytest.fixture
def town(ctx: Context) -> Town:
    return build_town(ctx)
