"""Flips a bit of every byte of a small bundle's ledger and index: ``make fuzz`` runs it.

Each change is tried as it is and with all hashes of files told anew; each must be refused, and
refused with a report, not with a crash.
"""

import json
import sys
import tempfile
import time
import zipfile
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parents[2]))

from congress.verifier.inspection import inspect
from tests.attacks.test_damaged_files import changed_byte
from tests.helpers.bundles import electronic, write_zip


def main(seconds: float) -> int:
    """Try bytes, spread evenly, until all are tried or the time is over."""
    deadline = time.monotonic() + seconds
    tried = passed = 0
    with tempfile.TemporaryDirectory() as folder:
        good = electronic().write(Path(folder) / "good")
        with zipfile.ZipFile(good) as archive:
            text, told = archive.read("ledger.jsonl"), archive.read("bundle.json")
        index = json.loads(told)
        del index["files"]
        for place in range(len(told)):
            bad = Path(folder) / "bad"
            with zipfile.ZipFile(bad, "w") as archive:
                archive.writestr("bundle.json", changed_byte(told, place))
                archive.writestr("ledger.jsonl", text)
                archive.writestr("README.txt", "")
            tried += 1
            if inspect(bad, processes=1).holds:
                passed += 1
                sys.stdout.write(f"byte {place} of the index can be changed\n")
        step = 7919
        for number in range(len(text)):
            if time.monotonic() > deadline:
                break
            place = number * step % len(text)
            bad = write_zip(Path(folder) / "bad", index, changed_byte(text, place))
            tried += 1
            if inspect(bad, processes=1).holds:
                passed += 1
                sys.stdout.write(f"byte {place} of the ledger can be changed\n")
    sys.stdout.write(f"{tried} bytes of {len(text) + len(told)} changed; {passed} unnoticed\n")
    return 1 if passed else 0


if __name__ == "__main__":
    sys.exit(main(float(sys.argv[1])))
