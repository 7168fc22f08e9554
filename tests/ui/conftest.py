"""Fixtures for tests of pages and components."""

import os
from collections.abc import Iterator

import pytest

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

from PySide6.QtWidgets import QApplication

from congress.ui.context import UiContext
from tests.helpers.uicontext import Surroundings, ui_context


@pytest.fixture
def ui(qapp: QApplication) -> Iterator[tuple[UiContext, Surroundings]]:
    """A context in English and light, and what it records."""
    with ui_context() as pair:
        yield pair


@pytest.fixture
def context(ui: tuple[UiContext, Surroundings]) -> UiContext:
    """A context in English and light."""
    return ui[0]


@pytest.fixture
def around(ui: tuple[UiContext, Surroundings]) -> Surroundings:
    """What the context recorded."""
    return ui[1]
