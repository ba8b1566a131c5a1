"""Write the reference pages from code and data while the site is built."""

from __future__ import annotations

import inspect
import json
import re
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

from pydantic import BaseModel

from demerit.catalogue.columns import TABLES
from demerit.catalogue.counters import FLOWS
from demerit.catalogue.entries import ENTRY_KINDS, ROW
from demerit.catalogue.letters import LETTERS
from demerit.catalogue.packed import PACKED_TABLES
from demerit.catalogue.words import LABELS, MOTIVES
from demerit.claims.definitions import claim_worlds, claims
from demerit.engine.columns import Column, Table
from demerit.engine.messages import MESSAGE
from demerit.files.lint import lint_rules
from demerit.files.number import Number
from demerit.files.resolving import reform
from demerit.files.series import Series
from demerit.files.starter import entries_of, sections_of
from demerit.files.units import UNITS
from demerit.measures.indicators import INDICATORS
from demerit.regime import Regime
from demerit.regime import list_presets as regime_presets
from demerit.regime.commands import show_text
from demerit.regime.load import KIND as REGIMES
from demerit.report.notebook import compare, simulate
from demerit.report.outcomes import Compared, Simulated
from demerit.society import Society
from demerit.society import list_presets as society_presets
from demerit.society.load import KIND as SOCIETIES
from demerit.sources import load_sources

if TYPE_CHECKING:
    from mkdocs.config.defaults import MkDocsConfig
    from mkdocs.structure.files import Files

ALL_TABLES = (*TABLES, *PACKED_TABLES)
SIDES = {"above": "above", "below": "below", "at_least": "at least"}
BASES = {
    "law": "a matter of rule",
    "cited": "published",
    "inferred": "follows from something published",
    "assumed": "nobody knows; the range says what else it could be",
    "calibrated": "chosen to meet a figure",
}


def on_files(files: Files, *, config: MkDocsConfig) -> Files:
    """Add the reference pages to the site (called by mkdocs)."""
    from mkdocs.structure.files import File

    for path, text in pages().items():
        files.append(File.generated(config, path, content=text))
    return files


def pages() -> dict[str, str]:
    """Return every reference page: its place in the documentation and its text."""
    return {
        "reference/columns.md": columns_page(),
        "reference/ledger.md": ledger_page(),
        "reference/counters.md": counters_page(),
        "reference/indicators.md": indicators_page(),
        "reference/claims.md": claims_page(),
        "reference/first-defaults.md": first_defaults_page(),
        "reference/python.md": python_page(),
        "reference/situations.md": situations_page(),
        "reference/parameters.md": parameters_page(),
        "reference/regimes.md": regimes_page(),
        "reference/language.md": language_page(),
        "reference/lint.md": lint_page(),
        "reference/sources.md": sources_page(),
        "reference/soak.md": soak_page(),
    }


def soak_page() -> str:
    """Print what the last soaks and the last fuzzing have counted, and what has failed."""
    results = Path(__file__).parents[1] / "verification" / "results"
    soaks, hostile = (
        json.loads((results / name).read_text(encoding="utf-8")) for name in ("faults.json", "hostile.json")
    )
    inputs = sum(one["inputs"] for one in hostile["targets"].values())
    wrong = sum(len(one["failures"]) for one in hostile["targets"].values())
    bounds = hostile["bounds"]
    rows = [
        [name, f"{one['inputs']:,}", one["seconds"], len(one["failures"])]
        for name, one in hostile["targets"].items()
    ]
    parts = [
        "# The last soak",
        "What the programs of [faults and hostile input](../faults.md) have counted, on runs of a synthetic "
        "society. Nothing on this page is written by hand.",
        *(part for soak in soaks for part in soaked(soak)),
        f"## Hostile input\n\n`{hostile['command']}`, {hostile['date']}, {hostile['seconds']:,} seconds, "
        f"atheris {hostile['atheris']}: **{inputs:,} inputs, {wrong} failures**. Bounds: {bounds['seconds']} "
        f"seconds an input, {bounds['address_space_bytes'] // 2**30} GB of address space, "
        f"{bounds['input_bytes']:,} bytes an input.",
        table(["what is read", "inputs", "seconds", "failures"], rows),
    ]
    return "\n\n".join(parts)


def soaked(soak: dict[str, Any]) -> Iterator[str]:
    """Yield what one soak has counted."""
    killed = ", ".join(f"{count} of {name}" for name, count in soak["kills"].items())
    faults = soak["faults"]
    trials = sum(one["trials"] for one in faults.values())
    yield (
        f"## Faults\n\n`{soak['command']}`, {soak['date']}, {soak['seconds']:,} seconds: "
        f"**{sum(soak['kills'].values())} kills** ({killed}), {trials} "
        f"trials, **{len(soak['failures'])} failures**. {soak.get('note', '')}"
    )
    yield table(
        ["fault", "trials", "came to the golden end", "refused with words", "failures"],
        [
            [name, one["trials"], one["whole"], one["told"], one["trials"] - one["whole"] - one["told"]]
            for name, one in faults.items()
        ],
    )
    yield from (f"    {failure}" for failure in soak["failures"])


def first_defaults_page() -> str:
    """Print every number as it stood before a claim was computed."""
    first = json.loads((Path(__file__).parent / "first-defaults.json").read_text(encoding="utf-8"))
    parts = [
        "# The first defaults",
        "Every number of the regimes `essay` and `ordinary-law` and of the synthetic society `city` as it "
        "stood before any [claim](../claims.md) was computed. A test asks for a dated note with the reason "
        "wherever a number differs today.",
    ]
    for name, held in first.items():
        rows = [
            [f"`{at}`", value, "–" if low is None else f"{low} to {high}", basis]
            for at, (value, low, high, basis) in held.items()
        ]
        parts.append(f"## {name}\n\n{table(['number', 'value', 'range', 'basis'], rows)}")
    return "\n\n".join(parts)


def columns_page() -> str:
    """List what is stored of every kind of subject."""
    return "\n\n".join(
        [
            "# State columns",
            "What is stored of every subject of the synthetic society: integers, in steps of the unit given.",
            table(
                ["record", "bytes", "what it holds"],
                [[f"`{t.name}`", t.bytes_each, t.doc] for t in ALL_TABLES],
            ),
            *(f"## {each.name}\n\n{each.doc}\n\n{fields(each)}" for each in ALL_TABLES),
            f"## {MESSAGE.name}\n\n{MESSAGE.doc}\n\n{fields(MESSAGE)}",
            table(["kind of message", "what it says"], LETTERS),
        ]
    )


def ledger_page() -> str:
    """List what the ledger holds."""
    kinds = [[f"`{kind.name}`", kind.rule, kind.doc] for kind in ENTRY_KINDS]
    return "\n\n".join(
        [
            "# The ledger",
            "Every entry about a subject of the synthetic society, with what caused it.",
            table(["kind of entry", "`rule` points to", "what happened"], kinds),
            f"## Fields of an entry\n\n{fields(ROW)}",
            "Truth labels, in the order of their codes: " + ", ".join(LABELS) + ".",
            "Motives, in the order of their codes: " + ", ".join(MOTIVES) + ".",
        ]
    )


def counters_page() -> str:
    """List what is counted."""
    rows = [[f"`{name}`", unit, sentence] for name, unit, sentence in FLOWS]
    return "\n\n".join(
        [
            "# Counters",
            "What is counted in a synthetic society, by month and by cell (stratum, hukou and income fifth).",
            table(["counter", "unit", "what is counted"], rows),
        ]
    )


def indicators_page() -> str:
    """List what is measured."""
    rows = [
        [f"`{one.name}`", one.unit, "last day" if one.is_stock else "whole run", one.definition]
        for one in INDICATORS
    ]
    return "\n\n".join(
        [
            "# Indicators",
            "What is read off a synthetic society, by month and group: the ratio of two sums. Those of the "
            "whole run add up what happened; those of the last day say how things stand. The beginning of a "
            "name stands for all that begin so: `trust` for trust in every circle.",
            table(["indicator", "unit", "over", "definition"], rows),
        ]
    )


def claims_page() -> str:
    """List the hypotheses as they were fixed before any of them was computed."""
    parts = [
        "# Claims and their figures",
        "Hypotheses about a synthetic society; [how they are decided](../claims.md). `R` is the regime under "
        "test, `N` the same people under ordinary law.",
        table(["claim", "says", "kind", "about", "when"],
              [[c.id, c.text, c.kind, c.population, c.window] for c in claims()]),
        "## Parts",
        table(["claim", "figure", "unit", "in", "holds", "sized by"],
              [[c.id, p.statistic, p.unit, p.figure, f"{SIDES[p.side]} {p.smallest:g}", p.sized_by]
               for c in claims() for p in c.parts]),
        "## Worlds",
        table(["world", "what it is"], [[f"`{w.id}`", w.says] for w in claim_worlds()]),
    ]  # fmt: skip
    return "\n\n".join(parts)


def python_page() -> str:
    """Describe every public call from its own docstring."""
    parts = [
        "# The Python interface",
        "How a synthetic society is simulated from Python, call by call. The tour is [here](../python.md).",
    ]
    for name, call in public_calls():
        parts += [f"## `{name}`", f"```python\n{name}{signature(call)}\n```", described(call)]
    return "\n\n".join(parts)


def public_calls() -> Iterator[tuple[str, Callable[..., object]]]:
    """Yield every public call with its name."""
    yield "simulate", simulate
    yield "compare", compare
    for owner in (Society, Regime, Simulated, Compared):
        for name, member in vars(owner).items():
            call = member.__func__ if isinstance(member, staticmethod) else member
            if not name.startswith("_") and inspect.isfunction(call):
                yield f"{owner.__name__}.{name}", call


def signature(call: Callable[..., object]) -> str:
    """Return how a call is written, a line a parameter where there are many."""
    text = re.sub(r"(: |-> )(['\"])(.*?)\2", r"\1\3", str(inspect.signature(call)))
    if len(text) < 80:
        return text
    inner, arrow, result = text.removeprefix("(").rpartition(") -> ")
    return "(\n    " + ",\n    ".join(re.split(r", (?![^\[]*\])", inner)) + f",\n{arrow}{result}"


def described(call: Callable[..., object]) -> str:
    """Return a docstring as Markdown: its sections as headings in bold, its names and examples as code."""
    text = inspect.getdoc(call) or ""
    prose, mark, example = text.partition(">>>")
    lines = []
    for line in prose.rstrip().splitlines():
        if line in ("Args:", "Returns:", "Raises:", "Warns:"):
            lines += [f"**{line.removesuffix(':')}**", ""]
        elif found := re.fullmatch(r"    (\w+): (.+)", line):
            lines.append(f"- `{found[1]}`: {found[2]}")
        else:
            lines.append(line.strip())
    return "\n".join(lines) + (f"\n\n```python\n{mark}{example}\n```" if mark else "")


def parameters_page() -> str:
    """List every number of every society, with its evidence."""
    parts = [
        "# Parameters and evidence",
        "Every number of the synthetic societies that come with the program, and what it rests on. "
        "The numbers of the regimes are under [regimes](regimes.md), the ids under [sources](sources.md).",
        table(["basis", "means"], BASES.items()),
        table(["unit", "means"], UNITS.items()),
    ]
    for preset in society_presets():
        society = Society.load(preset.id)
        head = society.data.society
        parts += [
            f"## {head.title} (`{head.id}`)",
            f"{sentence(head.summary)} {tally(society.data)}",
            numbers(society.data),
        ]
    return "\n\n".join(parts)


def situations_page() -> str:
    """List every kind of situation of the city: who meets it, how often, what is at stake, what follows."""
    society = Society.load("city").data
    law = {conduct.answers: conduct for conduct in Regime.load("ordinary-law").data.conducts}
    essay = {conduct.answers: conduct for conduct in Regime.load("essay").data.conducts}
    head = [
        "situation", "who", "a year", "necessity", "inability", "harm", "under law alone", "recorded",
        "fine, CNY", "points in the essay", "sources",
    ]  # fmt: skip
    rows = []
    for one in society.situations:
        rule = essay.get(one.id)
        ordinary = law.get(one.id) or rule
        chance = "no choice" if one.null_probability is None else f"{float(one.null_probability):g}"
        if one.hide is not None:
            chance += f", and {float(one.hide.null_probability):g} hide it"
        points = {} if rule is None else rule.points
        rows.append(
            [
                f"`{one.id}` {one.title}",
                one.eligible.replace("_", " "),
                f"{float(one.rate):g}",
                f"{float(one.necessity):g}",
                f"{float(one.inability):g}",
                f"{float(one.harm):g}",
                chance,
                "–" if ordinary is None else f"{float(ordinary.coverage):g}",
                "–" if ordinary is None or float(ordinary.fine) == 0 else f"{float(ordinary.fine):g}",
                ", ".join(f"{name} {float(worth):+g}" for name, worth in points.items()) or "–",
                ", ".join(one.references) or "assumed",
            ]
        )
    return "\n\n".join(
        [
            "# Kinds of situation",
            "What people, firms, agencies and services of the synthetic city meet, how often each of those "
            "who can meet it does, and what they do under ordinary law. Ranges and what each number "
            "rests on stand under [parameters](parameters.md) and [regimes](regimes.md); how situations are "
            "drawn and decided is told under [situations](../situations.md).",
            table(head, rows),
        ]
    )


def regimes_page() -> str:
    """List every number of every regime, with its evidence."""
    parts = [
        "# Regimes",
        "The regimes that come with the program, to be tried on a synthetic society. A regime that extends "
        "another is shown in full, one that only patches another by what it changes. A section that is not "
        "there is a mechanism that is not there. What each leaves out stands under [presets](../presets.md).",
    ]
    for preset in regime_presets():
        regime = Regime.load(preset.id)
        head = regime.data.regime
        parts += [
            f"## {head.title} (`{head.id}`)",
            f"{sentence(head.summary)} Basis: {head.basis}. {tally(regime.data)}",
        ]
        patched = reform(REGIMES, preset.id)
        if patched is None:
            parts.append(numbers(regime.data))
        else:
            parts.append(f"```text\n{show_text(preset.id)}\n```")
            parts.append(numbers(regime.data, tuple(one.at for one in patched[1])))
    return "\n\n".join(parts)


def language_page() -> str:
    """List every section of regime and society files with its entries."""
    parts = [
        "# The language of regime and society files",
        "Every section in which rules and people of a synthetic society are written, made from the types "
        "that check them. `[[x]]` is a list of items, `[x]` a single table. How to use them is told in "
        "[write a regime](../write-a-regime.md).",
    ]
    for kind in (REGIMES, SOCIETIES):
        parts.append(f"## {kind.name.capitalize()} files")
        for name, one, is_list in sections_of(kind):
            header = f"[[{name}]]" if is_list else f"[{name}]"
            rows = [[f"`{entry}`", wanted] for entry, wanted in entries_of(one)]
            parts += [
                f"### `{header}`",
                " ".join((one.__doc__ or "").split()),
                table(["entry", "holds"], rows),
            ]
    return "\n\n".join(parts)


def lint_page() -> str:
    """List every rule of the linter with an example that breaks it."""
    parts = [
        "# The linter",
        "What `demerit regime lint` and `demerit society lint` find in files about a synthetic society. An "
        "error is refused by `check` and `run` as well. Each example, put into a file that extends the named "
        "preset, breaks its rule; a test sees to that.",
    ]
    for kind in (REGIMES, SOCIETIES):
        parts.append(f"## {kind.name.capitalize()} files")
        for rule in lint_rules(kind).values():
            shown = rule.example.strip() if rule.example != "many" else "# more than a hundred steps"
            parts += [
                f"### {rule.name} ({rule.level})",
                rule.says,
                f"Fix: {rule.fix}",
                f"Example, extending `{rule.base}`:",
                f"```toml\n{shown}\n```",
            ]
    return "\n\n".join(parts)


def sources_page() -> str:
    """List the facts in use and who uses them."""
    users: dict[str, list[str]] = {}
    for data in (
        *(Regime.load(preset.id).data for preset in regime_presets()),
        *(Society.load(preset.id).data for preset in society_presets()),
    ):
        for path, source in citations(data):
            users.setdefault(source, []).append(path)
    rows = [
        [fact.id, fact.statement, fact.source, fact.year, fact.confidence, listed(users.get(fact.id, []))]
        for fact in load_sources().values()
    ]
    return "\n\n".join(
        [
            "# Sources",
            "The facts that numbers of the synthetic societies and their regimes cite, in our own words.",
            table(["id", "what it says", "where it was read", "year", "confidence", "used by"], rows),
        ]
    )


def walk(value: object, path: str = "") -> Iterator[tuple[str, object]]:
    """Yield every table and every number of a file's data, with the path under which a patch finds it."""
    if isinstance(value, Number | Series):
        yield path, value
    elif isinstance(value, BaseModel):
        yield path, value
        for name, field in type(value).model_fields.items():
            yield from walk(getattr(value, name), f"{path}.{field.alias or name}".lstrip("."))
    elif isinstance(value, dict):
        for key, item in value.items():
            yield from walk(item, f"{path}.{key}")
    elif isinstance(value, tuple):
        for place, item in enumerate(value):
            yield from walk(item, f"{path}.{getattr(item, 'id', place)}")


def quantities(data: BaseModel) -> Iterator[tuple[str, Number | Series]]:
    """Yield every number of a file's data with its path."""
    for path, part in walk(data):
        if isinstance(part, Number | Series):
            yield path, part


def citations(data: BaseModel) -> Iterator[tuple[str, str]]:
    """Walk a file's data and yield every place that cites a source, with the source."""
    for place, part in walk(data):
        if isinstance(part, Number | Series):
            yield from ((place, source) for source in part.source)
        else:
            yield from ((place, source) for source in getattr(part, "references", ()))


def numbers(data: BaseModel, below: tuple[str, ...] = ("",)) -> str:
    """Return the table of every number in a file, or of those whose paths begin as told."""
    told = [(path, number) for path, number in quantities(data) if path.startswith(below)]
    if not told:
        return ""
    return table(
        ["parameter", "value", "unit", "range", "basis", "rests on"],
        [[f"`{path}`", value(n), n.unit, span(n), n.basis, grounds(n)] for path, n in told],
    )


def tally(data: BaseModel) -> str:
    """Say how many numbers rest on what."""
    count = Counter(number.basis for _, number in quantities(data))
    if not count:
        return "It has no number."
    return (
        f"{count.total()} numbers: "
        + ", ".join(f"{count[basis]} {basis}" for basis in BASES if count[basis])
        + "."
    )


def value(number: Number | Series) -> str:
    """Return the value, or values, of a number as written."""
    return ", ".join(f"{x:g}" for x in (number.values if isinstance(number, Series) else (number.value,)))


def span(number: Number | Series) -> str:
    """Return the range of a number, if it has one."""
    if isinstance(number, Series) or number.range is None:
        return ""
    return f"{number.range[0]:g} … {number.range[1]:g}"


def grounds(number: Number | Series) -> str:
    """Return what a number rests on: sources, note and target."""
    target = f"meets {number.target}" if number.target else ""
    return "; ".join(part for part in (", ".join(number.source), number.note or "", target) if part)


def fields(record: Table) -> str:
    """Return the table of a record's columns."""
    return table(
        ["field", "type", "unit", "range", "what it is"],
        [[f"`{c.name}`", shape(c), c.unit, "{} … {}".format(*c.bounds()), c.doc] for c in record.columns],
    )


def shape(column: Column) -> str:
    """Return the type of a column with its dimensions."""
    return column.dtype + "".join(f" × {length}" for length in column.shape)


def sentence(text: str) -> str:
    """Close a text with a full stop."""
    return text if not text or text.endswith(".") else f"{text}."


def listed(names: Sequence[str]) -> str:
    """Return names in one cell, each once."""
    return ", ".join(f"`{name}`" for name in dict.fromkeys(names))


def table(header: Sequence[str], rows: Iterable[Sequence[object]]) -> str:
    """Return a Markdown table."""
    lines = [header, ["---"] * len(header), *rows]
    return "\n".join(
        "| " + " | ".join(str(cell).replace("|", "\\|") for cell in line) + " |" for line in lines
    )
