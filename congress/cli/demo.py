"""``congress demo`` and ``congress setup``: the sample congress."""

import json
import os
import sys
from pathlib import Path

import click

from congress.cli.output import Output, errors_spoken
from congress.demo.sample import PASSPHRASE, prepare, sample_at, sample_paper
from congress.i18n.translator import Translator
from congress.kernel.settings import LANGUAGES
from congress.rollcall.models import SFACE, YUNET, verified


def _display() -> bool:
    """Return whether a window can be shown."""
    if sys.platform != "linux":
        return True
    return bool(os.environ.get("DISPLAY") or os.environ.get("WAYLAND_DISPLAY"))


@click.command()
@click.option("--headless", is_flag=True, help="Walk the whole day without a window.")
@click.option("--lang", type=click.Choice(LANGUAGES), default="en", show_default=True)
@click.option(
    "--out",
    type=click.Path(path_type=Path, file_okay=False),
    default=Path("out/demo"),
    show_default=True,
    help="Where the sample congress and the results of the day go.",
)
def demo(headless: bool, lang: str, out: Path) -> None:
    """Open a sample congress, ready to click through.

    With --headless, or where there is no display, walk its whole day instead: import, enrol,
    groups, versions, amendments, roll call from the door video, quorum, key ceremony, motion,
    secret election with a tie and its second round, election on paper, certificates, bundles and
    their verification, exports, notes, packs and read receipts. DIR then holds the exports, the
    bundles, the trustees' share files, the scans, a pack with its slip, the public book, a
    picture of each screen, and summary.json.
    """
    output = Output(Translator(lang))
    with errors_spoken(output):
        prepare(output.progress(output.tr("demo.building")))
        if headless or not _display():
            if not headless:
                output.say(output.tr("demo.no_display"))
            os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
            # The offscreen platform remarks on every window that it has no size hints.
            os.environ.setdefault("QT_LOGGING_RULES", "default.warning=false")
            from congress.demo.day import walk

            summary = walk(out, lang, say=output.say)
            told = {name: part for name, part in summary.items() if name != "screens"}
            click.echo(json.dumps(told, ensure_ascii=False, indent=2))
            return
        sample = sample_at(out, lang, progress=output.progress(output.tr("demo.building")))
        from congress.ui.application import run_window

        greeting = output.tr("demo.greeting", passphrase=PASSPHRASE)
        output.say(greeting)
        sys.exit(
            run_window(
                lang=lang,
                sample=lambda lang, progress: sample_at(out, lang, progress=progress).open(),
                paper=sample_paper,
                congress=sample.open(),
                greeting=greeting,
                source=str(sample.film),
            )
        )


@click.command()
def setup() -> None:
    """Check the face models and fetch the portraits of the sample congress, once."""
    output = Output()
    with errors_spoken(output):
        for weights in (YUNET, SFACE):
            verified(weights)
        prepare(output.progress(output.tr("demo.building")))
