"""Numbers drawn by counter: the authors' known answers, evenly spread, and the same in every order."""

import numpy as np
import pytest

from playbook.simulate import philox

FULL = 0xFFFFFFFF


@pytest.mark.parametrize(
    ("counter", "key", "answer"),
    [
        ((0, 0, 0, 0), (0, 0), (0x6627E8D5, 0xE169C58D, 0xBC57AC4C, 0x9B00DBD8)),
        ((FULL,) * 4, (FULL,) * 2, (0x408F276D, 0x41C83B0E, 0xA20BC7C6, 0x6D5451FD)),
        (
            (0x243F6A88, 0x85A308D3, 0x13198A2E, 0x03707344),
            (0xA4093822, 0x299F31D0),
            (0xD16CFE09, 0x94FDCCEB, 0x5001E420, 0x24126EA1),
        ),
    ],
)
def test_words_are_those_that_the_authors_publish(counter, key, answer):
    arrays = tuple(np.array([word], dtype=np.uint64) for word in counter)
    assert tuple(int(word[0]) for word in philox.words(key, arrays)) == answer


def test_numbers_are_even_between_0_and_1_and_neighbours_do_not_resemble_each_other():
    things = np.arange(200_000)
    first, second = philox.two_uniforms(philox.key_of(1, "x"), things, np.zeros_like(things))
    for numbers in (first, second):
        assert numbers.min() >= 0 and numbers.max() < 1
        assert np.bincount((numbers * 20).astype(int)) / len(things) == pytest.approx(np.full(20, 0.05), abs=0.003)
    assert abs(np.corrcoef(first[:-1], first[1:])[0, 1]) < 0.01 and abs(np.corrcoef(first, second)[0, 1]) < 0.01


def test_a_number_depends_on_no_other_thing_and_on_no_order():
    things = np.arange(50_000) * 7
    all_of_them, _ = philox.two_uniforms((1, 2), things, things % 5)
    some = np.array([40_000, 3, 17])
    alone, _ = philox.two_uniforms((1, 2), things[some], things[some] % 5)
    assert alone.tolist() == all_of_them[some].tolist()


def test_another_key_another_thing_and_another_place_are_other_numbers():
    draws = [((1, "a"), 5, 0), ((1, "b"), 5, 0), ((2, "a"), 5, 0), ((1, "a"), 6, 0), ((1, "a"), 5, 1)]
    numbers = {
        philox.two_uniforms(philox.key_of(*key), np.array([thing]), np.array([at]))[0][0] for key, thing, at in draws
    }
    assert len(numbers) == len(draws)


def test_an_id_has_the_same_number_in_every_order():
    assert philox.numbers_of(["a", "b"])[::-1].tolist() == philox.numbers_of(["b", "a"]).tolist()
