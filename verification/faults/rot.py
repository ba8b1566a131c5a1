"""Files that rot: a bit flipped, a file cut short, lengthened, emptied or gone, in every kind of file."""

from __future__ import annotations

import random
import re
import shutil
from collections.abc import Sequence
from pathlib import Path

from verification.faults.children import Ended, begin, carry_out, end, kill_after
from verification.faults.kills import often
from verification.faults.work import CLAIMS, COMPARE, OUT, Golden, Tally, judge, partial

FAULTS = ("bit flipped", "cut short", "lengthened", "emptied", "gone")
WEIGHTS = (6, 3, 1, 1, 1)
READERS: dict[str, tuple[tuple[str, ...], ...]] = {
    "run": (
        ("runs", "show", OUT),
        ("rows", OUT),
        ("explain", OUT, "17", "--json"),
        ("regime", "coverage", OUT),
        ("report", OUT, "--out", "page.html"),
        ("branch", OUT, "essay", "--at", "2014-07-01", "--alone", "--out", "branched", "--quiet"),
    ),
    "compare": (("runs", "show", OUT), ("report", OUT, "--out", "page.html")),
    "claims": (("runs", "show", OUT),),
}
"""Commands that read a finished folder."""


def kind_of(name: str) -> str:
    """Return the kind of a file in a run folder: its name without what differs from one to the next."""
    return re.sub(r"\d{3,}", "N", name.rpartition("/")[2]) if "/" in name else name


def files_by_kind(folder: Path) -> dict[str, list[Path]]:
    """Return the files of a folder by kind, the list of hashes too."""
    found: dict[str, list[Path]] = {}
    for path in sorted(path for path in folder.rglob("*") if path.is_file()):
        found.setdefault(kind_of(path.relative_to(folder).as_posix()), []).append(path)
    return found


def spoil(path: Path, fault: str, draw: random.Random) -> None:
    """Do to a file what the fault says."""
    content = bytearray(path.read_bytes())
    if fault == "gone":
        path.unlink()
        return
    if fault == "bit flipped" and content:
        content[draw.randrange(len(content))] ^= 1 << draw.randrange(8)
    elif fault == "cut short" and content:
        del content[draw.randrange(len(content)) :]
    elif fault == "emptied":
        content.clear()
    else:
        content += draw.randbytes(draw.randint(1, 64))
    path.write_bytes(content)


def halfway(golden: Golden, place: Path, draw: random.Random) -> bool:
    """Leave a piece of work killed with something kept in its folder; return whether there is."""
    kept = {"run": "worlds/*/checkpoints/day-??????/MANIFEST.sha256"}.get(golden.work.name, "worlds/**/*.*")
    for _ in range(8):
        place.mkdir(exist_ok=True)
        child = begin(golden.work.words, place, often)
        kill_after(child, draw.uniform(0.4, 1) * golden.seconds)
        end(child)
        if partial(place).is_dir() and any(partial(place).glob(kept)):
            return True
        shutil.rmtree(place)
    return False


def rotten_finished(golden: Golden, place: Path, draw: random.Random, count: int, tally: Tally) -> None:
    """Spoil a file of a finished folder, so often; `verify` must name it, readers must refuse or not care."""
    right = {words: _read(words, golden.place, place / "read") for words in READERS[golden.work.name]}
    kinds = sorted(files_by_kind(golden.place / OUT))
    for number in range(count):
        spot = place / f"rot-{golden.work.name}-{number}"
        shutil.copytree(golden.place, spot)
        fault = draw.choices(FAULTS, WEIGHTS)[0]
        path = draw.choice(files_by_kind(spot / OUT)[kinds[number % len(kinds)]])
        spoil(path, fault, draw)
        told = f"{fault}: {path.relative_to(spot / OUT)}"
        checked = carry_out(("verify", OUT, "--files-only"), spot)
        name = f"finished {golden.work.name}, file"
        if not checked.clean or checked.code not in (1, 2):
            tally.note(name, f"{told}: verify says nothing: {checked.short()}")
        else:
            tally.note(name, None, told=True)
        words = draw.choice(READERS[golden.work.name])
        _judge_reading(words, _read(words, spot, spot), right[words], told, tally)
        shutil.rmtree(spot)


def _read(words: Sequence[str], of: Path, spot: Path) -> tuple[Ended, bytes]:
    """Read a finished folder with a command; return how it ended and what it wrote."""
    if spot != of:
        shutil.copytree(of, spot)
    ended = carry_out(words, spot)
    page = spot / "page.html"
    wrote = page.read_bytes() if page.exists() else b""
    if spot != of:
        shutil.rmtree(spot)
    return ended, wrote


def _judge_reading(
    words: Sequence[str], found: tuple[Ended, bytes], right: tuple[Ended, bytes], told: str, tally: Tally
) -> None:
    ended, fault = found[0], f"reading a spoilt folder, demerit {words[0]}"
    if not ended.clean:
        tally.note(fault, f"{told}: {ended.short()}")
    elif ended.code != 0:
        wrong = None if ended.err.strip() else f"{told}: exit {ended.code} without a word"
        tally.note(fault, wrong, told=True)
    elif (ended.out, found[1]) != (right[0].out, right[1]):
        tally.note(fault, f"{told}: something else is read, and nothing said")
    else:
        tally.note(fault, None)


def rotten_unfinished(golden: Golden, place: Path, draw: random.Random, count: int, tally: Tally) -> None:
    """Spoil one file of an interrupted folder, so often; going on must come to the same end or refuse."""
    name = f"interrupted {golden.work.name}, file"
    base = place / f"half-{golden.work.name}"
    if not halfway(golden, base, draw):
        tally.note(name, "could not be interrupted halfway")
        return
    kinds = sorted(files_by_kind(partial(base)))
    for number in range(count):
        spot = place / f"halfrot-{number}"
        shutil.copytree(base, spot)
        fault = draw.choices(FAULTS, WEIGHTS)[0]
        path = draw.choice(files_by_kind(partial(spot))[kinds[number % len(kinds)]])
        spoil(path, fault, draw)
        again = golden.work in (COMPARE, CLAIMS) and draw.random() < 0.5
        ended = carry_out(golden.work.words if again else golden.work.resume(), spot, often)
        wrong, told = judge(golden, spot, ended)
        tally.note(name, None if wrong is None else f"{fault}: {path.relative_to(spot)}: {wrong}", told=told)
        shutil.rmtree(spot)
    shutil.rmtree(base)
