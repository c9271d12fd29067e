"""Eight signs of a text as one number, the first of them lowest: compared and tested at once, thousands of lines together."""

import numpy as np
from numpy.typing import NDArray

Words = NDArray[np.uint64]
WORD = 8  # signs


def word(text: bytes) -> np.uint64:
    """The number of so many signs."""
    return np.uint64(int.from_bytes(text, "little"))


ZEROS = word(b"0" * WORD)
WIDTHS = np.array(
    [int.from_bytes(b"\xff" * width, "little") for width in range(WORD + 1)], np.uint64
)  # the first so many
_SIXES, _HIGH, _BLANKS, _TOPS = (word(sign * WORD) for sign in (b"\x06", b"\xf0", b"!", b"\x80"))


def words_of(text: bytes) -> Words:
    """The eight signs from each place of the text on; nothing is copied."""
    return np.ndarray(max(0, len(text) - WORD + 1), "<u8", text, strides=(1,))


def padded(words: Words, widths: NDArray[np.int64]) -> Words:
    """Only the first so many signs of each word, and zeros (the digit) behind them."""
    return (words & WIDTHS[widths]) | (ZEROS & ~WIDTHS[widths])


def are_digits(words: Words) -> NDArray[np.bool_]:
    """Whether all signs of a word are digits: 0x30 to 0x39, so that six more do not reach 0x40."""
    return ((words & _HIGH) == ZEROS) & (((words + _SIXES) & _HIGH) == ZEROS)


def are_signs(words: Words) -> NDArray[np.bool_]:
    """Whether no sign of a word is a blank or a control sign: none is less than 0x21."""
    return ((words - _BLANKS) & ~words & _TOPS) == 0
