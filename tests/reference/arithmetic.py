"""Arithmetic of the reference engine, in whole numbers of any size."""

from __future__ import annotations

from datetime import date, timedelta

STEPS = 1024
POWERS = [round(2**32 * 2.0 ** (-step / STEPS)) for step in range(STEPS + 1)]


def toward_zero(value: int, divisor: int) -> int:
    """Divide and drop what is less than one, whatever the sign."""
    return value // divisor if value >= 0 else -(-value // divisor)


def faded(points: int, elapsed: int, half_life: int) -> int:
    """Return what a half-life leaves of points: a table of 1,024 steps with straight lines between."""
    if half_life == 0 or elapsed <= 0:
        return points
    halvings, rest = divmod((elapsed * 2**20) // half_life, 2**20)
    if halvings >= 32:
        return 0
    step, part = divmod(rest, 1024)
    left = POWERS[step] + ((POWERS[step + 1] - POWERS[step]) * part >> 10) >> halvings
    upper, lower = divmod(abs(points), 65536)
    size = (upper * left >> 16) + (lower * left >> 32)
    return size if points >= 0 else -size


def shown(base: int, points: int) -> int:
    """Return a score as it is shown: whole points, half a point away from zero."""
    size = (abs(points) + 500) // 1000
    return base + (size if points >= 0 else -size)


def clock_days(start: date, day: int, days: int, working_days: int) -> int:
    """Return how long a clock runs: calendar days, then days that are no Saturday or Sunday."""
    begin = start + timedelta(days=day)
    end = begin + timedelta(days=days)
    while working_days > 0:
        end += timedelta(days=1)
        working_days -= end.weekday() < 5
    return (end - begin).days
