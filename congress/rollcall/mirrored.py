"""Templates joined into one: of a face and its mirror image, or of several looks at a face.

A face and its mirror image show the same person, and what the network makes of them differs by
chance; their mean is nearer to the person. It costs a second embedding, so it is for photographs
at enrolment and for looks from afar, not for every look at the door.

Measured on 120 persons and 200 strangers of LFW, 150 times 100 persons drawn at random and
enrolled from three photographs, the others as strangers: .9883 rather than .9873 identified and
.21% rather than .24% of the strangers accepted at T = .48; at .50 it is .9826 and .03% (.9818
and .15% without). From one photograph .9134 rather than .9080, and half as many strangers.
"""

from collections.abc import Sequence

import numpy as np

from congress.rollcall.faces import Embedder, Image, Vector


def both_ways(aligned: Image, embedder: Embedder) -> Vector:
    """Return the mean template of an aligned face and its mirror image, L2-normalised."""
    mirrored = np.ascontiguousarray(aligned[:, ::-1])
    return mean([embedder.embed(aligned), embedder.embed(mirrored)])


def mean(templates: Sequence[Vector]) -> Vector:
    """Return the normalised mean of templates."""
    total = np.sum(templates, axis=0, dtype=np.float32)
    return np.asarray(total / max(float(np.linalg.norm(total)), 1e-12), np.float32)
