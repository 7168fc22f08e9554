"""One small congress, held and exported once for all tests here."""

from pathlib import Path

import pytest

from tests.helpers.smallcongress import SmallCongress


@pytest.fixture(scope="session")
def held() -> SmallCongress:
    congress = SmallCongress()
    congress.hold()
    return congress


@pytest.fixture(scope="session")
def exported(held: SmallCongress, tmp_path_factory: pytest.TempPathFactory) -> dict[str, bytes]:
    folder: Path = tmp_path_factory.mktemp("exports") / "out"
    return held.export(folder, "en", "vi", "ur")
