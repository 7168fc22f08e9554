"""A camera on the network, as small as it can be: RTSP (RFC 2326) with JPEG over TCP (RFC 2435)."""

import contextlib
import itertools
import socket
import struct
import threading
import time
from collections.abc import Callable, Iterator, Sequence

import cv2
import numpy as np

from congress.rollcall.faces import Image

_CLOCK = 90_000
_MOST = 1400


class RtspCamera:
    """Serves pictures, again and again, to one client after the other.

    Attributes:
        port: Where it listens; the same one after ``start`` again.
    """

    def __init__(self, pictures: Sequence[Image], rate: int = 15, port: int = 0) -> None:
        self._frames = [_taken_apart(picture) for picture in pictures]
        self._size = pictures[0].shape[1], pictures[0].shape[0]
        self._rate, self.port = rate, port
        self._stop = threading.Event()
        self._open: list[socket.socket] = []
        self._threads: list[threading.Thread] = []

    @property
    def url(self) -> str:
        return f"rtsp://door:secret@127.0.0.1:{self.port}/main"

    def __enter__(self) -> "RtspCamera":
        self.start()
        return self

    def __exit__(self, *_: object) -> None:
        self.unplug()

    def start(self) -> None:
        self._stop.clear()
        listener = socket.create_server(("127.0.0.1", self.port))
        self.port = listener.getsockname()[1]
        self._open = [listener]
        self._spawn(lambda: self._listen(listener))

    def unplug(self) -> None:
        """Let every connection go, as a cable that is pulled does."""
        self._stop.set()
        for each in self._open:
            with contextlib.suppress(OSError):
                each.shutdown(socket.SHUT_RDWR)
            each.close()
        for thread in self._threads:
            thread.join(5)
        self._threads.clear()

    def _spawn(self, work: Callable[[], None]) -> None:
        thread = threading.Thread(target=work, daemon=True)
        self._threads.append(thread)
        thread.start()

    def _listen(self, listener: socket.socket) -> None:
        while not self._stop.is_set():
            try:
                client, _ = listener.accept()
            except OSError:
                return
            self._open.append(client)
            self._spawn(lambda client=client: self._serve(client))  # type: ignore[misc]

    def _serve(self, client: socket.socket) -> None:
        with contextlib.suppress(OSError), client, client.makefile("rb") as lines:
            while not self._stop.is_set():
                head = _request(lines)
                if not head:
                    return
                method, answer = head[""].split()[0], self._answer(head)
                client.sendall(answer.encode())
                if method == "PLAY":
                    self._spawn(lambda: self._send(client))
                elif method == "TEARDOWN":
                    return

    def _answer(self, head: dict[str, str]) -> str:
        method = head[""].split()[0]
        number = f"CSeq: {head['cseq']}\r\n"
        if method == "DESCRIBE":
            body = (
                "v=0\r\no=- 0 0 IN IP4 127.0.0.1\r\ns=door\r\nc=IN IP4 127.0.0.1\r\nt=0 0\r\n"
                f"m=video 0 RTP/AVP 26\r\na=control:0\r\na=framerate:{self._rate}\r\n"
            )
            kind = f"Content-Type: application/sdp\r\nContent-Length: {len(body)}\r\n"
            return f"RTSP/1.0 200 OK\r\n{number}{kind}\r\n{body}"
        if method == "SETUP":
            if "TCP" not in head["transport"]:
                return f"RTSP/1.0 461 Unsupported Transport\r\n{number}\r\n"
            way = "Session: 1\r\nTransport: RTP/AVP/TCP;unicast;interleaved=0-1\r\n"
            return f"RTSP/1.0 200 OK\r\n{number}{way}\r\n"
        able = "Public: OPTIONS, DESCRIBE, SETUP, PLAY, TEARDOWN\r\nSession: 1\r\n"
        return f"RTSP/1.0 200 OK\r\n{number}{able}\r\n"

    def _send(self, client: socket.socket) -> None:
        numbers = itertools.count()
        with contextlib.suppress(OSError):
            for at, (tables, scan) in enumerate(itertools.cycle(self._frames)):
                if self._stop.wait(1 / self._rate):
                    return
                moment = at * _CLOCK // self._rate
                for packet in _packets(tables, scan, self._size, moment, numbers):
                    client.sendall(struct.pack(">BBH", ord("$"), 0, len(packet)) + packet)


def _request(lines: object) -> dict[str, str]:
    found: dict[str, str] = {}
    for raw in lines:  # type: ignore[attr-defined]
        line = raw.decode("latin-1").strip()
        if not line:
            if found:
                return found
            continue
        name, _, value = line.partition(":") if found else ("", "", line)
        found[name.lower()] = value.strip()
    return {}


def _taken_apart(picture: Image) -> tuple[bytes, bytes]:
    """Return the quantisation tables and the scan of a picture as a baseline JPEG 4:2:0."""
    data = cv2.imencode(".jpg", picture, [cv2.IMWRITE_JPEG_QUALITY, 85])[1].tobytes()
    tables, at = b"", 2
    while True:
        marker, length = data[at + 1], int.from_bytes(data[at + 2 : at + 4], "big")
        if marker == 0xDB:
            part = data[at + 4 : at + 2 + length]
            for start in range(0, len(part), 65):
                tables += part[start + 1 : start + 65]
        at += 2 + length
        if marker == 0xDA:
            return tables, data[at:-2]


def _packets(
    tables: bytes, scan: bytes, size: tuple[int, int], moment: int, numbers: Iterator[int]
) -> Iterator[bytes]:
    for start in range(0, len(scan), _MOST):
        part = scan[start : start + _MOST]
        last = start + _MOST >= len(scan)
        rtp = struct.pack(
            ">BBHII", 0x80, 26 | (0x80 if last else 0), next(numbers) & 0xFFFF, moment, 1
        )
        jpeg = struct.pack(">I", start) + bytes([1, 255, size[0] // 8, size[1] // 8])
        quant = struct.pack(">BBH", 0, 0, len(tables)) + tables if start == 0 else b""
        yield rtp + jpeg + quant + part


def tones(count: int, size: tuple[int, int] = (320, 240)) -> list[Image]:
    """Return pictures of one tone each, brighter and brighter."""
    wide, high = size
    return [np.full((high, wide, 3), 20 + at * 200 // count, np.uint8) for at in range(count)]


def until(condition: Callable[[], bool], seconds: float = 10) -> bool:
    """Wait until ``condition`` holds; return whether it came to."""
    end = time.monotonic() + seconds
    while not condition() and time.monotonic() < end:
        time.sleep(0.01)
    return condition()
