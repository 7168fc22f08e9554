"""QR codes for papers, as SVG."""

import io


def qr_svg(payload: str) -> str:
    """Return ``payload`` as a QR code that stands a scratch (level M: 15% may be lost)."""
    # Most sittings print no code, and it takes 6 MB.
    import segno

    stream = io.BytesIO()
    code = segno.make(payload, error="m", micro=False)
    code.save(stream, kind="svg", border=2, xmldecl=False, svgns=True, omitsize=True)
    return stream.getvalue().decode("utf-8")
