"""A hall for the tests of polls."""

import pytest

from tests.helpers.hall import Hall


@pytest.fixture
def hall() -> Hall:
    """Ten delegates, all of them there."""
    return Hall()
