"""What `demerit regime list`, `show` and `check` print."""

from __future__ import annotations

from demerit.files.inventory import by_basis
from demerit.files.layout import columns
from demerit.files.resolving import reform
from demerit.regime.describe import describe
from demerit.regime.describe_reform import describe_reform
from demerit.regime.load import KIND, Regime


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
    """Describe a preset or regime file on one page; of one that only patches another, what it changes.

    Raises:
        FileProblems: the file is missing or wrong.
    """
    regime = Regime.load(name)
    found = reform(KIND, name)
    if found is None:
        return describe(regime)
    base, patches = found
    return describe_reform(regime, Regime.load(base), patches)
