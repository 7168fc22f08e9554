"""The sheet of credential cards: each with its QR and its code, to be cut apart and sealed.

The codes exist only in the cards handed in and in the bytes that come back: the vault keeps
public keys. A sheet is printed once and never stored.
"""

from collections.abc import Sequence

from congress.i18n.translator import Translator
from congress.secretariat.blocks import Card, Cards
from congress.secretariat.model import Cover
from congress.secretariat.qr import qr_svg
from congress.secretariat.typeset import Paper, typeset
from congress.voting.cards import Card as CredentialCard


def cards_pdf(tr: Translator, cover: Cover, title: str, cards: Sequence[CredentialCard]) -> bytes:
    """Return a sheet with ``cards`` for the poll ``title`` as a PDF.

    Their codes are random, so their order on the sheet says nothing; who draws which is
    decided by the shuffling of the sealed cards.
    """
    block = Cards(
        congress=tr.isolated(cover.name),
        title=tr.isolated(title),
        hint=tr("export.cards.hint"),
        cards=tuple(Card(card.code, qr_svg(card.payload)) for card in cards),
    )
    return typeset(
        tr,
        Paper(
            title=tr("export.cards.title"),
            subtitle=tr.isolated(title),
            letterhead=cover.letterhead(tr),
            issued=cover.issued.date(),
            blocks=(block,),
            footer=tr("export.cards.footer", count=len(cards)),
        ),
    )
