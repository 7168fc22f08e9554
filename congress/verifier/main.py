"""The verifier as a command of its own: ``python3 -m congress.verifier.main BUNDLE``."""

import argparse
import json
import sys
from collections.abc import Sequence
from pathlib import Path

from congress.verifier.inspection import inspect
from congress.verifier.telling import lines, values

HOLDS, FAILS, USAGE = 0, 1, 2


def main(arguments: Sequence[str] | None = None) -> int:
    """Check a bundle, tell what came of it, and return the exit status.

    Args:
        arguments: Those of the command line by default.

    Returns:
        0 if everything held, 1 if not.
    """
    parser = argparse.ArgumentParser(
        prog="verify", description="Check a published bundle of a poll, by itself."
    )
    parser.add_argument("bundle", type=Path, help="the bundle, one file")
    parser.add_argument("--json", action="store_true", help="answer in JSON")
    parser.add_argument(
        "--without-hints", action="store_true", help="work everything out; takes many times as long"
    )
    parser.add_argument("--processes", type=int, help="how many to use; by default all processors")
    asked = parser.parse_args(arguments)
    report = inspect(asked.bundle, with_hints=not asked.without_hints, processes=asked.processes)
    sys.stdout.reconfigure(errors="replace")  # type: ignore[union-attr]
    if asked.json:
        sys.stdout.write(json.dumps(values(report), ensure_ascii=False, indent=2) + "\n")
    else:
        sys.stdout.writelines(f"{line}\n" for line in lines(report))
    return HOLDS if report.holds else FAILS


if __name__ == "__main__":
    sys.exit(main())
