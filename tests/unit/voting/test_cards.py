import pytest

from congress.kernel.errors import InputError
from congress.kernel.ids import PollId
from congress.voting.cards import Card, new_card, read
from congress.voting.crypto.credentials import ENTROPY_BYTES, new_code, public_of, secret_of

POLL = PollId("poll")
CARD = new_card(POLL, entropy=lambda length: bytes(range(length)))
HALVES = new_card(POLL, 2)
_ALPHABET = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"


def test_the_card_is_read_from_its_qr_code_and_from_its_typed_code() -> None:
    (code,) = CARD.codes
    assert len(code) == 16
    assert CARD.payload == f"PC2:{code}"
    assert read(CARD.payload) == read(CARD.code) == (code,)
    assert read(f"  {CARD.code.replace('-', ' ').lower()} ") == (code,)


def test_both_halves_of_a_card_are_read_together_in_any_order() -> None:
    first, second = HALVES.codes
    assert read(HALVES.payload) == read(HALVES.code) == (first, second)
    assert read(f"{HALVES.payloads[1]} + {HALVES.payloads[0]}") == (second, first)
    assert HALVES.public_key == public_of(secret_of(POLL, (second, first)))


def test_neither_half_tells_the_credential() -> None:
    alone = [public_of(secret_of(POLL, (code,))) for code in HALVES.codes]
    assert HALVES.public_key not in alone


def test_a_card_has_another_key_in_every_poll() -> None:
    assert public_of(secret_of("another", CARD.codes)) != CARD.public_key


def test_letters_that_look_like_digits_are_understood() -> None:
    code = "0" * 16
    assert read("o" * 16) == read("OoOo-0000-oooo-0000") == (code,)


def test_every_single_wrong_character_and_every_swap_is_noticed() -> None:
    (code,) = CARD.codes
    wrong = 0
    for place in range(len(code)):
        for char in _ALPHABET:
            if char != code[place]:
                with pytest.raises(InputError, match=r"voting\.card_misread"):
                    read(code[:place] + char + code[place + 1 :])
                wrong += 1
    assert wrong == 16 * 31
    for place in range(len(code) - 1):
        swapped = code[:place] + code[place + 1] + code[place] + code[place + 2 :]
        if swapped != code:
            with pytest.raises(InputError):
                read(swapped)


@pytest.mark.parametrize(
    "text",
    [
        "",
        "PC2:",
        "PC2:AAAA",
        "PC1:AAAQEAYEAUDAOCAJBIFQYDIOB4",
        "PC2:ŦŦ",
        "ABC",
        "U" * 16,
        "+",
        f"{'0' * 16}+",
        f"{'0' * 16}+{'0' * 16}",
        "+".join(new_code(bytes([number] * ENTROPY_BYTES)) for number in (1, 2, 3)),
    ],
)
def test_what_is_no_card_is_misread(text: str) -> None:
    with pytest.raises(InputError, match=r"voting\.card_misread"):
        read(text)


def test_cards_are_random_and_keep_their_codes_to_themselves() -> None:
    issued = [new_card(POLL) for _ in range(200)]
    assert len({card.codes for card in issued}) == 200
    assert len({card.public_key for card in issued}) == 200
    assert CARD.codes[0] not in repr(CARD)
    assert Card(POLL, CARD.codes, CARD.public_key) == CARD
