"""Builds the bad bundles that ship: ``python -m tests.data.bundles.build``.

Each is what one attack or damage makes of a small good poll; ``index.json`` says which check of
the verifier must refuse it, and why. Another verifier can be tried on them. Bombs are left out.
"""

import json
import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parents[3]))

from tests.attacks import other_polls, secret_polls
from tests.attacks.damaged_files import DAMAGES
from tests.helpers.bundles import electronic, hints_of

FOLDER = Path(__file__).parent
TOO_BIG = {"endless_line", "deep_nesting", "huge_number"}


def main() -> None:
    """Write every bundle and the index."""
    for old in FOLDER.glob("*.bundle"):
        old.unlink()
    good = electronic()
    good.write(FOLDER / "good.bundle", hints=hints_of(good))
    index = {}
    for name, attack in {**secret_polls.ATTACKS, **other_polls.ATTACKS}.items():
        attack.make().write(FOLDER / f"{name}.bundle")
        index[name] = {"check": attack.check, "reason": attack.reason}
    for name, damage in DAMAGES.items():
        if name not in TOO_BIG:
            damage.make(FOLDER / f"{name}.bundle")
            index[name] = {"check": damage.check, "reason": damage.reason}
    text = json.dumps(index, indent=2, sort_keys=True, ensure_ascii=False)
    (FOLDER / "index.json").write_text(f"{text}\n", encoding="utf-8")


if __name__ == "__main__":
    main()
