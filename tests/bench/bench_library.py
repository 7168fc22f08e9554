"""The library held to its targets, in one run, as one table: ``make bench``.

Every line compares ours with a peer measured in the same run, or with a bound of the design, so
that it means something on another machine. ``--json`` prints the same as JSON; ``--only NAME``
runs one part. What is drawn on a screen runs in a process of its own, so that its memory is its
own too.
"""

import argparse
import json
import os
import subprocess
import sys
import tempfile
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path
from unittest.mock import patch

from congress.ui.application import application
from congress.ui.inside import load_inside
from tests.bench import library_files, library_list, library_search, library_view
from tests.bench.measuring import Line, report

PARTS: Mapping[str, Callable[[Path], Iterator[Line]]] = {
    "first_page": library_files.first_page,
    "drawing": library_files.drawing,
    "reading": library_view.reading,
    "searching": library_search.searching,
    "grepping": library_search.grepping,
    "nastaliq": library_search.nastaliq,
    "listing": library_list.listing,
    "importing": library_files.importing,
    "unlocking": library_files.unlocking,
}
_APART = frozenset({"reading", "listing"})
"""Parts that show a window."""


def measured(part: str) -> Iterator[Line]:
    """Run one part and give its lines; its files are on a memory disk and go again."""
    memory = Path("/dev/shm")
    with tempfile.TemporaryDirectory(dir=memory if memory.is_dir() else None) as name:
        folder = Path(name)
        for sub in ("thousand", "confined", "grep", "nastaliq", "list", "reader"):
            (folder / sub).mkdir()
        # What a disk needs to write safely is measured in bench_storage.
        with patch.object(os, "fsync"):
            yield from PARTS[part](folder)


def _apart(part: str) -> Iterator[Line]:
    ran = subprocess.run(
        [sys.executable, "-m", __spec__.name, "--only", part, "--json"],
        check=True,
        capture_output=True,
        env={**os.environ, "QT_QPA_PLATFORM": "offscreen", "QT_LOGGING_RULES": "*=false"},
    )
    yield from (Line(**line) for line in json.loads(ran.stdout))


def main() -> None:
    """Run all of it, or one part, and print the table."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--json", action="store_true", help="print JSON instead of a table")
    parser.add_argument("--only", choices=list(PARTS), help="run one part")
    options = parser.parse_args()
    if options.only:
        window = application() if options.only in _APART else None
        if window is not None:
            load_inside()
        report(list(measured(options.only)), as_json=options.json)
        return
    lines: list[Line] = []
    for part in PARTS:
        lines += _apart(part) if part in _APART else measured(part)
    report(lines, as_json=options.json)


if __name__ == "__main__":
    main()
