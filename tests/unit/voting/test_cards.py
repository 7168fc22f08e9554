import pytest

from congress.kernel.errors import InputError
from congress.kernel.ids import PollId
from congress.voting import cards
from congress.voting.cards import Card, new_card, read

CARD = Card(PollId("poll"), bytes(range(16)))
_ALPHABET = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"


def test_the_card_is_found_by_its_qr_code_and_by_its_typed_code() -> None:
    assert CARD.payload == "PC1:AAAQEAYEAUDAOCAJBIFQYDIOB4"
    assert read(CARD.payload) == CARD.code_hash
    assert read(CARD.code) == CARD.code_hash
    assert read(f"  {CARD.code.replace('-', ' ').lower()} ") == CARD.code_hash


def test_letters_that_look_like_digits_are_understood() -> None:
    for number in range(2000):
        card = Card(PollId("p"), number.to_bytes(16, "big"))
        if "0" in card.code and "1" in card.code:
            break
    assert read(card.code.replace("0", "O").replace("1", "I")) == card.code_hash
    assert read(card.code.replace("1", "L")) == card.code_hash


def test_every_single_wrong_character_and_every_swap_is_noticed() -> None:
    code = CARD.code.replace("-", "")
    wrong = 0
    for place in range(len(code)):
        for char in _ALPHABET:
            if char != code[place]:
                with pytest.raises(InputError, match=r"voting\.card_misread"):
                    read(code[:place] + char + code[place + 1 :])
                wrong += 1
    assert wrong == 12 * 31
    for place in range(len(code) - 1):
        swapped = code[:place] + code[place + 1] + code[place] + code[place + 2 :]
        if swapped != code:
            with pytest.raises(InputError):
                read(swapped)


@pytest.mark.parametrize(
    "text", ["", "PC1:", "PC1:AAAA", "PC1:!!!", "PC1:ŦŦ", "ABC", "U" * 12, "K7QM-3RXT-9HW"]
)
def test_what_is_no_card_is_misread(text: str) -> None:
    with pytest.raises(InputError, match=r"voting\.card_misread"):
        read(text)


def test_cards_are_random_and_keep_their_secret_to_themselves() -> None:
    issued = [new_card(PollId("poll")) for _ in range(200)]
    assert len({card.secret for card in issued}) == 200
    assert len({card.code for card in issued}) == 200
    assert CARD.secret.hex() not in repr(CARD)
    assert repr(CARD.secret) not in repr(CARD)


def test_the_published_hash_does_not_open_the_vault() -> None:
    assert len({CARD.secret_hash, CARD.code_hash}) == 2
    assert new_card(PollId("p"), lambda length: bytes(length)).secret == bytes(cards.SECRET_LENGTH)
