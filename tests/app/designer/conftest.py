from __future__ import annotations

from collections.abc import Callable

import pytest
from flask.testing import FlaskClient

from tests.app.designer.trying import TryPage
from tests.models.drafting.conftest import Studio, draft, reworded, studio

__all__ = ["draft", "reworded", "studio"]

LogIn = Callable[[str], FlaskClient]


@pytest.fixture
def log_in(browsing: Callable[[str], FlaskClient], studio: Studio) -> LogIn:
    """`log_in("dag")` is a browser in which the process designer is logged in."""
    return lambda who: browsing(studio.people[who])


@pytest.fixture
def designer(log_in: LogIn) -> FlaskClient:
    return log_in("dag")


@pytest.fixture
def page(designer: FlaskClient, draft: str) -> TryPage:
    """The try tab of the draft, in the process designer's browser."""
    return TryPage(designer, draft)
