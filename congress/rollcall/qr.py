"""Reads QR codes in camera frames, by zxing-cpp."""

from collections.abc import Sequence

import cv2
import zxingcpp

from congress.rollcall.badges import PREFIX
from congress.rollcall.faces import Image


def badge_codes(image: Image) -> Sequence[str]:
    """Return what the badges in view say; other QR codes are passed over.

    From about 70 pixels of the frame a badge is read, however it is turned.
    """
    grey = cv2.cvtColor(image, cv2.COLOR_BGR2GRAY)
    # Made here: one that outlives the interpreter's end is reported there as a leak.
    wanted = zxingcpp.BarcodeFormats([zxingcpp.BarcodeFormat.QRCode])
    found = zxingcpp.read_barcodes(grey, formats=wanted)
    return tuple(code.text for code in found if code.text.startswith(PREFIX))
