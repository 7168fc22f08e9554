import numpy as np
import pytest

from congress.kernel.errors import InputError
from congress.kernel.ids import PersonId
from congress.rollcall import templates
from congress.rollcall.faces import Model
from tests.helpers.faces import unit

ANN, BEN = PersonId("ann"), PersonId("ben")
MODEL, OTHER = Model("sface", "a" * 64, 16), Model("dlib", "b" * 64, 16)
MASTER = bytes(range(32))


def test_a_template_comes_back_as_it_was() -> None:
    key = templates.new_key()
    vector = unit(0.25, -0.5, 3)
    assert np.array_equal(
        templates.unseal(key, ANN, MODEL, templates.seal(key, ANN, MODEL, vector)), vector
    )
    assert templates.unwrap([MASTER], ANN, templates.wrap(MASTER, ANN, key)) == key


def test_the_same_template_is_sealed_differently_each_time() -> None:
    key = templates.new_key()
    sealed = {templates.seal(key, ANN, MODEL, unit(1)) for _ in range(8)}
    assert len(sealed) == 8
    assert all(unit(1).tobytes()[:16] not in data for data in sealed)


def test_a_template_belongs_to_its_person_its_model_and_its_key() -> None:
    key = templates.new_key()
    data = templates.seal(key, ANN, MODEL, unit(1))
    changed = data[:-1] + bytes([data[-1] ^ 1])
    for wrong in (
        lambda: templates.unseal(key, BEN, MODEL, data),
        lambda: templates.unseal(key, ANN, OTHER, data),
        lambda: templates.unseal(templates.new_key(), ANN, MODEL, data),
        lambda: templates.unseal(key, ANN, MODEL, changed),
        lambda: templates.unseal(key, ANN, MODEL, b""),
        lambda: templates.unwrap([MASTER], BEN, templates.wrap(MASTER, ANN, key)),
    ):
        with pytest.raises(InputError, match=r"faces\.template_damaged"):
            wrong()
