"""Motions and elections: polls, ballots, rules, the ledger and the verdict."""
