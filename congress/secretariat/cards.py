"""The sheet of credential cards: each with its QR and its code, to be cut apart and sealed.

The codes exist only in the cards handed in and in the bytes that come back: the vault keeps
public keys. A sheet is printed once and never stored. Until its cards are sealed, whoever handles
it can copy codes; a cover page says so to them, and what helps.
"""

from collections.abc import Sequence

from congress.i18n.translator import Translator
from congress.kernel.codes import grouped
from congress.secretariat.blocks import (
    Block,
    Card,
    Cards,
    Facts,
    Heading,
    Items,
    NewPage,
    Paragraph,
    Party,
    Signatures,
)
from congress.secretariat.model import Cover
from congress.secretariat.qr import qr_svg
from congress.secretariat.typeset import Paper, typeset
from congress.voting.cards import Card as CredentialCard


def cards_pdf(
    tr: Translator, cover: Cover, title: str, cards: Sequence[CredentialCard], half: int = 0
) -> bytes:
    """Return a sheet with ``cards`` for the poll ``title`` as a PDF.

    Their codes are random, so their order on the sheet says nothing; who draws which is
    decided by the shuffling of the sealed cards.

    Args:
        tr: The language.
        cover: The congress.
        title: Of the poll.
        cards: All in one part, or all in two halves.
        half: Which halves to print, 0 or 1; they bear numbers, so that the two of a card can
            be sealed together.
    """
    halves = any(len(card.codes) > 1 for card in cards)
    block = Cards(
        congress=tr.isolated(cover.name),
        title=tr.isolated(title),
        hint=tr("export.cards.hint_half" if halves else "export.cards.hint"),
        cards=tuple(
            Card(
                grouped(card.codes[half]),
                qr_svg(card.payloads[half]),
                tr("export.cards.half", number=number, half="AB"[half]) if halves else "",
            )
            for number, card in enumerate(cards, start=1)
        ),
    )
    return typeset(
        tr,
        Paper(
            title=tr("export.cards.title"),
            subtitle=tr.isolated(title),
            letterhead=cover.letterhead(tr),
            issued=cover.issued.date(),
            blocks=(*_cover(tr, len(cards), "AB"[half] if halves else ""), block),
            footer=tr(
                "export.cards.footer_half" if halves else "export.cards.footer", count=len(cards)
            ),
        ),
    )


def _cover(tr: Translator, count: int, half: str) -> tuple[Block, ...]:
    """Return the first page: what is in these hands, and how it stays worth nothing to them."""
    kind = "half" if half else "whole"
    hint = tr("minutes.sign_hint")
    return (
        Facts(
            (
                (tr("chair.issue.number"), tr.number(count)),
                *(((tr("export.cards.cover.half"), half),) if half else ()),
            )
        ),
        Heading(tr("chair.issue.copied")),
        Paragraph(tr(f"export.cards.cover.{kind}.risk")),
        Items(
            (
                tr(f"export.cards.cover.{kind}.hands"),
                tr(f"export.cards.cover.{kind}.seal"),
                tr("export.cards.cover.after"),
            )
        ),
        Signatures(
            tuple(Party(tr(f"export.cards.cover.{who}"), hint) for who in ("printed", "sealed"))
        ),
        NewPage(),
    )
