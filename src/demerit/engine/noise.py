"""Gumbel noise from a draw: whoever adds it to every option's utility and takes the best chooses by a logit.

With one noise for each option, an option whose utility did not rise can never gain (F10).
"""

from __future__ import annotations

import math

import numpy as np

from demerit.engine.integer import i64
from demerit.engine.kernel import i8, kernel

_OCTAVES = 31
_STEPS = 64


def _half(upper: bool) -> list[int]:
    """Return the noise (Q16) at 64 steps of every octave of the distance to the nearer end of the draws."""
    nodes = []
    for node in range(_OCTAVES * _STEPS + 1):
        distance = 2.0 ** (node // _STEPS) * (1.0 + node % _STEPS / _STEPS) - 0.5
        tail = distance / 2.0**32
        minus_log = -math.log1p(-tail) if upper else -math.log(tail)
        nodes.append(round(-65536.0 * math.log(minus_log)))
    return nodes


GUMBEL_TABLE: tuple[int, ...] = (*_half(False), *_half(True))
"""Noise at the nodes of the lower and of the upper half of the draws, Q16."""
_GUMBEL = np.array(GUMBEL_TABLE, dtype=np.int64)
_UPPER = _OCTAVES * _STEPS + 1


@kernel(i8(i8))
def gumbel(lane: int) -> int:
    """Return -ln(-ln u) as Q16 for a 32-bit draw; largest error 6e-5, monotone."""
    upper = lane >> 31
    distance = 4294967296 - lane if upper == 1 else lane + 1
    octave = 0
    for bits in (16, 8, 4, 2, 1):
        if distance >> (octave + bits):
            octave += bits
    # in octave k the table's step is 2**k / 64
    scaled = (distance << 22 >> octave) if octave < 22 else (distance >> (octave - 22))
    place = min((octave << 6) + ((scaled >> 16) & 63), _OCTAVES * _STEPS - 1) + _UPPER * upper
    part = scaled & 65535 if octave < _OCTAVES else 65536
    low = i64(_GUMBEL[place])
    return low + (((i64(_GUMBEL[place + 1]) - low) * part) >> 16)
