"""What surrounds a run: disks that fill or refuse, clocks that jump, a second process on the same folder."""

from __future__ import annotations

import datetime
import errno
import os
import random
import resource
import shutil
import signal
import subprocess
import time
from collections.abc import Callable
from functools import partial as bound
from pathlib import Path
from typing import Any

from verification.faults.children import begin, carry_out, end, kill_after
from verification.faults.kills import often
from verification.faults.work import OUT, Golden, Tally, go_on, judge, partial

ROOMY = "64m"
DECADE_SECONDS = 3.2e8


def may_mount(place: Path) -> bool:
    """Tell whether small disks can be mounted here, as only root may."""
    place.mkdir(exist_ok=True)
    done = _mount("-t", "tmpfs", "-o", "size=64k", "none", str(place))
    if done:
        _unmount(place)
    return done


def _mount(*words: str) -> bool:
    return subprocess.run(["mount", *words], capture_output=True, check=False).returncode == 0


def _unmount(place: Path) -> None:
    subprocess.run(["umount", "--lazy", str(place)], capture_output=True, check=True)


def small_disk(golden: Golden, place: Path, draw: random.Random, tally: Tally) -> None:
    """Run on a disk too small, give it room, and go on."""
    fault = f"disk full during {golden.work.name} (a small disk)"
    size = draw.randint(8, 500)
    place.mkdir()
    _mount("-t", "tmpfs", "-o", f"size={size}k", "none", str(place))
    try:
        ended = carry_out(golden.work.words, place, often)
        wrong, told = judge(golden, place, ended)
        if wrong is None and told:
            _mount("-o", f"remount,size={ROOMY}", str(place))
            wrong, _ = go_on(golden, place)
        tally.note(fault, None if wrong is None else f"{size} kB: {wrong}", told=told)
    finally:
        _unmount(place)


def read_only_disk(golden: Golden, place: Path, draw: random.Random, tally: Tally) -> None:
    """Let the disk become read-only from the start or meanwhile, then writable again, and go on."""
    fault = f"read-only folder during {golden.work.name}"
    place.mkdir()
    _mount("-t", "tmpfs", "-o", f"size={ROOMY}", "none", str(place))
    try:
        if draw.random() < 0.2:
            _mount("-o", "remount,ro", str(place))
        child = begin(golden.work.words, place, often)
        until = time.monotonic() + draw.uniform(0, golden.seconds)
        while time.monotonic() < until:
            time.sleep(0.005)
        while os.waitid(os.P_PID, child.pid, os.WEXITED | os.WNOHANG | os.WNOWAIT) is None:
            if _mount("-o", "remount,ro", str(place)):  # refused while a file is open for writing
                break
        wrong, told = judge(golden, place, end(child))
        _mount("-o", "remount,rw", str(place))
        if wrong is None and told:
            wrong, _ = go_on(golden, place)
        tally.note(fault, wrong, told=told)
    finally:
        _unmount(place)


def _longest_file(size: int) -> None:
    signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
    resource.setrlimit(resource.RLIMIT_FSIZE, (size, resource.RLIM_INFINITY))


def file_limit(golden: Golden, place: Path, draw: random.Random, tally: Tally) -> None:
    """Let the kernel refuse every byte of a file beyond a limit, whoever writes it."""
    size = round(2 ** draw.uniform(8, 18))
    place.mkdir()
    ended = carry_out(golden.work.words, place, bound(_longest_file, size))
    wrong, told = judge(golden, place, ended)
    if wrong is None and told:
        wrong, _ = go_on(golden, place)
    fault = f"disk full during {golden.work.name} (writes refused by the kernel)"
    tally.note(fault, None if wrong is None else f"{size} bytes a file: {wrong}", told=told)


def _full_at(turn: int, code: int) -> None:
    from demerit.engine import disk

    often()
    force, left = disk.os.fsync, [turn]

    def refusing(handle: int) -> None:
        left[0] -= 1
        if left[0] <= 0:
            raise OSError(code, os.strerror(code))
        force(handle)

    disk.os.fsync = refusing  # type: ignore[assignment]


def late_refusal(golden: Golden, place: Path, draw: random.Random, tally: Tally) -> None:
    """Let the disk refuse from some write on, as a full or broken one does when files are forced onto it."""
    code = draw.choice([errno.ENOSPC, errno.EIO, errno.EDQUOT, errno.EROFS])
    turn = draw.randint(1, 60)
    place.mkdir()
    wrong, told = judge(golden, place, carry_out(golden.work.words, place, bound(_full_at, turn, code)))
    if wrong is None and told:
        wrong, _ = go_on(golden, place)
    fault = f"disk refuses during {golden.work.name} ({errno.errorcode[code]})"
    tally.note(fault, None if wrong is None else f"at force {turn}: {wrong}", told=told)


def _jumping(seed: int) -> None:
    """Let the clock of the wall jump by up to ten years, back and forth, at every look."""
    from demerit.study import comparison_manifest, run

    often()
    draw, now, now_ns = random.Random(seed), time.time, time.time_ns

    def jump() -> float:
        return draw.choice([0, 1, -1]) * draw.uniform(0, DECADE_SECONDS)

    class Jumping(datetime.datetime):
        @classmethod
        def now(cls, tz: Any = None) -> datetime.datetime:
            return datetime.datetime.fromtimestamp(now() + jump(), tz)

    time.time = lambda: now() + jump()
    time.time_ns = lambda: now_ns() + round(jump() * 1e9)
    for module in (run, comparison_manifest):
        module.datetime = Jumping  # type: ignore[attr-defined]


def clock_jumps(golden: Golden, place: Path, draw: random.Random, tally: Tally) -> None:
    """Kill a run under a jumping clock, date its files anywhere between 1980 and 2100, and go on."""
    place.mkdir()
    jumping = bound(_jumping, draw.randrange(2**32))
    child = begin(golden.work.words, place, jumping)
    kill_after(child, draw.uniform(0, golden.seconds))
    first = end(child)
    if first.code is not None:
        wrong, told = judge(golden, place, first)
    else:
        for path in place.rglob("*"):
            when = draw.uniform(3.2e8, 4.1e9)
            os.utime(path, (when, when))
        left = partial(place).is_dir()
        ended = carry_out(golden.work.resume() if left else golden.work.words, place, jumping)
        wrong, told = judge(golden, place, ended)
        if wrong is None and told:
            shutil.rmtree(partial(place), ignore_errors=True)
            wrong, _ = go_on(golden, place)
    tally.note(f"clock jumps during {golden.work.name}", wrong, told=told)


def two_at_once(golden: Golden, place: Path, draw: random.Random, tally: Tally) -> None:
    """Begin the same work twice on one folder, or resume it twice; one comes to its end."""
    place.mkdir()
    words = golden.work.words
    if draw.random() < 0.5:
        child = begin(words, place, often)
        kill_after(child, draw.uniform(0.3, 0.9) * golden.seconds)
        end(child)
        words = golden.work.resume() if partial(place).is_dir() else words
    one = begin(words, place, often)
    time.sleep(draw.choice([0, draw.uniform(0, golden.seconds)]))
    other = begin(words, place, often)
    results = [end(one), end(other)]
    wrong, told = None, False
    if (place / OUT).is_dir():
        for ended in results:
            found, refused = judge(golden, place, ended)
            wrong, told = wrong or found, told or refused
        if [ended.code for ended in results].count(0) > 1:
            wrong = wrong or f"both say that they have done it: {results[0].out} {results[1].out}"
    else:
        bad = [ended.short() for ended in results if not ended.clean or ended.code == 0]
        wrong, told = (bad[0], True) if bad else go_on(golden, place)
    tally.note(f"two at once on one {golden.work.name}", wrong, told=told)


SURROUNDINGS: tuple[Callable[[Golden, Path, random.Random, Tally], None], ...] = (
    file_limit,
    late_refusal,
    clock_jumps,
    two_at_once,
)
MOUNTED = (small_disk, read_only_disk)
"""Those that need a disk of their own."""
