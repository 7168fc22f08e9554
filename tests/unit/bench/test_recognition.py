import json
import shutil
from pathlib import Path

import numpy as np
import pytest
from click.testing import CliRunner

from congress.bench import recognition
from congress.bench.recognition import measure, photographs
from congress.bench.ways import Stages, middle
from congress.cli.main import main
from congress.demo import portraits
from congress.kernel.errors import InputError
from congress.rollcall.faces import Box, Image, Vector


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """Two persons of four pictures each and one stranger, all fetched portraits."""
    found = portraits.cached()
    if found is None:
        pytest.skip("`congress setup` was not run")
    for badge in ("G01", "G02"):
        (tmp_path / "gallery" / badge).mkdir(parents=True)
        for number in range(1, 5):
            shutil.copy(found.folder / f"{badge}.jpg", tmp_path / f"gallery/{badge}/{number}.jpg")
    (tmp_path / "strangers").mkdir()
    shutil.copy(found.folder / "S01.jpg", tmp_path / "strangers")
    return tmp_path


def test_the_first_three_are_enrolled_and_the_rest_probed(folder: Path) -> None:
    found = photographs(folder)
    assert [len(paths) for paths in found.enrolled.values()] == [3, 3]
    assert [(person, path.name) for person, path in found.probes] == [
        ("G01", "4.jpg"),
        ("G02", "4.jpg"),
    ]
    assert [path.name for path in found.strangers] == ["S01.jpg"]


def test_a_folder_without_a_gallery_is_named(tmp_path: Path) -> None:
    with pytest.raises(InputError) as caught:
        photographs(tmp_path)
    assert caught.value.code == "bench.no_gallery"


def test_the_same_picture_is_identified_and_a_stranger_is_not(folder: Path) -> None:
    figures = measure("sface", photographs(folder))
    assert figures.at_own.tpir == 1
    assert (figures.at_own.wrong, figures.at_own.strangers, figures.missed) == (0, 0, 0)
    assert set(figures.cpu_ms) == {"detect", "align", "embed", "match"}


def test_a_picture_that_cannot_be_read_is_named(folder: Path) -> None:
    (folder / "strangers" / "broken.jpg").write_bytes(b"no picture")
    with pytest.raises(InputError) as caught:
        measure("sface", photographs(folder))
    assert (caught.value.code, caught.value.params["file"]) == ("bench.unreadable", "broken.jpg")


class _Blind:
    """A way that finds a face only in some pictures."""

    def __init__(self) -> None:
        self.stages = Stages()
        self._seen = 0

    def template(self, image: Image) -> Vector | None:
        self._seen += 1
        return np.ones(1, np.float32) if self._seen <= 6 else None

    portrait = template

    def enrol(self, templates: object) -> float:
        return 0.5

    def best(self, template: Vector) -> tuple[str, float]:
        return "G01", 1.0


def test_a_probe_without_a_face_is_not_identified(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(recognition, "WAYS", {"sface": _Blind})
    figures = measure("sface", photographs(folder))
    assert (figures.missed, figures.at_own.tpir) == (3, 0)


def test_the_face_in_the_middle_is_meant() -> None:
    picture = np.zeros((100, 100, 3), np.uint8)
    assert middle([Box(0, 0, 40, 40), Box(40, 40, 20, 20)], picture) == 1


def test_the_command_answers_in_json(folder: Path) -> None:
    command = ["bench", "rollcall", "--data", str(folder), "--backend", "sface", "--json"]
    done = CliRunner().invoke(main, command)
    assert done.exit_code == 0, done.output
    answer = json.loads(done.stdout)
    assert (answer["gallery"], answer["probes"], answer["strangers"]) == (2, 2, 1)
    assert set(answer["sface"]) == {
        "tpir_fpir_1pct",
        "tpir_fpir_0_3pct",
        "at_T",
        "missed_detection",
        "cpu_ms",
    }
    assert answer["sface"]["at_T"] == {
        "T": 0.5,
        "tpir": 1.0,
        "wrong": 0,
        "strangers_accepted": 0,
    }
    assert "face_recognition" not in answer


def test_the_command_prints_a_table(folder: Path) -> None:
    done = CliRunner().invoke(main, ["bench", "rollcall", "--data", str(folder)])
    assert done.exit_code == 0, done.output
    assert "sface: 2 enrolled, 2 probes, 1 strangers" in done.stdout
    assert "face_recognition: 2 enrolled" in done.stdout


def test_the_command_wants_something_to_measure() -> None:
    assert CliRunner().invoke(main, ["bench", "rollcall"]).exit_code == 2
