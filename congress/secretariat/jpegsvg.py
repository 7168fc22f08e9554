"""Puts a photograph into an SVG: papers take their pictures in that form."""

import base64


def jpeg_svg(jpeg: bytes, width: int, height: int) -> str:
    """Return an SVG of ``width`` x ``height`` pixels that a JPEG fills; what stands over is cut."""
    data = base64.b64encode(jpeg).decode("ascii")
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" width="{width}" height="{height}" '
        f'viewBox="0 0 {width} {height}">'
        f'<image width="{width}" height="{height}" preserveAspectRatio="xMidYMid slice" '
        f'href="data:image/jpeg;base64,{data}"/></svg>'
    )
