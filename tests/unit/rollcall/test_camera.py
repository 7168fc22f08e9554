import itertools
import os
import sys
import threading
import time
from collections.abc import Iterator
from pathlib import Path

import cv2
import numpy as np
import pytest

from congress.kernel.errors import CongressError, EnvironmentFault, InputError
from congress.rollcall import camera
from congress.rollcall.camera import (
    CameraSource,
    Frame,
    Live,
    OnLost,
    StreamSource,
    VideoSource,
    open_source,
)


def never(lost: bool) -> None:
    raise AssertionError("no camera was lost")


def collect(source: camera.FrameSource) -> list[Frame]:
    return list(source.frames(threading.Event(), never))


@pytest.fixture
def video(tmp_path: Path) -> Path:
    path = tmp_path / "clip.avi"
    writer = cv2.VideoWriter(str(path), cv2.VideoWriter.fourcc(*"MJPG"), 10, (320, 240))
    for tone in range(20):
        writer.write(np.full((240, 320, 3), 10 * tone, np.uint8))
    writer.release()
    return path


class Endless:
    def frames(self, stop: threading.Event, on_lost: OnLost) -> Iterator[Frame]:
        for index in itertools.count():
            if stop.wait(0.001):
                return
            yield Frame(np.zeros((2, 2, 3), np.uint8), index, index / 1000)


class Failing:
    def frames(self, stop: threading.Event, on_lost: OnLost) -> Iterator[Frame]:
        yield Frame(np.zeros((2, 2, 3), np.uint8), 0, 0.0)
        time.sleep(0.05)
        raise InputError("camera.file_stopped", file="x", seconds=0)


def test_reads_every_frame_of_a_file_with_its_time(video: Path) -> None:
    frames = collect(VideoSource(video, paced=False))
    assert [frame.index for frame in frames] == list(range(20))
    assert frames[15].at == pytest.approx(1.5)
    assert abs(int(frames[15].image.mean()) - 150) < 4


def test_plays_a_file_at_its_pace(video: Path) -> None:
    began = time.monotonic()
    stop = threading.Event()
    frames = VideoSource(video).frames(stop, never)
    for _ in range(4):
        next(frames)
    assert 0.25 < time.monotonic() - began < 2
    stop.set()
    assert list(frames) == []


@pytest.mark.parametrize(
    ("name", "content", "code"),
    [
        ("none.mp4", None, "camera.file_missing"),
        ("empty.mp4", b"", "camera.file_unreadable"),
        ("text.mp4", b"this is no video " * 100, "camera.file_unreadable"),
    ],
)
def test_a_file_that_is_no_video(
    tmp_path: Path, name: str, content: bytes | None, code: str
) -> None:
    path = tmp_path / name
    if content is not None:
        path.write_bytes(content)
    with pytest.raises(InputError) as caught:
        collect(VideoSource(path, paced=False))
    assert (caught.value.code, caught.value.params["file"]) == (code, name)


def test_a_video_that_stops_gives_its_frames_first(video: Path) -> None:
    data = video.read_bytes()
    video.write_bytes(data[: len(data) * 6 // 10])
    frames: list[Frame] = []
    with pytest.raises(InputError, match=r"camera\.file_stopped"):
        frames.extend(VideoSource(video, paced=False).frames(threading.Event(), never))
    assert 2 < len(frames) < 19


def test_a_camera_that_is_not_there() -> None:
    with pytest.raises(EnvironmentFault, match=r"camera\.missing") as caught:
        collect(CameraSource(77))
    assert caught.value.params["camera"] == 77


@pytest.mark.parametrize(("readable", "code"), [(False, "camera.refused"), (True, "camera.busy")])
def test_a_camera_that_cannot_be_used(
    monkeypatch: pytest.MonkeyPatch, readable: bool, code: str
) -> None:
    monkeypatch.setattr(Path, "exists", lambda self: True)
    monkeypatch.setattr(os, "access", lambda path, mode: readable)
    monkeypatch.setattr(sys, "platform", "linux")
    with pytest.raises(EnvironmentFault) as caught:
        collect(CameraSource(78))
    assert caught.value.code == code


def test_a_stream_out_of_reach_names_its_host_and_not_its_password() -> None:
    with pytest.raises(EnvironmentFault, match=r"camera\.unreachable") as caught:
        collect(StreamSource("rtsp://door:secret@127.0.0.1:9/main"))
    assert caught.value.params == {"host": "127.0.0.1"}


def test_a_lost_camera_is_said_and_found_again(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(camera, "_FIRST_WAIT", 0.01)
    image = np.zeros((2, 2, 3), np.uint8)

    class Capture:
        def __init__(self, good: int) -> None:
            self.good = good

        def read(self) -> tuple[bool, object]:
            self.good -= 1
            return self.good >= 0, image

        def release(self) -> None:
            self.good = 0

    said: list[bool] = []
    reopened = iter([Capture(0), Capture(3), Capture(0)])
    frames = camera._reconnecting(
        Capture(2),  # type: ignore[arg-type]
        lambda: next(reopened),  # type: ignore[arg-type,return-value]
        stop := threading.Event(),
        said.append,
    )
    got = [next(frames).index for _ in range(5)]
    stop.set()
    assert list(frames) == []
    assert got == [0, 1, 2, 3, 4]
    assert said == [True, False]


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("0", CameraSource),
        (" 12 ", CameraSource),
        ("rtsp://camera/main", StreamSource),
        ("HTTP://camera/video", StreamSource),
        ("door.mp4", VideoSource),
        ("C:\\door.mp4", VideoSource),
    ],
)
def test_a_source_is_chosen_by_what_it_is_called(text: str, kind: type) -> None:
    assert isinstance(open_source(text), kind)


def test_live_never_gives_a_frame_twice_and_skips_what_is_old() -> None:
    indexes = []
    with Live(Endless()) as live:
        for frame in live:
            indexes.append(frame.index)
            time.sleep(0.02)
            if len(indexes) == 5:
                live.stop()
    assert indexes == sorted(set(indexes))
    assert indexes[-1] > 10


def test_live_passes_on_what_ended_the_source() -> None:
    frames: list[Frame] = []
    with Live(Failing()) as live, pytest.raises(CongressError, match=r"camera\.file_stopped"):
        frames.extend(live)
    assert [frame.index for frame in frames] == [0]


def test_live_reads_a_file_to_its_end(video: Path) -> None:
    with Live(VideoSource(video, paced=False)) as live:
        frames = list(live)
    assert frames[-1].index == 19
