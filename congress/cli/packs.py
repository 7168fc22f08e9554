"""The commands around packs: made by the secretariat, opened by whoever got one."""

from collections.abc import Mapping, Sequence
from datetime import date, datetime
from pathlib import Path

import click

from congress.app import OpenCongress, open_pack
from congress.cli.opening import FD, JSON, on_vault, opened
from congress.cli.output import Output, errors_spoken
from congress.cli.passphrase import read_passphrase
from congress.docs.packs.container import check_pack, read_manifest
from congress.docs.packs.model import Manifest, Recipient, Slip
from congress.docs.packs.opening import earlier, install, last_day, target_in
from congress.kernel import codes
from congress.kernel.clock import SystemClock
from congress.kernel.errors import InputError
from congress.kernel.ids import PaperId
from congress.kernel.settings import LANGUAGES
from congress.storage.files import write_whole

PACK = click.argument("file", type=click.Path(path_type=Path))


@click.group()
def pack() -> None:
    """Sealed packs of papers for delegates' own machines.

    A pack is one file. Copy it to a stick or put it on a shared folder: nothing has to be served.
    """


@pack.command("make")
@on_vault
@click.option("--to", "badges", multiple=True, help="Badge number; may be repeated.")
@click.option("--delegation", "bodies", multiple=True, help="One pack for a whole delegation.")
@click.option("--everyone", is_flag=True, help="A pack for everyone on the list.")
@click.option("--out", type=click.Path(path_type=Path), required=True, help="Folder for the packs.")
@click.option(
    "--expires",
    type=click.DateTime(["%Y-%m-%d"]),
    required=True,
    help="The last day on which the packs open.",
)
@click.option(
    "--paper",
    "wanted",
    multiple=True,
    help="Number or identifier of a paper; may be repeated. By default all open papers.",
)
@click.option(
    "--slips",
    type=click.Path(path_type=Path),
    help="Write the slips with the codes to this PDF instead of printing the codes here.",
)
@click.option("--lang", type=click.Choice(LANGUAGES), default="en", help="Language of the slips.")
def pack_make(
    vault: Path,
    name: str,
    fd: int | None,
    as_json: bool,
    badges: tuple[str, ...],
    bodies: tuple[str, ...],
    everyone: bool,
    out: Path,
    expires: datetime,
    wanted: tuple[str, ...],
    slips: Path | None,
    lang: str,
) -> None:
    """Make packs of papers for the public and for delegates; never of any other."""
    output = Output(as_json=as_json)
    with errors_spoken(output), opened(vault, name, fd) as congress:
        packs = congress.handout.packs
        recipients: list[Recipient] = list(packs.recipients()) if everyone else []
        recipients += [packs.recipient(badge) for badge in badges]
        recipients += [packs.delegation(body) for body in bodies]
        made = packs.make(
            out,
            recipients,
            _chosen(congress, wanted),
            expires.date(),
            output.progress(out.name),
        )
        if slips is not None:
            write_whole(slips.absolute(), packs.slips(lang, made))
        _tell_made(output, out, made, shown=slips is None)


def _chosen(congress: OpenCongress, wanted: Sequence[str]) -> Sequence[PaperId]:
    papers = congress.handout.packs.papers()
    if not wanted:
        return [paper.paper_id for paper in papers]
    named = {paper.number: paper.paper_id for paper in reversed(papers) if paper.number}
    named |= {str(paper.paper_id): paper.paper_id for paper in papers}
    if missing := [each for each in wanted if each not in named]:
        raise InputError("pack.unknown_paper", number=missing[0])
    return [named[each] for each in wanted]


def _tell_made(output: Output, out: Path, made: Sequence[Slip], *, shown: bool) -> None:
    output.say(output.tr("packs.cli.made", count=len(made), folder=out.name))
    lines = []
    for slip in made:
        line = {
            "recipient": slip.recipient.name,
            "badge": slip.recipient.badge,
            "file": slip.file,
            "copy": codes.grouped(slip.code),
            "fingerprint": slip.fingerprint,
        }
        if shown:
            line["code"] = slip.secret
            output.say(f"{slip.file}  {slip.secret}")
        lines.append(line)
    if shown:
        output.say(output.tr("packs.cli.codes"))
    output.answer({"folder": str(out), "packs": lines})


@pack.command("open")
@PACK
@FD
@JSON
@click.option(
    "--into",
    type=click.Path(path_type=Path),
    default=Path(),
    help="Where the folder of the pack is made; by default here.",
)
@click.option(
    "--earlier-fd",
    type=int,
    help="Read the passphrase of your earlier pack from this file descriptor, and take its "
    "notes along. Its folder then holds the new papers.",
)
@click.option("--window", is_flag=True, help="Open the window on it.")
def pack_open(
    file: Path, fd: int | None, as_json: bool, into: Path, earlier_fd: int | None, window: bool
) -> None:
    """Unpack FILE, sealed as it is, and check that its code opens it."""
    output = Output(as_json=as_json)
    with errors_spoken(output):
        manifest = read_manifest(file)
        home = into.absolute()
        before = earlier(manifest, home) if earlier_fd is not None else None
        typed = read_passphrase(fd)
        own = read_passphrase(earlier_fd) if before else ""
        folder = install(
            file,
            target_in(home, manifest),
            typed,
            SystemClock(),
            replacing=before.path if before else None,
            passphrase=own,
            progress=output.progress(file.name),
        )
        congress = open_pack(folder, own or typed)
        try:
            papers = len(congress.library.papers())
            output.say(output.tr("packs.cli.opened", folder=folder.name, count=papers))
            output.answer({"folder": str(folder), "papers": papers, **_told(manifest)})
        except BaseException:
            congress.close()
            raise
    _finish(congress, window=window)


def _finish(congress: OpenCongress, *, window: bool) -> None:
    if not window:
        congress.close()
        return
    from congress.ui.application import run_window

    raise SystemExit(run_window(congress=congress))


@pack.command("show")
@PACK
@JSON
def pack_show(file: Path, as_json: bool) -> None:
    """Say what FILE tells without its code: which congress, whose copy, until when."""
    output = Output(as_json=as_json)
    with errors_spoken(output):
        _tell(output, read_manifest(file))


@pack.command("verify")
@PACK
@JSON
def pack_verify(file: Path, as_json: bool) -> None:
    """Check every byte of FILE against its signature."""
    output = Output(as_json=as_json)
    with errors_spoken(output):
        manifest = check_pack(file, output.progress(file.name))
        output.say(output.tr("packs.cli.sound", file=file.name))
        _tell(output, manifest)


def _tell(output: Output, manifest: Manifest) -> None:
    tr = output.tr
    output.say(
        tr("packs.cli.told", congress=manifest.congress, count=manifest.papers)
        + "\n"
        + tr(
            "packs.cli.until",
            day=last_day(manifest.expires_at),
            copy=codes.grouped(manifest.code),
            fingerprint=manifest.fingerprint,
        )
    )
    output.answer(_told(manifest))


def _told(manifest: Manifest) -> Mapping[str, object]:
    last: date = last_day(manifest.expires_at)
    return {
        "congress": manifest.congress,
        "copy": codes.grouped(manifest.code),
        "made": manifest.made_at.isoformat(),
        "last_day": last.isoformat(),
        "papers": manifest.papers,
        "fingerprint": manifest.fingerprint,
        "size": sum(part.size for part in manifest.parts),
    }
