"""The notices name every package of the lock file, in the version that is locked."""

import re
import tomllib
from pathlib import Path

ROOT = Path(__file__).parents[2]
NOT_SHIPPED = {"paperless-congress", "dlib"}
"""Ourselves, and the source package that an override keeps from being installed."""
ROW = re.compile(r"^\| ([a-z0-9][a-z0-9-]*) \| ([0-9][^|]*) \| ([^|]+) \|", re.MULTILINE)


def locked() -> dict[str, set[str]]:
    found: dict[str, set[str]] = {}
    for package in tomllib.loads((ROOT / "uv.lock").read_text(encoding="utf-8"))["package"]:
        if package["name"] not in NOT_SHIPPED:
            found.setdefault(package["name"], set()).add(package["version"])
    return found


def test_the_notices_and_the_lock_agree() -> None:
    text = (ROOT / "THIRD_PARTY_NOTICES.md").read_text(encoding="utf-8")
    named = {name: set(versions.split(", ")) for name, versions, _ in ROW.findall(text)}
    assert named == locked()


def test_every_licence_text_of_a_font_is_there() -> None:
    text = (ROOT / "THIRD_PARTY_NOTICES.md").read_text(encoding="utf-8")
    shipped = {path.name for path in (ROOT / "assets" / "fonts").glob("OFL-*.txt")}
    assert shipped == set(re.findall(r"`(OFL-[A-Za-z]+\.txt)`", text))


def test_the_licence_is_whole() -> None:
    text = (ROOT / "LICENSE").read_text(encoding="utf-8")
    assert "Version 2.0, January 2004" in text
    assert "END OF TERMS AND CONDITIONS" in text
