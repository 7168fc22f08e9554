"""A whole secret poll in memory: trustees, cards, ballots, tally, certificate. Pure.

For rehearsals, measurements and tests. The ledger that comes out is like any other and can be
written as a bundle; only its voters and trustees do not exist.
"""
