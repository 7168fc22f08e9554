"""All attacks on the bundle of a secret poll."""

from tests.attacks import false_ballots, false_ledgers, false_results, false_trustees, registry

MODULES = (false_ballots, false_ledgers, false_trustees, false_results)
ATTACKS = registry.ATTACKS
