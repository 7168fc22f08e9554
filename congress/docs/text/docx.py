"""Reads a DOCX: measures it, then turns it into HTML that is safe to show.

A DOCX is a ZIP of XML that somebody else made. It is measured before anything is unpacked;
archives inside it are counted but never opened, nor is anything it links to.
"""

import base64
import io
from typing import Any

import mammoth

from congress.docs.model import Extract, PaperKind
from congress.docs.text.archive import Limits, opened
from congress.docs.text.reflow import PICTURES, pages_of

_MAX_PICTURE = 8 * 1024 * 1024
_STYLE_MAP = "\n".join(
    (
        "br[type='page'] => hr",
        "p[style-name='Title'] => h1:fresh",
        "p[style-name='Subtitle'] => h2:fresh",
        "u => u",
    )
)


def read_docx(data: bytes, limits: Limits | None = None) -> Extract:
    """Read a DOCX.

    Args:
        data: The file.
        limits: What counts as a bomb; by default generous for any real paper.

    Raises:
        InputError: ``docs.docx_damaged``, or ``docs.docx_bomb`` for a file that would unpack
            to more than the limits or that declares XML entities.
    """
    with opened(data, "docs.docx_damaged", limits) as archive:
        for name in archive.names:
            if name.startswith("word/") and name.endswith(".xml"):
                archive.xml(name)
        html = mammoth.convert_to_html(
            io.BytesIO(data),
            style_map=_STYLE_MAP,
            convert_image=mammoth.images.img_element(_picture),
            id_prefix="n-",
        ).value
    return pages_of(html, PaperKind.DOCX)


def _picture(image: Any) -> dict[str, str]:
    if image.content_type not in PICTURES:
        return {}
    try:
        with image.open() as source:
            data = source.read(_MAX_PICTURE + 1)
    except (KeyError, ValueError, OSError):  # missing in the file, or outside of it
        return {}
    if len(data) > _MAX_PICTURE:
        return {}
    return {"src": f"data:{image.content_type};base64,{base64.b64encode(data).decode()}"}
