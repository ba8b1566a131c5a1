"""Kill −9 at random moments, again and again, until the work is let come to its end."""

from __future__ import annotations

import random
import shutil
from pathlib import Path

from verification.faults.children import begin, end, kill_after
from verification.faults.work import CLAIMS, OUT, Golden, Tally, go_on, judge, next_words, partial, wrong_with

from demerit.engine.folder import verify_folder

MOST_KILLS = 9
"""Kills of one piece of work before it is let come to its end."""
CHECKPOINT_DAYS = 45
"""Days between checkpoints of a disturbed run, so that a short one has several."""


def often() -> None:
    """Let checkpoints be written often in this process."""
    from demerit.study import lived

    lived.CHECKPOINT_DAYS = CHECKPOINT_DAYS


def killed_work(golden: Golden, place: Path, draw: random.Random, most: int, tally: Tally) -> int:
    """Kill a piece of work some times and let it come to its end.

    Args:
        golden: the same, undisturbed.
        place: an empty folder.
        draw: when to kill.
        most: kills left to be made.
        tally: where to count.

    Returns:
        Processes that were killed.
    """
    fault = f"kill -9 during {golden.work.name}"
    kills, refused = 0, False
    for _ in range(min(draw.randint(1, MOST_KILLS), most)):
        again = golden.work.words if draw.random() < 0.3 and golden.work.name != "run" else None
        child = begin(again or next_words(golden.work, place), place, often)
        died = kill_after(child, draw.uniform(0, golden.seconds))
        ended = end(child)
        if not died:
            wrong, told = judge(golden, place, ended)
            refused |= told
            if wrong is not None:
                tally.note(fault, wrong)
                return kills
            if not told:
                break
            shutil.rmtree(partial(place), ignore_errors=True)
            continue
        kills += 1
        if (place / OUT).exists() and (found := verify_folder(place / OUT)):
            tally.note(fault, f"a folder has its final name and is not whole: {found}")
            return kills
    if (place / OUT).exists():
        wrong, told = wrong_with(golden, place), False
    else:
        wrong, told = go_on(golden, place)
    tally.note(fault, wrong, told=told or refused)
    return kills


def kill(golden: list[Golden], place: Path, draw: random.Random, count: int, tally: Tally) -> dict[str, int]:
    """Kill so many processes, shared out among the kinds of work; return how many of each were killed."""
    killed = {one.work.name: 0 for one in golden}
    weights = [1 if one.work == CLAIMS else 9 for one in golden]
    number = 0
    while sum(killed.values()) < count and len(tally.failures) < count:
        one = draw.choices(golden, weights)[0]
        number += 1
        spot = place / f"kill-{number}"
        spot.mkdir()
        left = count - sum(killed.values())
        killed[one.work.name] += killed_work(one, spot, draw, left, tally)
        shutil.rmtree(spot)
    return killed
