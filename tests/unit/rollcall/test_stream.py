"""A camera on the network: a real stream over RTSP, lost and found again."""

import threading
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path

import cv2
import numpy as np
import pytest

from congress.kernel.errors import InputError
from congress.rollcall import camera
from congress.rollcall.camera import Frame, Live, StreamSource, VideoSource, open_source
from tests.helpers.rtspserver import RtspCamera, tones, until

pytestmark = pytest.mark.skipif(
    "FFMPEG:                      YES" not in cv2.getBuildInformation(),
    reason="this OpenCV reads no streams",
)


@pytest.fixture
def network(monkeypatch: pytest.MonkeyPatch) -> Iterator[RtspCamera]:
    monkeypatch.setattr(camera, "_FIRST_WAIT", 0.1)
    with RtspCamera(tones(20), rate=30) as found:
        yield found


def test_a_stream_is_read_frame_by_frame(network: RtspCamera) -> None:
    source = open_source(network.url)
    assert isinstance(source, StreamSource)
    stop = threading.Event()
    frames = source.frames(stop, lambda lost: pytest.fail("it was never lost"))
    found = [next(frames) for _ in range(8)]
    stop.set()
    assert list(frames) == []
    assert [frame.index for frame in found] == list(range(8))
    assert {frame.image.shape for frame in found} == {(240, 320, 3)}
    tone = [float(frame.image.mean()) for frame in found]
    assert tone == sorted(tone), "in the order in which they were filmed"
    assert np.allclose(np.diff(tone), 10, atol=2)


def test_a_stream_that_is_cut_is_said_and_comes_back_by_itself(network: RtspCamera) -> None:
    said: list[bool] = []
    seen: list[int] = []
    with Live(StreamSource(network.url), said.append) as live:
        reading = threading.Thread(target=lambda: seen.extend(frame.index for frame in live))
        reading.start()
        assert until(lambda: len(seen) > 2)
        network.unplug()
        assert until(lambda: said == [True]), "lost"
        before = len(seen)
        network.start()
        assert until(lambda: said == [True, False]), "found again"
        assert until(lambda: len(seen) > before + 2)
        live.stop()
        reading.join(5)
    assert seen == sorted(set(seen)), "frames are counted on"


def test_a_stream_that_stays_away_can_be_given_up_at_once(network: RtspCamera) -> None:
    said: list[bool] = []
    with Live(StreamSource(network.url), said.append) as live:
        next(iter(live))
        network.unplug()
        assert until(lambda: said == [True])
        live.stop()
        live._thread.join(3)
        assert not live._thread.is_alive()


def video(path: Path, frames: int) -> bytes:
    writer = cv2.VideoWriter(str(path), cv2.VideoWriter.fourcc(*"MJPG"), 10, (64, 48))
    for image in tones(frames, (64, 48)):
        writer.write(image)
    writer.release()
    return path.read_bytes()


def test_a_video_that_promises_to_be_endless_ends_with_its_frames(tmp_path: Path) -> None:
    path = tmp_path / "endless.avi"
    data = bytearray(video(path, 12))
    at = data.index(b"avih") + 8 + 16
    data[at : at + 4] = (2**31 - 1).to_bytes(4, "little")
    length = data.index(b"strh") + 8 + 32
    data[length : length + 4] = (2**31 - 1).to_bytes(4, "little")
    path.write_bytes(bytes(data))
    read: list[Frame] = []
    with pytest.raises(InputError, match=r"camera\.file_stopped"):
        read.extend(VideoSource(path, paced=False).frames(threading.Event(), print))
    assert len(read) == 12


def test_a_video_damaged_in_its_middle_crashes_nothing(tmp_path: Path) -> None:
    path = tmp_path / "damaged.avi"
    data = bytearray(video(path, 30))
    for at in range(len(data) // 3, len(data) // 2):
        data[at] ^= 0x5A
    path.write_bytes(bytes(data))
    read: list[Frame] = []
    with suppress(InputError):
        read.extend(VideoSource(path, paced=False).frames(threading.Event(), print))
    assert 0 < len(read) <= 30
