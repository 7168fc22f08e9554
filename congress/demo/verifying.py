"""What an observer does after a poll: takes its bundle and verifies it with a program apart."""

import json
import subprocess
import sys
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from congress.app import OpenCongress
from congress.demo.polling import result_page
from congress.demo.walker import Walker
from congress.i18n.translator import Translator
from congress.kernel.ids import PollId
from congress.ui.pages.result_verify import VerifyCard
from congress.verifier.inspection import inspect
from congress.verifier.onefile import write
from congress.verifier.telling import lines
from congress.voting.bundle import write_bundle

_PATIENCE = 120
"""Seconds that the verifier may take."""


@dataclass(frozen=True, slots=True)
class Verified:
    """What the independent verifier said of one bundle.

    Attributes:
        poll: Number of the poll.
        holds: Whether everything held.
        checks: How many things each check looked at.
        ballots: Ballots counted.
        bytes: Size of the bundle.
    """

    poll: int
    holds: bool
    checks: dict[str, int]
    ballots: int
    bytes: int


def verify_all(
    walker: Walker, congress: OpenCongress, lang: str, folder: Path, polls: Sequence[PollId]
) -> list[Verified]:
    """Write the bundle of each poll into ``folder`` and verify it with the one-file verifier.

    The verifier runs by itself, without this program. What it says stands beside each bundle,
    in the language of the day.
    """
    folder.mkdir(parents=True)
    verifier = folder / "verify.pyz"
    write(verifier)
    found = [_verify(walker, congress, lang, folder, verifier, poll_id) for poll_id in polls]
    largest = max(zip(found, polls, strict=True), key=lambda each: each[0].bytes)
    _show(walker, largest[1], _bundle(folder, largest[0].poll))
    return found


def _bundle(folder: Path, number: int) -> Path:
    return folder / f"poll-{number}.zip"


def _show(walker: Walker, poll_id: PollId, bundle: Path) -> None:
    """Have a bundle checked from the page of its result, and picture every check."""
    page = result_page(walker, poll_id)
    card = walker.part(VerifyCard, page)
    card.check(bundle)
    walker.until(lambda: card.table is not None, "the answer of the verifier", _PATIENCE)
    walker.scroll(page, card)
    walker.picture("bundle-verified")


def _verify(
    walker: Walker,
    congress: OpenCongress,
    lang: str,
    folder: Path,
    verifier: Path,
    poll_id: PollId,
) -> Verified:
    number = congress.booth.poll(poll_id).number
    bundle, tr = _bundle(folder, number), Translator(lang)

    def work(_: object) -> str:
        booth = congress.booth
        write_bundle(bundle, booth.whole_ledger(poll_id), workers=1, hints=booth.hints)
        report = inspect(bundle, processes=1)
        said = lines(report, lambda key, **details: tr(f"verify.{key}", **details))
        bundle.with_suffix(f".{lang}.txt").write_text("\n".join(said) + "\n", encoding="utf-8")
        answer = subprocess.run(  # noqa: S603 - our own verifier on our own file
            [sys.executable, "-I", str(verifier), str(bundle), "--json", "--processes", "1"],
            capture_output=True,
            check=False,
            timeout=_PATIENCE,
        )
        return answer.stdout.decode("utf-8")

    told = json.loads(walker.done(work))
    checks = {check["name"]: check["counted"] for check in told["checks"] if check["holds"]}
    return Verified(number, told["holds"], checks, told["ballots"], bundle.stat().st_size)
