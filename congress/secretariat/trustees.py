"""The papers of a key ceremony: its log to be signed, and a trustee's copy for the safe."""

from collections.abc import Sequence

from congress.i18n.translator import Translator
from congress.kernel import codes
from congress.secretariat.blocks import (
    Block,
    Facts,
    Heading,
    Items,
    KeyLines,
    Paragraph,
    Party,
    Seals,
    Signatures,
    Table,
    TableColumn,
)
from congress.secretariat.model import Cover
from congress.secretariat.qr import qr_svg
from congress.secretariat.typeset import Paper, typeset
from congress.voting.crypto.ceremony import Ceremony
from congress.voting.trustees.fingerprint import fingerprint, of_key
from congress.voting.trustees.holder import Holder
from congress.voting.trustees.log import Log, LogLine

_ABREAST = 3
_USES, _BLANK = 4, "\u00a0\n\u00a0"
"""Lines on a copy for the polls that it has decrypted, and what keeps one open to be written on."""


def copy_pdf(tr: Translator, cover: Cover, holder: Holder) -> bytes:
    """Return a trustee's secret for paper as a PDF, to be printed from memory and never kept.

    Raises:
        RefusedError: ``trustees.not_complete``.
    """
    paper = holder.paper
    share = holder.ready
    lines = tuple(
        (tr("trustees.paper.line", number=number), codes.grouped(line))
        for number, line in enumerate(paper.lines, start=1)
    )
    blocks: tuple[Block, ...] = (
        Paragraph(tr("trustees.paper.lead", name=holder.name)),
        KeyLines(lines, qr_svg(paper.payload), tr("trustees.paper.alt")),
        Facts(
            (
                (tr("trustees.paper.trustee"), tr.joined(holder.name, tr.number(holder.index))),
                (tr("trustees.paper.congress"), tr.isolated(holder.invitation.congress)),
                (
                    tr("trustees.paper.board"),
                    f"\u2066{fingerprint(share.ceremony_hash)}\u2069",
                ),
            )
        ),
        Items(tuple(tr(f"trustees.paper.rule.{rule}") for rule in ("safe", "use", "burn"))),
        Paragraph(tr("trustees.paper.note")),
        Table(
            (
                TableColumn(tr("trustees.paper.poll"), width="1"),
                TableColumn(tr("trustees.decrypt.seal"), width="1"),
            ),
            tuple((_BLANK, _BLANK) for _ in range(_USES)),
            caption=tr("trustees.paper.uses"),
        ),
    )
    return typeset(
        tr,
        Paper(
            title=tr("trustees.paper.title"),
            subtitle=tr.isolated(holder.name),
            letterhead=cover.letterhead(tr),
            issued=cover.issued.date(),
            blocks=blocks,
            footer=tr("trustees.paper.footer"),
        ),
    )


def log_pdf(tr: Translator, cover: Cover, ceremony: Ceremony, log: Log) -> bytes:
    """Return the log of a ceremony as a PDF, with room for everybody's signature."""
    names = [trustee.name for trustee in ceremony.trustees]
    blocks: list[Block] = [
        Facts(
            (
                (tr("trustees.trustees"), tr.listed(names)),
                (tr("trustees.threshold"), threshold_words(tr, ceremony)),
            )
        ),
        Heading(tr("trustees.fingerprint")),
        Paragraph(tr("trustees.log.compare")),
        Seals(
            (
                (tr("trustees.fingerprint"), of_key(ceremony.joint_key)),
                (tr("trustees.log.joint_key"), ceremony.joint_key.encode().hex()),
                (tr("trustees.log.hash"), ceremony.hash.hex()),
            )
        ),
        Heading(tr("trustees.log.title")),
        Table(
            (
                TableColumn(tr("trustees.log.at")),
                TableColumn(tr("trustees.log.what"), width="1"),
                TableColumn(tr("trustees.log.digest")),
            ),
            tuple(_row(tr, cover, line) for line in log),
        ),
    ]
    for start in range(0, len(names), _ABREAST):
        blocks.append(Signatures(_parties(tr, names[start : start + _ABREAST])))
    return typeset(
        tr,
        Paper(
            title=tr("trustees.log.paper"),
            letterhead=cover.letterhead(tr),
            issued=cover.issued.date(),
            blocks=tuple(blocks),
            footer=tr("trustees.log.footer", mark=of_key(ceremony.joint_key)),
        ),
    )


def threshold_words(tr: Translator, ceremony: Ceremony) -> str:
    """Return how many trustees are needed, in words."""
    return tr("trustees.needed", count=ceremony.threshold, of=len(ceremony.trustees))


def line_words(tr: Translator, line: LogLine) -> str:
    """Return what a line of the log says, without its time."""
    if line.reason:
        return tr(f"trustees.fault.{line.reason}", who=line.who)
    return tr(f"trustees.log.{line.what}", who=line.who)


def _row(tr: Translator, cover: Cover, line: LogLine) -> tuple[str, str, str]:
    mark = f"\u2066{fingerprint(line.digest)}\u2069" if line.digest else ""
    return tr.time(cover.local(line.at)), line_words(tr, line), mark


def _parties(tr: Translator, names: Sequence[str]) -> tuple[Party, ...]:
    hint = tr("trustees.log.sign")
    return tuple(Party(tr("trustees.trustee"), hint, tr.isolated(name)) for name in names)
