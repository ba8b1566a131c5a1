"""Checks across the sections of a society file: shares that must add up, ages without gaps."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from demerit.files.checking import Finding, items, number, table, text
from demerit.files.evidence import is_finite_number

TOLERANCE = 1e-3
Data = Mapping[str, Any]


def check_society(data: Data) -> list[Finding]:
    """Find everything that is inconsistent between numbers of a society."""
    return [*_hukou(data), *_ages(data), *_strata(data), *_deeds(data)]


def _sum_finding(path: tuple[str, ...], total: float, what: str) -> list[Finding]:
    if abs(total - 1) <= TOLERANCE:
        return []
    return [Finding(path, f"{what} add up to {total:g}", "shares that add up to 1", rule="shares-add-up")]


def _hukou(data: Data) -> list[Finding]:
    demography = table(data, "demography")
    names = ("hukou_local_urban", "hukou_local_rural", "hukou_migrant_urban", "hukou_migrant_rural")
    shares = [number(demography, name) for name in names]
    known = [share for share in shares if share is not None]
    return _sum_finding(("demography",), sum(known), "the hukou shares") if len(known) == len(names) else []


def _ages(data: Data) -> list[Finding]:
    """Check that age bands follow each other from 16 on without gap or overlap, and add up."""
    demography = table(data, "demography") or {}
    bands = list(items(demography, "age_band"))
    findings: list[Finding] = []
    due = 16
    for path, band in bands:
        start, end = band.get("from"), band.get("to")
        if not is_finite_number(start) or not is_finite_number(end) or start is None or end is None:
            return findings
        if start != due or end < start:
            message = f"ages {start} to {end} do not follow on"
            findings.append(
                Finding(
                    ("demography", *path, "from"),
                    message,
                    f"from = {due}, to at least that",
                    rule="ages-follow-on",
                )
            )
        due = int(end) + 1
    shares = [share for _, band in bands if (share := number(band, "share")) is not None]
    if bands and len(shares) == len(bands):
        findings += _sum_finding(("demography", "age_band"), sum(shares), "the shares of the age bands")
    return findings


def _strata(data: Data) -> list[Finding]:
    """Check that strata of active adults add up to one and those of all adults leave room for them."""
    totals = {"active": 0.0, "adults": 0.0}
    for _, stratum in items(data, "stratum"):
        share, of = number(stratum, "share"), text(stratum, "of")
        if share is None or of not in totals:
            return []
        totals[of] += share
    if not any(items(data, "stratum")):
        return []
    findings = _sum_finding(("stratum",), totals["active"], 'the shares of strata with of = "active"')
    if totals["adults"] > 1 + TOLERANCE:
        message = f'the shares of strata with of = "adults" add up to {totals["adults"]:g}'
        findings.append(Finding(("stratum",), message, "at most 1", rule="shares-add-up"))
    return findings


def _deeds(data: Data) -> list[Finding]:
    """Warn of a deed in which need or emergency is given: both add to the gain of an offence only."""
    return [
        Finding((*path, key), "has no effect on a deed", "0", warning=True, rule="deeds-have-no-need")
        for path, situation in items(data, "situation")
        if situation.get("act") == "deed"
        for key in ("need_weight", "emergency")
        if number(situation, key)
    ]
