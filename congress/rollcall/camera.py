"""Where frames come from: a camera, a video file, a stream over the network.

A source yields frames until it ends or is stopped; ``Live`` reads one in a thread of its own
and keeps only the newest frame, so that whoever works slower than the camera never falls
behind it.
"""

import os
import sys
import threading
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Protocol
from urllib.parse import urlsplit

import cv2
import numpy as np

from congress.kernel.errors import CongressError, EnvironmentFault, InputError
from congress.rollcall.detector import quiet_opencv
from congress.rollcall.faces import Image

_OPEN_MS = _READ_MS = 5_000
_FIRST_WAIT, _LONGEST_WAIT = 1.0, 10.0
_FEWEST_OF_PROMISED = 0.9
_STREAMS = ("rtsp", "rtsps", "rtmp", "http", "https")


@dataclass(frozen=True, slots=True, eq=False)
class Frame:
    """One picture of a source.

    Attributes:
        image: The picture.
        index: Its number in the source, from 0.
        at: Seconds since the source began.
    """

    image: Image
    index: int
    at: float


OnLost = Callable[[bool], None]
"""Told ``True`` when a camera is lost and ``False`` when it is back."""


class FrameSource(Protocol):
    """Yields frames."""

    def frames(self, stop: threading.Event, on_lost: OnLost) -> Iterator[Frame]:
        """Yield frames until the source ends or ``stop`` is set.

        Raises:
            EnvironmentFault: ``camera.missing``, ``camera.refused``, ``camera.busy`` or
                ``camera.unreachable``: the camera could not be opened.
            InputError: ``camera.file_missing``, ``camera.file_unreadable`` or, after its
                last frame, ``camera.file_stopped``.
        """
        ...


class CameraSource:
    """A camera of this machine, by its number; reconnects when it is unplugged."""

    def __init__(self, index: int) -> None:
        """Take the number of the camera, from 0."""
        self._index = index

    def frames(self, stop: threading.Event, on_lost: OnLost) -> Iterator[Frame]:
        """Yield frames; see ``FrameSource.frames``."""
        quiet_opencv()
        capture = cv2.VideoCapture(self._index)
        if not capture.isOpened():
            raise self._fault()
        capture.set(cv2.CAP_PROP_FRAME_WIDTH, 1280)
        capture.set(cv2.CAP_PROP_FRAME_HEIGHT, 720)
        capture.set(cv2.CAP_PROP_BUFFERSIZE, 1)
        yield from _reconnecting(capture, lambda: cv2.VideoCapture(self._index), stop, on_lost)

    def _fault(self) -> EnvironmentFault:
        device = Path(f"/dev/video{self._index}")
        if sys.platform == "linux" and device.exists():
            if not os.access(device, os.R_OK | os.W_OK):
                return EnvironmentFault("camera.refused", camera=self._index)
            return EnvironmentFault("camera.busy", camera=self._index)
        return EnvironmentFault("camera.missing", camera=self._index)


class StreamSource:
    """A camera on the network (RTSP and the like); reconnects when it is lost."""

    def __init__(self, url: str) -> None:
        """Take the address, which may hold a password and is never shown whole."""
        self._url = url

    def frames(self, stop: threading.Event, on_lost: OnLost) -> Iterator[Frame]:
        """Yield frames; see ``FrameSource.frames``."""
        quiet_opencv()
        capture = self._open()
        if not capture.isOpened():
            raise EnvironmentFault("camera.unreachable", host=urlsplit(self._url).hostname or "")
        yield from _reconnecting(capture, self._open, stop, on_lost)

    def _open(self) -> cv2.VideoCapture:
        waits = [cv2.CAP_PROP_OPEN_TIMEOUT_MSEC, _OPEN_MS, cv2.CAP_PROP_READ_TIMEOUT_MSEC, _READ_MS]
        return cv2.VideoCapture(self._url, cv2.CAP_FFMPEG, waits)


class VideoSource:
    """A video file, at its own pace or as fast as it can be read."""

    def __init__(self, path: Path, *, paced: bool = True) -> None:
        """Take the file.

        Args:
            path: The video.
            paced: Whether frames come at the pace they were filmed, as from a camera.
        """
        self._path = path
        self._paced = paced

    def frames(self, stop: threading.Event, on_lost: OnLost) -> Iterator[Frame]:
        """Yield frames; see ``FrameSource.frames``."""
        quiet_opencv()
        if not self._path.is_file():
            raise InputError("camera.file_missing", file=self._path.name)
        capture = cv2.VideoCapture(str(self._path))
        try:
            rate = capture.get(cv2.CAP_PROP_FPS)
            rate = rate if 1 <= rate <= 240 else 25.0
            promised = capture.get(cv2.CAP_PROP_FRAME_COUNT)
            began, index = time.monotonic(), 0
            while not stop.is_set():
                good, image = capture.read()
                if not good:
                    break
                at = index / rate
                if self._paced and stop.wait(max(0.0, began + at - time.monotonic())):
                    return
                yield Frame(np.asarray(image, np.uint8), index, at)
                index += 1
        finally:
            capture.release()
        if stop.is_set():
            return
        if not index:
            raise InputError("camera.file_unreadable", file=self._path.name)
        if index < promised * _FEWEST_OF_PROMISED:
            raise InputError("camera.file_stopped", file=self._path.name, seconds=int(index / rate))


def _reconnecting(
    capture: cv2.VideoCapture,
    reopen: Callable[[], cv2.VideoCapture],
    stop: threading.Event,
    on_lost: OnLost,
) -> Iterator[Frame]:
    began, index, wait = time.monotonic(), 0, _FIRST_WAIT
    try:
        while not stop.is_set():
            good, image = capture.read()
            if good:
                if wait > _FIRST_WAIT:
                    on_lost(False)
                    wait = _FIRST_WAIT
                yield Frame(np.asarray(image, np.uint8), index, time.monotonic() - began)
                index += 1
                continue
            if wait == _FIRST_WAIT:
                on_lost(True)
            capture.release()
            if stop.wait(wait):
                return
            wait = min(wait * 2, _LONGEST_WAIT)
            capture = reopen()
    finally:
        capture.release()


def open_source(text: str, *, paced: bool = True) -> FrameSource:
    """Return the source that ``text`` names: a camera's number, an address, or a file.

    Args:
        text: For instance ``"0"``, ``"rtsp://camera.local/main"`` or ``"door.mp4"``.
        paced: For a file, whether it plays at its own pace.
    """
    text = text.strip()
    if text.isascii() and text.isdigit():
        return CameraSource(int(text))
    if urlsplit(text).scheme.lower() in _STREAMS:
        return StreamSource(text)
    return VideoSource(Path(text), paced=paced)


class Live:
    """Reads a source in its own thread and hands out the newest frame.

    ::

        with Live(source) as live:
            for frame in live:
                ...
    """

    def __init__(self, source: FrameSource, on_lost: OnLost = lambda lost: None) -> None:
        """Take the source; nothing is opened before the ``with`` block is entered.

        Args:
            source: Where frames come from.
            on_lost: Called in the reading thread when the camera is lost or found again.
        """
        self._source = source
        self._on_lost = on_lost
        self._stop = threading.Event()
        self._change = threading.Condition()
        self._newest: Frame | None = None
        self._ended = False
        self._error: CongressError | None = None
        self._thread = threading.Thread(target=self._read, name="camera", daemon=True)

    def __enter__(self) -> "Live":
        """Begin to read."""
        self._thread.start()
        return self

    def __exit__(self, *_: object) -> None:
        """Stop reading and let the camera go."""
        self.stop()
        self._thread.join(timeout=2 * _READ_MS / 1000)

    def stop(self) -> None:
        """Ask the reading to stop; callable from any thread."""
        self._stop.set()
        with self._change:
            self._change.notify_all()

    def __iter__(self) -> Iterator[Frame]:
        """Yield the newest frame each time, never one twice, until the source ends.

        Raises:
            CongressError: What ended the source; see ``FrameSource.frames``.
        """
        while True:
            with self._change:
                self._change.wait_for(lambda: self._newest or self._ended or self._stop.is_set())
                frame, self._newest = self._newest, None
                if frame is None or self._stop.is_set():
                    if self._error and not self._stop.is_set():
                        raise self._error
                    return
            yield frame

    def _read(self) -> None:
        error: CongressError | None = None
        try:
            for frame in self._source.frames(self._stop, self._on_lost):
                with self._change:
                    self._newest = frame
                    self._change.notify_all()
        except CongressError as fault:
            error = fault
        finally:
            with self._change:
                self._error, self._ended = error, True
                self._change.notify_all()
