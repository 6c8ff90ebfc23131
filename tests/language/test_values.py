"""The frozen values that expressions are made of refuse what a class does not have, and cannot be changed."""

import copy
import pickle

import pytest

from hongqiao_rules.language.nodes import MONEY, NUMBER, Add, Constant, Read

ONE = Constant(type=NUMBER, value=1)


def test_a_wrong_or_missing_field_is_refused() -> None:
    with pytest.raises(TypeError, match="Constant: vallue"):
        Constant(type=NUMBER, value=1, vallue=2)  # type: ignore[call-arg]
    with pytest.raises(TypeError, match="Add: right"):
        Add(type=NUMBER, left=ONE)  # type: ignore[call-arg]
    with pytest.raises(TypeError, match="Read: variabel"):
        Read(type=MONEY, entity="farm", name="rent", variable=None)._replace(variabel=3)


def test_a_value_cannot_be_changed_and_a_changed_copy_is_another() -> None:
    with pytest.raises(AttributeError, match=r"Constant\.value"):
        ONE.value = 2  # type: ignore[misc]
    other = ONE._replace(value=2)
    assert (ONE.value, other.value) == (1, 2)
    assert other != ONE


def test_equal_are_values_of_one_class_and_fields_wherever_they_stand() -> None:
    elsewhere = ONE._replace(span=(3, 4))
    assert elsewhere == ONE
    assert hash(elsewhere) == hash(ONE)
    assert Constant(type=MONEY, value=1) != ONE
    assert Add(type=NUMBER, left=ONE, right=ONE) in {Add(type=NUMBER, left=elsewhere, right=ONE)}
    assert ONE != (NUMBER, 1)


def test_a_value_survives_copying_and_says_what_it_is() -> None:
    whole = Add(type=NUMBER, left=ONE, right=ONE)
    assert copy.deepcopy(whole) == whole
    assert pickle.loads(pickle.dumps(whole)) == whole  # noqa: S301
    assert "value=1" in repr(whole)
