from pathlib import Path

import cv2
import numpy as np
import pytest

from congress.bench.video import Speed, speed
from congress.kernel.errors import InputError


def test_both_ways_see_the_same_frames_at_the_asked_size(tmp_path: Path) -> None:
    path = tmp_path / "grey.mp4"
    writer = cv2.VideoWriter(str(path), cv2.VideoWriter.fourcc(*"mp4v"), 15, (160, 120))
    for _ in range(10):
        writer.write(np.full((120, 160, 3), 90, np.uint8))
    writer.release()
    found = speed(path, (128, 96))
    assert (found.width, found.height, found.frames) == (128, 96, 10)
    assert found.ours > 0
    assert found.peer > 0
    assert Speed(1, 1, 1, 30.0, 2.0).ratio == 15


def test_a_missing_video_is_named(tmp_path: Path) -> None:
    with pytest.raises(InputError) as caught:
        speed(tmp_path / "none.mp4", (128, 96))
    assert caught.value.code == "camera.file_missing"
