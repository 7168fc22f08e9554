"""``congress trustee``: a trustee's steps with files, on a machine without a window."""

from pathlib import Path

import click

from congress.cli.opening import FD, JSON
from congress.cli.output import Output, errors_spoken
from congress.cli.passphrase import read_passphrase
from congress.kernel.errors import InputError
from congress.voting.trustees import decryption, folder, papercode, sharefile, tallyfile
from congress.voting.trustees.fingerprint import of_key, same
from congress.voting.trustees.keeper import Keeper
from congress.voting.trustees.papercode import PaperCopy
from congress.voting.trustees.session import Stage

FOLDER = click.argument("place", metavar="FOLDER", type=click.Path(path_type=Path))
SHARE = click.argument("file", metavar="SHARE", type=click.Path(path_type=Path))


@click.group()
def trustee() -> None:
    """Take part in a key ceremony and decrypt, with a share file of one's own."""


@trustee.command("init")
@FOLDER
@click.option("--name", required=True, help="Whose share file it is, as in the ceremony.")
@click.option(
    "--out",
    type=click.Path(path_type=Path),
    help="The share file; by default NAME.pctrustee here.",
)
@FD
@JSON
def trustee_init(place: Path, name: str, out: Path | None, fd: int | None, as_json: bool) -> None:
    """Make a share file for the ceremony in FOLDER and take the first step."""
    output = Output(as_json=as_json)
    with errors_spoken(output):
        invitation = folder.gather(place).session.invitation
        if name not in invitation.names:
            raise InputError("trustees.nobody", name=name)
        index = invitation.names.index(name) + 1
        path = out or Path(sharefile.file_name(name, index))
        keeper = Keeper.create(path, invitation, index, read_passphrase(fd, confirm=True))
        _tell(output, place, keeper)


@trustee.command("round")
@FOLDER
@SHARE
@FD
@JSON
def trustee_round(place: Path, file: Path, fd: int | None, as_json: bool) -> None:
    """Take the next step of the ceremony in FOLDER with a share file."""
    output = Output(as_json=as_json)
    with errors_spoken(output):
        keeper = Keeper.open(file, read_passphrase(fd))
        _tell(output, place, keeper)


@trustee.command("decrypt")
@click.argument("tally", type=click.Path(path_type=Path))
@click.argument("file", metavar="[SHARE]", required=False, type=click.Path(path_type=Path))
@click.option(
    "--paper", is_flag=True, help="Take the lines of the copy on paper, asked for instead."
)
@click.option(
    "--seal", default="", help="Go on only if this was the seal at the close; a must with --paper."
)
@click.option("--expect", help="Go on only if the tally has this fingerprint.")
@click.option(
    "--out", type=click.Path(path_type=Path), help="The part; by default beside the tally."
)
@FD
@JSON
def trustee_decrypt(
    tally: Path,
    file: Path | None,
    paper: bool,
    seal: str,
    expect: str | None,
    out: Path | None,
    fd: int | None,
    as_json: bool,
) -> None:
    """Check a whole ledger in TALLY and decrypt one trustee's part of its totals.

    The secret is in the share file SHARE, or on paper, which remembers no earlier decryption:
    then --seal must say the seal of the ledger at the close as the hall was shown it.
    """
    if paper == (file is not None):
        raise click.UsageError("name a share file, or --paper")
    if paper and not seal:
        raise click.UsageError("name the seal that the hall was shown at the close with --seal")
    output = Output(as_json=as_json)
    with errors_spoken(output):
        share = _opened(file, fd)
        entries = tallyfile.read_tally(folder.take(tally, tallyfile.LARGEST))
        examined = decryption.examine(entries, output.progress(tally.name))
        if seal and not same(seal, examined.seal):
            raise InputError("trustees.other_seal")
        output.say(f"{output.tr('trustees.decrypt.seal')}: {examined.seal}")
        output.say(f"{output.tr('trustees.decrypt.fingerprint')}: {examined.fingerprint}")
        if expect is not None and not same(expect, examined.fingerprint):
            raise InputError("trustees.other_fingerprint")
        keeper = share if isinstance(share, Keeper) else Keeper.from_paper(share, examined, seal)
        partial = keeper.decrypt(examined)
        path = out or tally.parent / f"{partial.trustee:02}{tallyfile.PARTIAL}"
        folder.put(path, tallyfile.write_partial(examined.context.election_id, partial))
        output.say(output.tr("trustees.own.decrypted.why", file=path.name))
        output.answer(
            {
                "trustee": partial.trustee,
                "ballots": examined.ballots,
                "seal": examined.seal,
                "fingerprint": examined.fingerprint,
                "part": str(path),
            }
        )


def _opened(file: Path | None, fd: int | None) -> Keeper | PaperCopy:
    """Return what a share file holds, or what is typed from paper; a slip of the hand shows."""
    if file is None:
        return papercode.read(read_passphrase(fd, prompt="Lines 1 to 6"))
    return Keeper.open(file, read_passphrase(fd))


def _tell(output: Output, place: Path, keeper: Keeper) -> None:
    outcome = keeper.step(place)
    session, tr = folder.gather(place).session, output.tr
    mark = of_key(session.ceremony().joint_key) if session.stage is Stage.COMPLETE else ""
    names = tr.listed(outcome.waiting) or "-"
    output.say(tr(f"trustees.done.{outcome.done}"))
    output.say(tr(f"trustees.done.{outcome.done}.why", names=names))
    if mark:
        output.say(tr("trustees.own.compare", mark=mark))
    output.answer(
        {
            "fingerprint": mark,
            "done": outcome.done.value,
            "trustee": keeper.holder.index,
            "share": str(keeper.path),
            "waiting": list(outcome.waiting),
        }
    )
