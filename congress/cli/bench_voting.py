"""``congress bench voting``: secret ballots against their targets and against a peer."""

from collections.abc import Iterator, Mapping
from pathlib import Path

import click

from congress.bench import voting
from congress.bench.voting import NAMES, SEATS, Bench, election, motion
from congress.bench.voting_peer import Absent, Peer, measure
from congress.cli.output import Output, errors_spoken
from congress.i18n.translator import Translator
from congress.storage.faults import naming

_ROUNDS, _PEER_ROUNDS = 9, 2
_SAMPLE = 8
"""Without --full, one in so many of the voters of a whole poll."""
_FEW = 3
"""Ballots of the poll that tells what is the same however many vote."""
_WHOLE = {"1600x200": (1600, election(200, 150)), "5000_motion": (5000, motion())}
_LIMITS: Mapping[str, float] = {
    "encrypt_40_ms": 15,
    "verify_40_ms": 20,
    "ballot_40_bytes": 9 * 1024,
    "encrypt_motion_ms": 1.5,
    "verify_motion_ms": 1.5,
    "sum_1000x40_ms": 50,
    "verify_1600x200_s": 60,
    "verify_5000_motion_s": 60,
}
"""Targets that a figure must not be over."""
_FLOORS: Mapping[str, float] = {
    "batch_ratio": 3,
    "electionguard_encrypt_ratio": 10,
    "electionguard_verify_ratio": 10,
    "stv_agreement": 1,
}
"""Targets that a figure must reach."""


@click.command("voting")
@click.option("--full", is_flag=True, help="Hold the whole polls, not an eighth of each.")
@click.option("--peer/--no-peer", default=True, help="Install and run electionguard 1.4.0.")
@click.option(
    "--elections",
    type=click.Path(path_type=Path, exists=True, file_okay=False),
    help="Folder of real elections (BLT) with scottish_winners.json.",
)
@click.option("--json", "as_json", is_flag=True, help="Answer in JSON.")
def bench_voting(full: bool, peer: bool, elections: Path | None, as_json: bool) -> None:
    """Encrypt, check, add up and verify secret ballots, and count real elections."""
    output = Output(as_json=as_json)
    with errors_spoken(output):
        figures: dict[str, object] = {}
        figures |= _ballots(Bench())
        figures |= _polls(output, 1 if full else _SAMPLE)
        figures |= _peer(figures) if peer else {"electionguard_skipped": "--no-peer"}
        if elections is None:
            figures["stv_skipped"] = "--elections"
        else:
            with naming(elections):
                found = voting.scottish_agreement(elections)
            figures["stv_elections"] = found.elections
            figures["stv_agreement"] = found.agreed / found.elections
        for line in _lines(output.tr, figures):
            output.say(line)
        output.answer(figures | {"met": _met(figures)})


def _ballots(bench: Bench) -> dict[str, object]:
    forty, yes_no = bench.ballots(election(NAMES, SEATS), _ROUNDS), bench.ballots(motion(), 30)
    return {
        "encrypt_40_ms": round(forty.encrypt, 3),
        "verify_40_ms": round(forty.verify, 3),
        "ballot_40_bytes": forty.length,
        "encrypt_motion_ms": round(yes_no.encrypt, 3),
        "verify_motion_ms": round(yes_no.verify, 3),
        "ballot_motion_bytes": yes_no.length,
        "sum_1000x40_ms": round(bench.summed(), 2),
        "batch_ratio": round(bench.batched(), 2),
    }


def _polls(output: Output, part: int) -> dict[str, object]:
    """Hold both polls, or a part of each; how many ballots were really cast is told."""
    figures: dict[str, object] = {}
    for name, (cast, contest) in _WHOLE.items():
        poll = held = voting.whole(contest, cast // part, output.progress(name))
        if part > 1:
            few = voting.whole(contest, _FEW, output.progress(name))
            poll = voting.extrapolated(few, held, cast)
        figures |= {
            f"measured_{name}": held.ballots,
            f"simulate_{name}_s": round(poll.vote, 1),
            f"bundle_{name}_s": round(poll.bundle, 1),
            f"verify_{name}_s": round(poll.verify, 1),
            f"verify_{name}_cpu_s": round(poll.verify_cpu, 1),
        }
    return figures


def _peer(figures: Mapping[str, object]) -> dict[str, object]:
    match measure(NAMES, SEATS, _PEER_ROUNDS):
        case Absent(reason):
            return {"electionguard_skipped": reason}
        case Peer(encrypt, verify, _):
            ours = float(str(figures["encrypt_40_ms"])), float(str(figures["verify_40_ms"]))
            return {
                "electionguard_encrypt_40_ms": round(encrypt, 1),
                "electionguard_verify_40_ms": round(verify, 1),
                "electionguard_encrypt_ratio": round(encrypt / ours[0], 1),
                "electionguard_verify_ratio": round(verify / ours[1], 1),
            }


def _met(figures: Mapping[str, object]) -> dict[str, bool]:
    return {
        **{
            name: float(str(figures[name])) <= most
            for name, most in _LIMITS.items()
            if name in figures
        },
        **{
            name: float(str(figures[name])) >= least
            for name, least in _FLOORS.items()
            if name in figures
        },
    }


def _lines(tr: Translator, figures: Mapping[str, object]) -> Iterator[str]:
    met = _met(figures)
    for name, value in figures.items():
        target = ""
        if name in met:
            limit = _LIMITS.get(name, _FLOORS.get(name, 0))
            sign = "<=" if name in _LIMITS else ">="
            kept = tr("bench.voting.met" if met[name] else "bench.voting.missed")
            target = f"  {sign} {limit:g}  {kept}"
        yield f"  {name:32}{value!s:>14}{target}"
