"""What `demerit regime list`, `show` and `check` print."""

from __future__ import annotations

from typing import Final

from demerit.files.inventory import by_basis, evidence_line
from demerit.files.layout import columns
from demerit.regime.describe import describe
from demerit.regime.load import KIND, Regime

_COUNTED: Final = (
    ("registers", "register", "registers"),
    ("conducts", "conduct rule", "conduct rules"),
    ("chains", "chain", "chains"),
    ("transfers", "transfer", "transfers"),
    ("bands", "band", "bands"),
    ("sanctions", "sanction", "sanctions"),
    ("rewards", "reward", "rewards"),
)


def list_text() -> str:
    """List the regimes that come with the package, with the share of assumptions among their numbers.

    >>> print(list_text().splitlines()[0])
    regime        basis         numbers  assumed  what it is
    """
    rows = [["regime", "basis", "numbers", "assumed", "what it is"]]
    for name in KIND.preset_ids():
        data = Regime.load(name).data
        counts = by_basis(data)
        total, assumed = sum(counts.values()), counts.get("assumed", 0)
        rows.append([name, data.regime.basis, str(total), str(assumed), data.regime.summary])
    return "\n".join(columns(rows, indent=0))


def show_text(name: str) -> str:
    """Describe a preset or regime file on one page.

    Raises:
        FileProblems: the file is missing or wrong.
    """
    return describe(Regime.load(name))


def check_text(path: str) -> str:
    """Check a preset or regime file; say what is in it and what is odd about it.

    Raises:
        FileProblems: with every problem of the file.
    """
    regime = Regime.load(path)
    counts = [(len(getattr(regime.data, name)), one, many) for name, one, many in _COUNTED]
    contents = ", ".join(f"{n} {one if n == 1 else many}" for n, one, many in counts if n)
    lines = [f"{path}: no problems", f"  {contents or 'no rules'}", f"  {evidence_line(regime.data)}"]
    lines += [f"  note: {note}" for note in regime.notes]
    return "\n".join([*lines, f"  hash {regime.hash}"])
