"""Numbers that belong to what they are drawn for: Philox 4x32-10, a counter-based generator, over whole arrays.

A number is a function of a key and a counter alone, so what is drawn for one thing depends on no other thing and on no
order. numpy has a Philox too, but one stream at a time; here each element of an array has a counter of its own.
Source: Salmon, Moraes, Dror & Shaw (2011), Parallel random numbers: as easy as 1, 2, 3. The test holds the authors'
known answers.
"""

import hashlib
from collections.abc import Iterable

import numpy as np
from numpy.typing import NDArray

Words = NDArray[np.uint64]

_ROUNDS = 10
_MULTIPLY = (np.uint64(0xD2511F53), np.uint64(0xCD9E8D57))
_WEYL = (0x9E3779B9, 0xBB67AE85)
_LOW = np.uint64(0xFFFFFFFF)
_HALF = np.uint64(32)
_BLOCK = 16_384  # elements at a time: what is worked on stays in the processor's cache


def key_of(*parts: object) -> tuple[int, int]:
    """The key that belongs to these parts (a seed, what is drawn), the same on every machine."""
    digest = hashlib.blake2b("\x1f".join(map(str, parts)).encode(), digest_size=8).digest()
    return int.from_bytes(digest[:4], "little"), int.from_bytes(digest[4:], "little")


def numbers_of(texts: Iterable[str]) -> NDArray[np.int64]:
    """A number for each text (the id of a thing), the same on every machine and in every order."""
    digests = [hashlib.blake2b(text.encode(), digest_size=8).digest() for text in texts]
    return np.frombuffer(b"".join(digests), dtype="<i8").astype(np.int64)


def words(key: tuple[int, int], counter: tuple[Words, Words, Words, Words]) -> tuple[Words, Words, Words, Words]:
    """Four words of 32 bits for each element of `counter` (four words of 32 bits, all of one shape)."""
    c0, c1, c2, c3 = counter
    k0, k1 = key
    for _ in range(_ROUNDS):
        first, second = c0 * _MULTIPLY[0], c2 * _MULTIPLY[1]
        c0, c1 = (second >> _HALF) ^ c1 ^ np.uint64(k0), second & _LOW
        c2, c3 = (first >> _HALF) ^ c3 ^ np.uint64(k1), first & _LOW
        k0, k1 = (k0 + _WEYL[0]) & 0xFFFFFFFF, (k1 + _WEYL[1]) & 0xFFFFFFFF
    return c0, c1, c2, c3


def two_uniforms(
    key: tuple[int, int], thing: NDArray[np.int64], at: NDArray[np.int64]
) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
    """Two numbers from 0 to below 1 for each `thing` and each of its places `at` (one-dimensional, of one length)."""
    first, second = np.empty(len(thing)), np.empty(len(thing))
    for start in range(0, len(thing), _BLOCK):
        block = slice(start, start + _BLOCK)
        of, place = thing[block].astype(np.uint64), at[block].astype(np.uint64)
        w0, w1, w2, w3 = words(key, (of & _LOW, of >> _HALF, place & _LOW, place >> _HALF))
        first[block], second[block] = _share(w0, w1), _share(w2, w3)
    return first, second


def _share(high: Words, low: Words) -> NDArray[np.float64]:
    """53 of the bits as a number from 0 to below 1, as numpy does it."""
    whole = (high >> np.uint64(5)) * np.uint64(67_108_864) + (low >> np.uint64(6))
    return whole.astype(np.float64) * 2.0**-53
