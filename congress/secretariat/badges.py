"""The sheet of badges: name, delegation, seat, and the QR that registers its bearer."""

from collections.abc import Mapping, Sequence

from congress.i18n.translator import Translator
from congress.kernel.ids import PersonId
from congress.kernel.people import Person, Standing
from congress.secretariat.blocks import Badge, BadgeSheet, Tone
from congress.secretariat.jpegsvg import jpeg_svg
from congress.secretariat.model import Cover
from congress.secretariat.qr import qr_svg
from congress.secretariat.typeset import Paper, typeset

_TONES = {
    Standing.OFFICIAL: Tone.NOTE,
    Standing.ALTERNATE: Tone.CAUTION,
    Standing.GUEST: Tone.GOOD,
}
_WIDE, _HIGH = 3, 4


def badges_pdf(
    tr: Translator,
    cover: Cover,
    people: Sequence[Person],
    codes: Mapping[PersonId, str],
    photos: Mapping[PersonId, bytes] | None = None,
) -> bytes:
    """Return a sheet with a badge for each of ``people`` as a PDF, eight on a page.

    Args:
        tr: The language of the words around the names.
        cover: Names the congress and its days.
        people: Whose badges; each person's name stands as they write it.
        codes: What each badge's QR code says.
        photos: Portraits as JPEG, three wide to four high, of those who have one on the badge.
    """
    sheet = BadgeSheet(
        congress=tr.isolated(cover.name),
        days=cover.days(tr),
        badges=tuple(
            Badge(
                number=person.badge,
                name=tr.isolated(person.name),
                lines=_lines(tr, person),
                standing=tr(f"standing.{person.standing}"),
                tone=_TONES[person.standing],
                qr=qr_svg(codes[person.id]),
                photo=_portrait((photos or {}).get(person.id)),
            )
            for person in people
        ),
    )
    return typeset(
        tr,
        Paper(
            title=tr("badges.title"),
            letterhead=cover.letterhead(tr),
            issued=cover.issued.date(),
            blocks=(sheet,),
            footer=tr("badges.footer", count=len(people)),
        ),
    )


def _lines(tr: Translator, person: Person) -> tuple[str, ...]:
    seat = tr("badges.seat", seat=person.seat) if person.seat else ""
    return tuple(line for line in (tr.isolated(person.delegation), seat) if line)


def _portrait(jpeg: bytes | None) -> str:
    return jpeg_svg(jpeg, _WIDE, _HIGH) if jpeg else ""
