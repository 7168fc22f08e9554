"""QR codes for papers, as SVG."""

import io

import segno


def qr_svg(payload: str) -> str:
    """Return ``payload`` as a QR code that stands a scratch (level M: 15% may be lost)."""
    stream = io.BytesIO()
    code = segno.make(payload, error="m", micro=False)
    code.save(stream, kind="svg", border=2, xmldecl=False, svgns=True, omitsize=True)
    return stream.getvalue().decode("utf-8")
