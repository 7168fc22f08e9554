"""Tries bad files for as long as one likes: ``make fuzz SECONDS=600 SEED=1``.

Prints what came of them. A file that made something happen that should not, and the one that was
being tried if this process itself dies, are kept in ``out/fuzz``.
"""

import sys
import time
from collections import Counter
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parents[2]))

from tests.fuzz.bombs import all_bombs
from tests.fuzz.mutations import mutants
from tests.fuzz.trial import Listener, Result, Trial

OUT = Path("out/fuzz")


def main(seconds: float, seed: int) -> int:
    """Try the bombs, then mutants until the time is over; return 1 if anything was wrong."""
    OUT.mkdir(parents=True, exist_ok=True)
    trial, listener = Trial(), Listener()
    deadline = time.monotonic() + seconds
    said: Counter[str] = Counter()
    slowest = Result("", 0.0)
    wrong = count = 0

    def attempt(name: str, data: bytes) -> None:
        nonlocal slowest, wrong, count
        (OUT / "current").write_bytes(data)
        result = trial.run(name, data)
        count += 1
        said[result.said] += 1
        slowest = max(slowest, result, key=lambda each: each.seconds)
        if result.fault or result.said == "docs.reader_crashed":
            wrong += bool(result.fault)
            kept = OUT / f"{seed}-{count}-{name}"
            kept.write_bytes(data)
            sys.stdout.write(f"{result.fault or result.said}: {kept}\n")

    for name, data in all_bombs(listener.address):
        attempt(name, data)
    for name, data in mutants(seed):
        if time.monotonic() > deadline:
            break
        attempt(name, data)
    trial.close()
    (OUT / "current").unlink()
    asked = listener.close()
    sys.stdout.write(f"{count} files with seed {seed}; the slowest took {slowest.seconds:.1f} s\n")
    for code, number in said.most_common():
        sys.stdout.write(f"{number:8} {code}\n")
    sys.stdout.write(f"wrong: {wrong}; calls to the network: {asked}\n")
    return 1 if wrong or asked else 0


if __name__ == "__main__":
    sys.exit(main(float(sys.argv[1]), int(sys.argv[2])))
