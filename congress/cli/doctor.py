"""``congress doctor``: what is installed, what is missing, and how to get it."""

import ctypes
import importlib.metadata
import os
import shutil
import sys
from collections.abc import Iterator
from dataclasses import asdict, dataclass
from pathlib import Path

import click

from congress.assets import asset
from congress.cli.output import Output
from congress.docs import convert, ocr
from congress.docs.convert import find_office
from congress.docs.ocr import find_tesseract
from congress.docs.worker import Worker
from congress.kernel.errors import CongressError
from congress.rollcall.models import SFACE, YUNET, verified

_PACKAGES = (
    "PySide6-Essentials",
    "SQLAlchemy",
    "sqlcipher3",
    "cryptography",
    "pypdfium2",
    "opencv-python-headless",
    "face_recognition",
    "dlib-bin",
    "typst",
)
_LIMITS = ("network", "privileges", "core", "memory", "file_size", "open_files")
"""What the process that reads papers should do without: see ``congress.docs.confine``."""
_SCRIPTS = {"eng": "English", "vie": "Vietnamese", "urd": "Urdu"}


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing the congress needs or can use.

    Attributes:
        name: What it is.
        found: Its version or place; empty where it is missing.
        needed: Whether the congress cannot run without it.
        remedy: How to get it, where it is missing.
    """

    name: str
    found: str
    needed: bool = True
    remedy: str = ""


def findings() -> Iterator[Finding]:
    """Look at this machine and yield what is there and what is not."""
    yield Finding("Python", sys.version.split()[0])
    for name in _PACKAGES:
        try:
            yield Finding(name, importlib.metadata.version(name))
        except importlib.metadata.PackageNotFoundError:
            yield Finding(name, "", remedy="uv sync --locked")
    if sys.platform == "linux":
        yield from _libraries()
    try:
        for weights in (YUNET, SFACE):
            verified(weights)
        yield Finding("face models", "YuNet, SFace: sha256 verified")
    except CongressError:
        yield Finding("face models", "", needed=False, remedy="uv sync --locked")
    fonts = sorted(asset("fonts").glob("*.ttf"))
    yield Finding("fonts", f"{len(fonts)} files" if fonts else "", remedy="make assets")
    yield from _readers()
    display = os.environ.get("WAYLAND_DISPLAY") or os.environ.get("DISPLAY") or ""
    if sys.platform == "linux":
        yield Finding("display", display, needed=False, remedy="congress demo --headless")
    for device in sorted(Path("/dev").glob("video*")):
        yield Finding("camera", str(device), needed=False)


def _readers() -> Iterator[Finding]:
    """Yield what reads papers: our own process and its fences, LibreOffice, Tesseract."""
    worker = Worker()
    try:
        held = worker.limits()
        lacking = [name for name in _LIMITS if name not in held]
        told = "confined" if not lacking else f"not confined: {', '.join(lacking)}"
        yield Finding("reading process", told)
    except CongressError:
        yield Finding("reading process", "", remedy="close other programs")
    finally:
        worker.close()
    office = find_office()
    remedy = f"apt-get install {convert.PACKAGES}"
    yield Finding("LibreOffice", office.program if office else "", needed=False, remedy=remedy)
    tesseract = find_tesseract()
    where = tesseract.program if tesseract else ""
    yield Finding("Tesseract", where, needed=False, remedy=f"apt-get install {ocr.PACKAGES}")
    for data, language in _SCRIPTS.items() if tesseract else ():
        there = data in tesseract.languages if tesseract else False
        remedy = f"apt-get install tesseract-ocr-{data}"
        name = f"Tesseract, {language}"
        yield Finding(name, data if there else "", needed=False, remedy=remedy)


def _libraries() -> Iterator[Finding]:
    for line in asset("setup/libraries.debian").read_text(encoding="utf-8").splitlines():
        if not line.strip() or line.startswith("#"):
            continue
        when, needs, package = line.split()
        kind, _, name = needs.partition(":")
        remedy = f"apt-get install {package}"
        if kind == "lib":
            try:
                ctypes.CDLL(name)
                yield Finding(name, "loaded")
            except OSError:
                yield Finding(name, "", needed=when != "test", remedy=remedy)
        elif kind == "program":
            places = [shutil.which(name), *Path("/usr/lib/postgresql").glob(f"*/bin/{name}")]
            where = next((str(place) for place in places if place), "")
            yield Finding(name, where, needed=False, remedy=remedy)


@click.command()
@click.option("--json", "as_json", is_flag=True, help="Answer in JSON.")
def doctor(as_json: bool) -> None:
    """Say what is installed, what is missing, and how to get it.

    The status is 1 where something is missing that the congress cannot run without.
    """
    output = Output(as_json=as_json)
    found = list(findings())
    output.answer([asdict(finding) for finding in found])
    for finding in found:
        mark = "ok" if finding.found else ("MISSING" if finding.needed else "not there")
        tail = finding.found or f"get it with: {finding.remedy}"
        output.say(f"{mark:10} {finding.name:28} {tail}")
    if any(finding.needed and not finding.found for finding in found):
        raise SystemExit(1)
