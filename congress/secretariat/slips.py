"""The slips that go with packs: each with the code that opens one, to be cut apart and sealed.

The codes exist only in the slips handed in and in the bytes that come back: neither the vault nor
the pack holds them. Whoever loses one needs another pack.
"""

from collections.abc import Sequence

from congress.docs.packs.model import Slip
from congress.docs.packs.opening import last_day
from congress.i18n.translator import Translator
from congress.kernel import codes
from congress.secretariat import blocks
from congress.secretariat.model import Cover
from congress.secretariat.qr import qr_svg
from congress.secretariat.typeset import Paper, typeset


def _slip(tr: Translator, slip: Slip) -> blocks.Slip:
    who = slip.recipient
    return blocks.Slip(
        name=tr.joined(who.name, who.badge),
        code=slip.secret,
        qr=qr_svg(slip.secret),
        rows=(
            (tr("packs.slip.file"), tr.isolated(slip.file)),
            (tr("packs.slip.until"), tr.date(last_day(slip.expires_at))),
            (tr("packs.slip.copy"), f"\u2066{codes.grouped(slip.code)}\u2069"),
            (tr("packs.slip.fingerprint"), f"\u2066{slip.fingerprint}\u2069"),
        ),
    )


def slips_pdf(tr: Translator, cover: Cover, slips: Sequence[Slip]) -> bytes:
    """Return a sheet with ``slips`` as a PDF, for printing."""
    block = blocks.Slips(
        congress=tr.isolated(cover.name),
        hint=tr("packs.slip.hint"),
        slips=tuple(_slip(tr, slip) for slip in slips),
    )
    return typeset(
        tr,
        Paper(
            title=tr("packs.slip.title"),
            letterhead=cover.letterhead(tr),
            issued=cover.issued.date(),
            blocks=(block,),
            footer=tr("packs.slip.footer", count=len(slips)),
        ),
    )
