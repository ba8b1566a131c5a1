"""What is read, each from any bytes: how, beginning from which examples, and how often by default."""

from __future__ import annotations

import hashlib
import io
import json
import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from demerit.errors import DemeritError

PURE = (
    "demerit.files",
    "demerit.regime",
    "demerit.sources",
    "demerit.study",
    "demerit.engine.checkpoints",
    "demerit.engine.folder",
    "demerit.engine.hashlist",
    "demerit.explain.subjects",
    "demerit.claims.again",
    "demerit.claims.plan",
    "demerit.simulation.manifest",
    "demerit.society.edge_list",
    "demerit.society.real_identities",
    "demerit.society.load",
)
"""Modules whose branches guide the search; none holds a kernel, which must be compiled as it is written."""
SAFE_ID = re.compile(r"[A-Za-z0-9][A-Za-z0-9._-]*")

Read = Callable[[bytes, Path], object]


@dataclass(frozen=True)
class Target:
    """Something that is read.

    Attributes:
        name: what it is called in the report.
        share: inputs of a thousand.
        prepare: load what is needed and return how bytes are read, given a folder to write them to.
        examples: what the search begins from.
    """

    name: str
    share: int
    prepare: Callable[[], Read]
    examples: Callable[[], Iterator[bytes]]


def refused(read: Callable[[], object]) -> bool:
    """Read; return whether it was refused with words. Whatever else is raised goes through."""
    try:
        read()
    except DemeritError as error:
        if not str(error).strip():
            raise AssertionError("refused without a word") from error
        return True
    return False


def as_text(content: bytes) -> str:
    """Return bytes as an argument of the command line arrives."""
    return content.decode("utf-8", "surrogateescape")


def _words() -> Read:
    from demerit.explain.subjects import read_subject
    from demerit.study.branch import read_patch

    def read(content: bytes, _: Path) -> None:
        word = as_text(content)
        refused(lambda: read_subject(word))
        refused(lambda: read_patch(word))

    return read


def _word_examples() -> Iterator[bytes]:
    yield from (b"citizen:8173", b"agency:court-13", b"vehicle:5", b"17", b"service:hospitals-2")
    yield from (b"score.base=1000", b"a.b=[1, 2]", b'x={a="b"}', b"=cmd|' /C calc'!A0", b"../../etc=1e999")


def _toml() -> Read:
    from demerit.files.document import from_data
    from demerit.files.reading import read_toml
    from demerit.regime.load import KIND

    def read(content: bytes, place: Path) -> None:
        path = place / "x.toml"
        path.write_bytes(content)
        refused(lambda: from_data(KIND, read_toml(path, path.name).data))

    return read


def _toml_examples() -> Iterator[bytes]:
    yield b'[regime]\nid = "x"\ntitle = "X"\nbasis = "essay"\nschema_version = 1\nextends = "essay"\n'
    yield b'[score]\nbase = { value = 1000, unit = "points", basis = "assumed", range = [1, 2] }\n'
    yield b'[[chain]]\nid = "a"\nfrom = "b"\nsince = 2018-01-01\nshare = 0.5\n[[chain]]\nid = "../a"\n'


def _rules() -> Read:
    from demerit.files.rows import parse_csv

    return lambda content, _: refused(lambda: parse_csv(content.decode(errors="replace"), "x.csv", "conduct"))


def _rule_examples() -> Iterator[bytes]:
    yield b"id:text,fine:CNY,points.road:points,coverage.range:range,since:date\na,2,-6,0.1..0.2,2018-01-01\n"
    yield b'id,title:text\n=cmd,"a ""b"""\n'


def _hash_list() -> Read:
    from demerit.engine.folder import open_run, verify_folder
    from demerit.engine.hashlist import HASH_LIST

    def read(content: bytes, place: Path) -> None:
        (place / HASH_LIST).write_bytes(content)
        if verify_folder(place) == [] and any(path.name != HASH_LIST for path in place.iterdir()):
            raise AssertionError("a file that is not listed is not told")
        refused(lambda: open_run(place))

    return read


def _hash_examples() -> Iterator[bytes]:
    line = hashlib.sha256(b"").hexdigest()
    yield f"{line}  a.txt\n{line}  b/c.parquet\n".encode()
    yield f"{line}  ../../etc/passwd\n".encode()


def _json() -> Read:
    from demerit.claims.again import asked
    from demerit.simulation.manifest import read_manifest, version_that_wrote
    from demerit.study.comparison_folder import plan_left
    from demerit.study.comparison_manifest import is_comparison, read_comparison_manifest
    from demerit.study.layout import CLAIMS_REQUEST, COMPARISON, PLAN
    from demerit.study.run import read_plan
    from demerit.study.unfinished_run import request_of

    def read(content: bytes, place: Path) -> None:
        for name in ("manifest.json", PLAN, COMPARISON, CLAIMS_REQUEST):
            (place / name).write_bytes(content)
        refused(lambda: read_manifest(place))
        refused(lambda: read_comparison_manifest(place))
        refused(lambda: read_plan(place))
        refused(lambda: plan_left(place))
        refused(lambda: asked(place))
        version_that_wrote(place)
        is_comparison(place)
        request_of(place)

    return read


def _json_examples() -> Iterator[bytes]:
    digest, empty = "0" * 32, hashlib.sha256(b"{}").hexdigest()
    world = {"regime": "essay", "regime_hash": empty, "data": {}, "person_days": 1, "seconds": 1.0}
    world |= {"events": 1, "rows": 1, **dict.fromkeys(("digest", "state_digest", "ledger_digest"), digest)}
    told: dict[str, Any] = {"schema_version": 1, "kind": "run", "demerit": "0.1.0", "created": "2026-01-01"}
    told |= {"start": "2014-01-01", "days": 365, "years": 1.0, "population": 200, "seed": 1, "threads": 1}
    told |= {"society": {"id": "hamlet", "hash": empty, "data": {}}, "worlds": [world], "shards": 1}
    told |= {"assumptions_share": 0.5, "ledger": "full", "versions": {}, "processor": "", "cores": 1}
    yield json.dumps({**told, "peak_rss_bytes": 1}).encode()
    request = {"regime": "essay", "society": "hamlet", "population": 200, "years": 1, "seed": 1}
    plan = {"request": request, "regimes": [{}], "notes": [[]], "laws": [], "society": {}, "past": []}
    yield json.dumps({"plan": plan, "sha256": empty, "demerit": "0.1.0"}).encode()
    wide = {"regimes": [{}, {}], "names": ["a", "b"], "seeds": [1], "population": 10**12, "draws": 10**12}
    yield json.dumps({"plan": {**plan, **wide, "years": 1, "start": "2014-01-01"}, "sha256": empty}).encode()


def _checkpoint() -> Read:
    from demerit.engine.checkpoints import load_checkpoint, save_checkpoint
    from demerit.engine.hashlist import HASH_LIST

    def read(content: bytes, place: Path) -> None:
        """Take the first half for the description and the other for an array; the hashes are right."""
        spot = place / "checkpoints" / "day-000001"
        if not spot.exists():
            save_checkpoint(place, 1, {}, {})
        meta, sign, array = content.partition(b"\0NPY")
        (spot / "meta.json").write_bytes(meta)
        (spot / "state.npy").write_bytes(array if sign else b"")
        hashes = [
            (hashlib.sha256((spot / name).read_bytes()).hexdigest(), name)
            for name in ("meta.json", "state.npy")
        ]
        (spot / HASH_LIST).write_text("".join(f"{found}  {name}\n" for found, name in hashes))
        refused(lambda: load_checkpoint(spot))

    return read


def _checkpoint_examples() -> Iterator[bytes]:
    import numpy as np

    for array in (np.arange(3), np.zeros(2, np.dtype([("a", "<i4"), ("b", "<f8", (2,))], align=True))):
        held = io.BytesIO()
        np.save(held, array)
        fields = [["a", "<i4", 0], ["b", {"of": "<f8", "shape": [2]}, 8]]
        form: Any = "<i8" if array.dtype.fields is None else {"fields": fields, "bytes": 24, "aligned": True}
        described = {"shape": list(array.shape), "dtype": form}
        meta = json.dumps({"day": 1, "arrays": {"state": described}, "meta": {}}).encode()
        yield meta + b"\0NPY" + held.getvalue()
        yield meta + b"\0NPY" + held.getvalue().replace(b"(3,)", b"(9999999999999,)")


def _kept() -> Read:
    from demerit.claims.plan import ClaimsJob
    from demerit.claims.study import read_job

    def read(content: bytes, place: Path) -> None:
        job = ClaimsJob(0, "seed-1", 1, (1,), 0)
        path = place / "worlds" / f"{job.name}.json"
        path.parent.mkdir(exist_ok=True)
        path.write_bytes(content)
        read_job(job, place, "0" * 64)

    return read


def _kept_examples() -> Iterator[bytes]:
    content: dict[str, Any] = {"plan": "0" * 64, "draw": 0, "attempt": 0, "people": 200, "seeds": [1]}
    content["worlds"] = {"R": [{"listed": 1.5}]}
    text = json.dumps(content, separators=(",", ":")).encode()
    yield json.dumps({**content, "sha256": hashlib.sha256(text).hexdigest()}).encode()
    yield b'{"sha256": 1, "seeds": [1], "worlds": {"R": []}}'


def _edges() -> Read:
    from demerit.society.edge_list import read_ties

    def read(content: bytes, place: Path) -> None:
        path = place / ("x.parquet" if content.startswith(b"PAR1") else "x.csv")
        path.write_bytes(content)
        refused(lambda: read_ties(path))

    return read


def _edge_examples() -> Iterator[bytes]:
    import polars as pl

    yield b"tie,from,to\nfriend,1,2\nkin,citizen:3,citizen:4\nemployee,5,company:1\ndriver,6,vehicle:0\n"
    yield b"tie,from,to\n=cmd|' /C calc'!A0,../../1,99999999999\n"
    held = io.BytesIO()
    pl.DataFrame({"tie": ["friend"], "from": ["1"], "to": ["2"]}).write_parquet(held)
    yield held.getvalue()


def _file(name: str) -> Callable[[], Read]:
    """Return how a whole file is read: loaded as a run does, and examined as the linter does."""

    def prepare() -> Read:
        from demerit.files.document import load, look
        from demerit.regime.load import KIND as REGIMES
        from demerit.society.load import KIND as SOCIETIES

        kind: Any = REGIMES if name == "regime" else SOCIETIES

        def read(content: bytes, place: Path) -> None:
            path = place / "x.toml"
            path.write_bytes(content)
            if refused(lambda: load(kind, path)):
                refused(lambda: look(kind, path))
            elif SAFE_ID.fullmatch(getattr(load(kind, path).model, name).id) is None:
                raise AssertionError("an id that is no plain word")

        return read

    return prepare


def _file_examples(name: str) -> Callable[[], Iterator[bytes]]:
    parent, at, more = (
        ("essay", "score.base", 'basis = "essay"\n')
        if name == "regime"
        else ("hamlet", "society.population", "")
    )
    head = f'[{name}]\nid = "x"\ntitle = "X"\n{more}schema_version = 1\nextends = "{parent}"\n'
    patch = f'[[patch]]\nop = "set"\nat = "{at}"\nvalue = 900\nreason = "a try"\n'
    return lambda: iter([head.encode(), f"{head}{patch}".encode(), f"{head}{patch}{patch}".encode()])


TARGETS = (
    Target("subjects and patches as words", 420, _words, _word_examples),
    Target("tables of rules (CSV)", 170, _rules, _rule_examples),
    Target("lists of hashes", 150, _hash_list, _hash_examples),
    Target("TOML as a regime", 120, _toml, _toml_examples),
    Target("manifests and plans (JSON)", 70, _json, _json_examples),
    Target("kept claims (JSON)", 60, _kept, _kept_examples),
    Target("checkpoints with right hashes", 35, _checkpoint, _checkpoint_examples),
    Target("edge lists", 14, _edges, _edge_examples),
    Target("regime files that extend and patch", 3, _file("regime"), _file_examples("regime")),
    Target("society files that extend and patch", 3, _file("society"), _file_examples("society")),
)
"""What is fuzzed; the shares add up to a little more than a thousand."""
