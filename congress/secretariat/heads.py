"""The end of a poll's ledger on paper, for observers to take with them and compare."""

from congress.i18n.translator import Translator
from congress.secretariat.blocks import Facts, Heading, Paragraph, Party, Seals, Signatures
from congress.secretariat.model import Cover
from congress.secretariat.typeset import Paper
from congress.voting.ledger import fingerprint
from congress.voting.model import Channel, Poll
from congress.voting.outcome import SignedHead


def in_groups(value: bytes) -> str:
    """Return ``value`` in hexadecimal, in groups of eight digits."""
    text = value.hex()
    return " ".join(text[at : at + 8] for at in range(0, len(text), 8))


def paper(tr: Translator, cover: Cover, poll: Poll, head: SignedHead) -> Paper:
    """Return one page: the poll and its state, the fingerprint, the hash and its signature.

    Of a checkpoint and of the close it tells how many ballots were cast until there, too.
    """
    told = None if poll.plan.channel is Channel.PAPER else head.ballots
    facts = (
        (tr("floor.field.poll"), tr.isolated(poll.plan.title)),
        (tr("export.column.poll_number"), tr.number(poll.number)),
        (tr("counting.state"), tr(f"voting.state.{poll.state.value}")),
        (tr("desk.head.entry"), tr.number(head.seq)),
        *(((tr("desk.head.cast"), tr.number(told)),) if told is not None else ()),
    )
    seals = (
        (tr("desk.head.hash"), in_groups(head.hash)),
        (tr("export.column.signature"), in_groups(head.signature)),
        (tr("export.column.public_key"), in_groups(head.public_key)),
    )
    hint = tr("minutes.sign_hint")
    return Paper(
        title=tr("chair.ledger"),
        subtitle=cover.days(tr),
        letterhead=cover.letterhead(tr),
        issued=cover.issued.date(),
        blocks=(
            Facts(facts),
            Heading(f"{tr('desk.head.seal')}: {fingerprint(head.hash)}"),
            Paragraph(tr("desk.head.compare")),
            Seals(seals),
            Signatures(
                (Party(tr("counting.observer"), hint), Party(tr("counting.committee_chair"), hint))
            ),
        ),
        footer=tr("export.issued", moment=cover.issued),
    )
