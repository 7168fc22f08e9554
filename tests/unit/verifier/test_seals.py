"""The seals that a hall was shown are told again from the bundle."""

from datetime import UTC, datetime
from pathlib import Path

from congress.verifier.inspection import inspect
from congress.verifier.telling import lines, values
from congress.voting.bundle import write_bundle
from congress.voting.ledger import EntryType, fingerprint
from congress.voting.simulation import scenario
from congress.voting.simulation.run import simulate

MOTION = 'title = "M"\npack = "roberts"\nrule = "majority"\ntrustees = ["A", "B", "C"]\n'
SHOWN = (EntryType.OPEN, EntryType.CHECKPOINT, EntryType.CLOSE, EntryType.CERTIFICATE)


def test_the_seals_are_those_of_the_screens(tmp_path: Path) -> None:
    poll = simulate(scenario.read(MOTION), 3, seed=1, now=datetime.now(UTC), workers=1)
    path = tmp_path / "poll.zip"
    write_bundle(path, poll.entries, workers=1)
    report = inspect(path, processes=1)
    shown = [
        (entry.type.value, entry.seq, fingerprint(entry.hash))
        for entry in poll.entries
        if entry.type in SHOWN
    ]
    told = values(report)["seals"]
    counted = {"checkpoint": {"ballots": 3}}
    assert told == [
        {"type": kind, "seq": seq, "seal": seal, **counted.get(kind, {})}
        for kind, seq, seal in shown
    ]
    said = "\n".join(lines(report))
    assert all(seal in said for _, _, seal in shown)
    assert f"Seal at the close (entry {shown[2][1]}): {shown[2][2]}" in said
