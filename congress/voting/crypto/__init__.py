"""The arithmetic of secret ballots: ElGamal, proofs, key ceremony, tally. Pure.

The formats are those of ``congress/verifier/SPECIFICATION.md``, to the byte; sections in the
docstrings are its sections.
"""
