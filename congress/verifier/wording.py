"""What the verifier says, in English: it must speak where nothing else is installed."""

from collections.abc import Mapping
from types import MappingProxyType

from congress.verifier.faults import Fault

CHECKS: Mapping[str, str] = MappingProxyType(
    {
        "members": "The file has the parts it must have, unchanged",
        "ledger": "Entries of the ledger, chained by their hashes",
        "order": "Entries come in the order in which a poll lives",
        "manifest": "Contests fixed before the poll",
        "rule_pack": "Worked examples of the rules",
        "layouts": "Encrypted ballot papers laid out as the rules say",
        "trustees": "Trustees who made the key together",
        "credentials": "Credentials issued or made void",
        "opening": "Electors, or persons present, at the opening",
        "conduct": "Suspensions, resumptions and checkpoints",
        "ballots": "Ballots, each proven to be a proper one",
        "eligibility": "Ballots, each cast by somebody entitled, once",
        "copies": "Ciphertexts, none copied from another ballot",
        "sorting": "Ballots in the order of their hashes, which tells nothing of time",
        "challenges": "Ballots opened instead of cast",
        "closing": "Closings, with the number of ballots",
        "paper": "Slips counted on paper",
        "encrypted_tally": "Encrypted sums of exactly these ballots",
        "partials": "Partial decryptions by trustees, each proven",
        "decryption": "Totals decrypted",
        "counts": "Totals of the result, as counted here",
        "reconciliation": "Cards, slips or electors accounted for",
        "ties": "Decisions about ties",
        "verdicts": "Verdicts, as reckoned here",
        "certificate": "Certificates signed by the congress",
    }
)

REASONS: Mapping[str, str] = MappingProxyType(
    {
        "bad_ballot": "this is not an encrypted ballot of this format",
        "bad_base64": "bytes are not written as base64url",
        "bad_hint": "a hint is false",
        "bad_partial": "trustee {trustee} does not prove a part of {contest}, cell {cell}",
        "bad_point": "33 bytes are no point of the curve",
        "bad_proof": "proof {number} of contest {contest} does not hold",
        "bad_scalar": "a number is not less than the order of the group",
        "bad_signature": "a signature does not hold",
        "broken_worker": "a process of the verifier ended early; try again with more memory",
        "copied": "a ciphertext stands in another ballot too",
        "credential_twice": "a credential is issued twice",
        "double_candidate": "two candidates of contest {contest} have one identifier",
        "double_contest": "the contests cannot be told apart",
        "duplicate_key": "an object has one key twice",
        "example_fails": "rule {rule}: the example does not come out: {example}",
        "huge_number": "a number is too large",
        "identity": "a point that must not be the identity is it",
        "impossible_count": "no ballots can give this count of contest {contest}",
        "look_alike": "contest {contest}: two names look alike: {first} / {second}",
        "missing": "{place} is missing",
        "more_than_once": "a second entry of type {value}",
        "no_elector": "{person} may not vote in this poll",
        "no_newline": "the last line does not end",
        "no_paper_count": "the slips were not counted",
        "no_tally": "there is no encrypted tally that holds",
        "no_trustees": "the poll opens without trustees",
        "not_a_total": "what is decrypted is not the number of any ballots",
        "not_approved": "not enough different members took this step",
        "not_canonical": "the text is not in its canonical form",
        "not_in_suite": "a poll of this kind has no entry of type {value}",
        "not_issued": "the credential was not issued",
        "not_json": "the text is not JSON",
        "not_nfc": "a text is not in Unicode's form NFC",
        "not_sorted": "not sorted: {place}",
        "not_toml": "the rule pack is not TOML",
        "not_whole": "a number is not whole",
        "other_contest": "another contest stands where {contest} belongs",
        "other_end": "the ledger has {found} entries and does not end as the index says ({told})",
        "other_key": "the key is not that of the manifest",
        "other_poll": "an entry belongs to another poll",
        "other_rule": "the rule {rule} does not fit the plan",
        "other_tally": "trustee {trustee} decrypted another tally",
        "out_of_order": "{value} cannot come after {after}",
        "out_of_range": "{place} is out of range",
        "partial_twice": "one trustee stands twice",
        "refused_ballot": "the rule does not let such a ballot be cast in contest {contest}",
        "rule_out_of_bounds": "rule {rule}: {part} cannot be so",
        "stranger": "there is no trustee {trustee}",
        "too_deep": "values nest more than {limit} deep",
        "too_few_ballots": "{found} ballots are fewer than the {needed} that may be decrypted",
        "too_few_partials": "{found} of {needed} trustees decrypted",
        "too_large": "too large: {member}",
        "too_many_proxies": "one person casts for more than {most}",
        "trustees_alike": "two trustees have the same name or key",
        "unbalanced": "issued, cast, spoiled and unused do not balance",
        "unfinished": "the ledger stops after {after}",
        "unknown_coefficient": "trustee {trustee} does not prove to know what it committed to",
        "unknown_member": "{place} is not known",
        "unknown_type": "an entry of the unknown type {value}",
        "unknown_value": "{place} has a value that is not known: {value}",
        "unreadable": "cannot be read: {member}",
        "unseen_letters": "contest {contest}: a name has characters that nobody sees: {name}",
        "unsigned": "the ballot is not signed with its credential",
        "used_twice": "the credential was used before, in entry {other}",
        "void": "the credential is void",
        "void_twice": "a credential is made void twice",
        "void_used": "a credential is made void that was used",
        "voted_twice": "{person} voted before",
        "withdrawn": "the poll was withdrawn: there is no result",
        "wrong_ballots": "{told} ballots are told, {found} are there",
        "wrong_certificate": "the certificate is not right about: {part}",
        "wrong_commitment": "trustee {trustee} revealed something else than what was hashed",
        "wrong_count": "the result of contest {contest} is not what the ballots give",
        "wrong_decision": "a decision does not fit a tie",
        "wrong_degree": "trustee {trustee} committed to a wrong number of coefficients",
        "wrong_electors": "{found} electors are present, the roll call says {told}",
        "wrong_entitled": "the number of those entitled is not right",
        "wrong_example": "rule {rule}: an example is not written rightly",
        "wrong_file_hash": "changed after the bundle was made: {member}",
        "wrong_hash": "the hash of the entry is not right",
        "wrong_index": "not in order of the trustees: {place}",
        "wrong_joint_key": "the key is not the sum of the trustees' keys",
        "wrong_layouts": "the layouts are not those of the rules",
        "wrong_length": "wrong length: {place}",
        "wrong_list": "contest {contest}: the list does not fit the method and the seats",
        "wrong_members": "the archive has other members than it must have: {members}",
        "wrong_method": "contest {contest}: the method does not fit the poll",
        "wrong_number": "wrong number of items: {place}",
        "wrong_opening": "the ballot does not hold what its opening says",
        "wrong_payload_hash": "the hash of the payload is not right",
        "wrong_piles": "contest {contest}: the rankings are not rightly sorted or written",
        "wrong_prev": "the entry does not follow the one before",
        "wrong_proxy": "a proxy is not right: {person}",
        "wrong_reconciliation": "the reconciliation is not what is counted here",
        "wrong_roll": "the roll call does not add up",
        "wrong_section": "{person} is in no section of the rule",
        "wrong_sections": "contest {contest}: the sections are not those of the rule",
        "wrong_seq": "the entry says that it is number {seq}",
        "wrong_suite": "the way of voting does not fit the plan",
        "wrong_sum": "the encrypted sums are not those of the ballots",
        "wrong_threshold": "{threshold} of {trustees} trustees are not a board",
        "wrong_type": "{place} is not written as it must be",
        "wrong_verdict": "the verdict of contest {contest} is another one",
        "wrong_weight": "the weight of {person} is not right",
    }
)

OUTCOMES: Mapping[str, str] = MappingProxyType(
    {
        "carried": "carried",
        "lost": "lost",
        "filled": "all seats filled",
        "vacant": "seats left vacant: {vacant}",
        "tied": "tied, undecided",
        "void": "void: too few took part",
    }
)


def reason(fault: Fault) -> str:
    """Return what is wrong as a sentence; what came from the bundle is made harmless."""
    details = {name: harmless(value) for name, value in fault.details.items()}
    return REASONS[fault.reason].format(**details)


def harmless(value: int | str) -> str:
    """Return a value to print: nothing in it moves the cursor, and it is not endless."""
    text = "".join(
        letter if letter.isprintable() else "\N{REPLACEMENT CHARACTER}" for letter in str(value)
    )
    return text if len(text) <= 120 else text[:119] + "…"
