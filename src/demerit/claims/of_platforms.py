"""What platforms hold: records about people who did not do it, and a company's knowledge behind sanctions."""

from __future__ import annotations

import numpy as np

from demerit.catalogue.entries import (
    ARRIVAL,
    CONVICTION,
    CREDIT,
    DERIVED,
    ENTERED,
    LOSS,
    RECALL,
    RECORD,
    RECORD_REVERSED,
    SHARED_IN,
    WITHDRAWN_DERIVED,
)
from demerit.catalogue.words import CITIZEN, FABRICATED, MISTAKEN, SCORES
from demerit.claims.causes import all_above, nearest
from demerit.claims.copies import ends_of, on_citizens
from demerit.claims.reading import Array, Figure, Reading, share
from demerit.claims.standings import sanctions_on_people
from demerit.claims.statistics import Statistic

OPERATOR = "operator"
"""Id of the authority that is a private company, in every regime that has one."""
_PUBLIC_SERVICES = ("transit", "train", "flight", "hospital", "school", "housing")
"""Services of public bodies; shops, lenders and gates are not."""
_SOURCES = (RECORD, CONVICTION, DERIVED, CREDIT, WITHDRAWN_DERIVED)


def national(reading: Reading) -> Array:
    """Return the numbers of the platforms of the nation."""
    book = reading.world.book
    assert book is not None
    level = {platform.id: platform.level for platform in reading.regime.data.platforms}
    names = book.layout.platforms
    return np.array([number for number, name in enumerate(names) if level.get(name) == "nation"], np.int64)


def held_nationally(reading: Reading, places: Array) -> Array:
    """Keep the rows about copies that stand at a national platform.

    Where the platform scores people, these are the copies that came to it. Where it only passes them on, they
    are known by having been passed on, or lost behind it.
    """
    rows, platforms = reading.rows, national(reading)
    scored = np.asarray(reading.world.rules["score_slot"][CITIZEN])[platforms] >= 0
    begin, end = ends_of(reading, rows["rule"][places])
    lost = rows["what"][places] == LOSS
    came = np.isin(end, platforms[scored]) & ~lost
    passed = np.isin(begin, platforms[~scored])
    return np.asarray(places[came | passed])


def keys(reading: Reading, places: Array, sources: Array) -> Array:
    """Return what tells copies apart: the entry each is of, its register, and on whose name it stands."""
    rows = reading.rows
    near = sources << 8 | rows["register"][places].astype(np.int64)
    return np.asarray(near << 32 | rows["subject"][places])


def has_lapsed(reading: Reading, places: Array, sources: Array) -> Array:
    """Tell which copies have reached the expiry of the platform they came to, bool."""
    rules = reading.world.rules
    slot = np.asarray(rules["score_slot"][CITIZEN])[ends_of(reading, reading.rows["rule"][places])[1]]
    expiry = np.where((slot >= 0) & (slot < SCORES), np.asarray(rules["expiry"][CITIZEN])[slot], 0)
    since = reading.rows["day"][sources].astype(np.int64)
    return np.asarray((expiry > 0) & (reading.days - 1 >= since + expiry))


def live_copies(reading: Reading) -> tuple[Array, Array]:
    """Return live negative copies of records on people at the national platform on the last day, each once.

    Returns:
        Places of the rows they came with, and of the records or convictions they are of.
    """
    rows = reading.rows
    places = np.concatenate([on_citizens(reading, ARRIVAL), on_citizens(reading, LOSS)])
    places = held_nationally(reading, places[rows["points"][places] < 0])
    sources = nearest(reading, places, _SOURCES)
    kept = (sources >= 0) & np.isin(rows["what"][sources], (RECORD, CONVICTION))
    places, sources = places[kept], sources[kept]
    recalls = held_nationally(reading, on_citizens(reading, RECALL))
    of = nearest(reading, recalls, _SOURCES)
    back = keys(reading, recalls[of >= 0], of[of >= 0])
    # a withdrawal goes as far as the record went: what was lost behind the platform is taken back there
    gone = (rows["what"][places] == LOSS) & withdrawn(reading)[sources]
    here = keys(reading, places, sources)
    live = ~np.isin(here, back) & ~gone & ~has_lapsed(reading, places, sources)
    _, first = np.unique(here[live], return_index=True)
    return places[live][first], sources[live][first]


def withdrawn(reading: Reading) -> Array:
    """Tell which rows are records that an office has reversed, bool (rows)."""
    verdicts = np.flatnonzero(reading.rows["what"] == RECORD_REVERSED)
    records = nearest(reading, verdicts, (RECORD,))
    found = np.zeros(len(reading.rows), bool)
    found[records[records >= 0]] = True
    return found


def wrong_records(reading: Reading) -> Figure:
    """Divide live records of what the subject did not do, or withdrawn at the source, by all live records.

    Records are negative ones on people at the national platform on the last day, each once in a register;
    derived ones are left out, convictions are in. Not done are mistaken and fabricated records, and copies
    under somebody else's name. A platform that only passes copies on is taken to hold a copy as long as it
    stands where it was passed on to.
    """
    places, sources = live_copies(reading)
    rows = reading.rows
    wrong = np.isin(rows["label"][sources], (MISTAKEN, FABRICATED)) | (rows["label"][places] == MISTAKEN)
    wrong |= withdrawn(reading)[sources]
    return share(int(wrong.sum()), len(places))


def public_sanctions(reading: Reading) -> Array:
    """Tell which sanctions are those of public bodies, bool by number.

    Not public are sanctions that read a register of the private operator, and those that only make lenders
    refuse.
    """
    book = reading.world.book
    assert book is not None
    rules = reading.regime.data
    private = {register.id for register in rules.registers if register.authority == OPERATOR}
    allowed = {one.id for one in rules.sanctions if one.reads not in private and one.refuses != ("loan",)}
    public = np.zeros(256, bool)
    for number, key in enumerate(book.layout.numbers.hanging):
        public[number] = key.section == "sanction" and key.id in allowed
    return public


def sanctioned_by_public(reading: Reading) -> Figure:
    """Divide days of sanctions and refusals by public bodies by adult-years, per 1,000.

    Days are added up over sanctions: under two at once a day counts twice. Refusals are those of buses,
    trains, flights, hospitals, schools and homes, of registration for the score, and of passports.
    """
    found = sanctions_on_people(reading)
    days = int(found.days[public_sanctions(reading)[found.rule]].sum())
    refusals = sum(reading.count(f"{service}_refused") for service in _PUBLIC_SERVICES)
    refusals += reading.count("residence_refused_for_score") + reading.count("passports_withheld")
    return share(days + refusals, reading.adult_years, 1000.0)


def commercial_registers(reading: Reading) -> Array:
    """Return the numbers of the private operator's registers."""
    book = reading.world.book
    assert book is not None
    private = {one.id for one in reading.regime.data.registers if one.authority == OPERATOR}
    return np.flatnonzero([name in private for name in book.layout.registers])


def sanctions_from_commerce(reading: Reading) -> Figure:
    """Divide public sanctions on people with a commercial record among the causes by all of them.

    The causes of a sanction are those of the entry that moved the score across its threshold; records that
    had brought it near are not among them, so the share is the least that can be said.
    """
    rows = reading.rows
    found = sanctions_on_people(reading)
    places = found.place[public_sanctions(reading)[found.rule]]
    which, above = all_above(reading, places, (RECORD, ENTERED, SHARED_IN, ARRIVAL))
    private = np.isin(rows["register"][above], commercial_registers(reading))
    return share(len(np.unique(which[private])), len(places))


STATISTICS: dict[str, Statistic] = {
    "C20.1": Statistic(wrong_records),
    "C22.1": Statistic(sanctioned_by_public),
    "C22.2": Statistic(sanctions_from_commerce),
}
