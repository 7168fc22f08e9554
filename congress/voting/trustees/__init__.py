"""The key ceremony of a board of trustees, their share files, and what they decrypt.

A trustee's secret is one seed of 32 bytes, from which every key of theirs follows; it lives in
a share file under a passphrase and, if they like, on paper. ``session`` is the ceremony as
everybody can see it, ``holder`` one trustee's side of it. All of it is pure but ``folder``.
"""
