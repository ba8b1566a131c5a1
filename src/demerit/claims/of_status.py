"""What the score follows: where one stands in society, or what one has done."""

from __future__ import annotations

import numpy as np
from scipy import stats

from demerit.catalogue.entries import ADVANCE, RECORD, REPORTED
from demerit.catalogue.packed import CELLS_A_STRATUM
from demerit.catalogue.words import (
    BODY_KINDS,
    CELLS,
    CITIZEN,
    COLLISION,
    DEAD,
    DEEDS,
    EVENTS,
    HARASSMENT,
    INDEX_MASK,
    KINDS,
    LAWFUL,
    SUBJECT_SHIFT,
    TRUE,
)
from demerit.claims.causes import makers
from demerit.claims.of_context import kinds_by_rule
from demerit.claims.of_exempt import free_acts
from demerit.claims.reading import Array, Figure, Reading
from demerit.claims.statistics import Statistic

_MONTHS, _DAYS = 24, 730
_OFFENCES = np.array([kind not in (*DEEDS, *EVENTS, *BODY_KINDS, *LAWFUL) for kind in KINDS])
_OFFENCES[COLLISION] = False


def scores(reading: Reading) -> Array:
    """Return everybody's composite score on the last day as it is shown, whole points from the base."""
    rules, count = reading.world.rules, reading.setting.population.count
    accounts = reading.world.kept.of(CITIZEN)[:count]
    half_life = int(rules["half_life"][CITIZEN, 0])
    elapsed = reading.days - 1 - accounts["day"].astype(float)
    kept = 0.5 ** (elapsed / half_life) if half_life else 1.0
    points = accounts["sums"][:, int(rules["slots"][CITIZEN])] * kept
    points = np.clip(points, rules["floor"][CITIZEN, 0], rules["ceiling"][CITIZEN, 0])
    return np.sign(points) * np.floor((np.abs(points) + 500) / 1000)


def status(reading: Reading, chosen: Array) -> Array:
    """Return the status on day 0 of those chosen: the mean percentile of their income and stratum rank."""
    traits = reading.setting.population.traits[chosen]
    rank = -(traits["cell"].astype(np.int64) // CELLS_A_STRATUM)
    return np.asarray(stats.rankdata(traits["income_fen_day"]) + stats.rankdata(rank)) / (2 * len(traits))


def known_acts(reading: Reading) -> tuple[Array, Array]:
    """Return true acts without context of the last two years that the ledger knows of, each once.

    Known are acts that were recorded, and acts that somebody has reported. A report names the act as its
    cause, and the id of an act holds who acted. Harassment at work is entered whatever becomes of it; its
    reports name what the other did, and are left out.

    Returns:
        Numbers of the citizens who acted, and situation kinds.
    """
    rows, kinds = reading.rows, kinds_by_rule(reading)
    late = (rows["label"] == TRUE) & (rows["day"] >= reading.days - _DAYS)
    told = np.isin(rows["what"], (RECORD, REPORTED)) & (kinds[rows["rule"]] != HARASSMENT)
    records = np.flatnonzero(late & told & (rows["what"] == RECORD))
    reports = np.flatnonzero(late & told & (rows["what"] == REPORTED))
    above = reading.tree.above(records)
    reported = (above >= 0) & (rows["what"][above] == REPORTED)
    acts = np.where(reported, rows["cause"][above], rows["cause"][records])
    who = np.concatenate([rows["subject"][records].astype(np.int64), makers(rows["cause"][reports])])
    what = kinds[rows["rule"][np.concatenate([records, reports])]]
    _, first = np.unique(np.concatenate([acts, rows["cause"][reports]]), return_index=True)
    first = first[(who[first] >> SUBJECT_SHIFT == CITIZEN) & (what[first] >= 0)]
    harassers = rows["subject"][late & (rows["what"] == ADVANCE)].astype(np.int64)
    who = np.concatenate([who[first], harassers]) & INDEX_MASK
    return who, np.concatenate([what[first], np.full(len(harassers), HARASSMENT)])


def conduct(reading: Reading, alive: Array) -> Array:
    """Return everybody's conduct: days of felt harm of true acts without context in the last two years.

    The ledger knows who did what was recorded or reported. All other acts the engine counts by stratum, hukou
    and income fifth alone; they are spread evenly over the adults of these who are alive. So what is known of
    a person is theirs, and what nobody saw makes no difference within a group.
    """
    cells = reading.setting.population.traits["cell"].astype(np.int64)
    harm = np.asarray(reading.setting.people["felt_harm"]) / 65536.0 * _OFFENCES
    who, what = known_acts(reading)
    own = np.bincount(who, harm[what], len(cells))
    known = np.zeros((CELLS, len(KINDS)), np.int64)
    np.add.at(known, (cells[who], what), 1)
    unseen = np.maximum(free_acts(reading, _MONTHS) - known, 0) @ harm
    heads = np.maximum(np.bincount(cells[alive], minlength=CELLS), 1)
    return np.asarray(own + (unseen / heads)[cells])


def rank_correlation(first: Array, second: Array) -> float:
    """Return Spearman's correlation of ranks, ties at their middle; NaN where one of them does not vary.

    >>> rank_correlation(np.array([1, 2, 2, 5]), np.array([0.1, 0.2, 0.2, 9.0]))
    1.0
    """
    if len(first) < 2 or np.ptp(first) == 0 or np.ptp(second) == 0:
        return float("nan")
    return round(float(stats.spearmanr(first, second).statistic), 12)


def status_over_conduct(reading: Reading) -> Figure:
    """Subtract the size of the rank correlation of score and conduct from that of score and status.

    Over adults alive on the last day, with the composite of that day; no figure without a composite.
    """
    alive = reading.adult & (reading.world.state["job"][: len(reading.adult)] != DEAD)
    if reading.world.rules["scores"][CITIZEN] == 0:
        return Figure(float("nan"), 0.0)
    score = scores(reading)[alive]
    by_status = rank_correlation(score, status(reading, alive))
    by_conduct = rank_correlation(score, conduct(reading, alive)[alive])
    figure = abs(by_status) - abs(by_conduct)
    return Figure(figure, 0.0 if np.isnan(figure) else float(alive.sum()))


STATISTICS: dict[str, Statistic] = {"C19.1": Statistic(status_over_conduct)}
