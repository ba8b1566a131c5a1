"""Small random regimes, drawn one section after the other, as the text of a regime file."""

from __future__ import annotations

from random import Random
from typing import Any

KINDS = (
    "road.crosswalk",
    "road.speeding",
    "road.red_light",
    "road.phone_belt",
    "money.bill",
    "money.instalment",
)
SUBJECTS = ("citizen", "vehicle", "company")
REGISTERS = ("road", "city", "court", "market")
PLATFORMS = (("town", "city"), ("province", "province"), ("capital", "nation"))
LINKS = (
    ("citizen", "vehicle", "driver"),
    ("vehicle", "company", "owner"),
    ("vehicle", "citizen", "owner"),
    ("company", "citizen", "representative"),
    ("citizen", "company", "employee"),
    ("citizen", "citizen", "household"),
    ("citizen", "citizen", "friend"),
)


def toml(value: Any) -> str:
    """Write a value as TOML writes it."""
    if isinstance(value, bool):
        return str(value).lower()
    if isinstance(value, str):
        return f'"{value}"'
    if isinstance(value, list | tuple):
        return f"[{', '.join(map(toml, value))}]"
    if isinstance(value, dict):
        return "{ " + ", ".join(f'"{key}" = {toml(one)}' for key, one in value.items()) + " }"
    return repr(round(value, 4))


def text_of(regime: dict[str, Any]) -> str:
    """Write a regime as the text of a file."""
    lines: list[str] = []
    for section, content in regime.items():
        for one in content if isinstance(content, list) else [content]:
            lines.append(f"[[{section}]]" if isinstance(content, list) else f"[{section}]")
            lines += [f"{key} = {toml(value)}" for key, value in one.items() if value is not None]
    return "\n".join(lines) + "\n"


def random_regime(seed: int) -> str:
    """Return the text of a random regime."""
    chance = Random(seed)
    registers = [_register(chance, name) for name in chance.sample(REGISTERS, chance.randint(1, 4))]
    platforms = [
        {"id": name, "title": name, "level": level, "deduplicates": chance.random() < 0.6}
        for name, level in PLATFORMS[: chance.randint(0, 3)]
    ]
    lists = _lists(chance, registers)
    regime: dict[str, Any] = {
        "regime": {
            "id": f"random-{seed}",
            "title": "Random",
            "basis": "hypothetical",
            "schema_version": 1,
            "null": "empty",
        },
        "authority": [{"id": "office", "title": "Office", "level": "city"}],
        "register": registers,
        "platform": platforms,
        "exchange": {"national_sync_days": chance.randint(1, 10)},
        "transfer": _transfers(chance, registers, platforms),
        "chain": _chains(chance, registers),
        "list": lists,
    }
    reached = {one["to"] for one in regime["transfer"]}
    _scores(chance, regime, registers, [one for one in platforms if one["id"] in reached])
    _duties(chance, regime)
    regime["conduct"] = [_conduct(chance, kind, registers, lists) for kind in KINDS]
    regime["sanction"], regime["reward"] = _hanging(chance, regime, registers, lists)
    return text_of(regime)


def _decay(chance: Random) -> dict[str, Any]:
    return chance.choice(
        [{}, {"half_life_days": chance.randint(20, 900)}, {"expiry_days": chance.randint(5, 200)}]
    )


def _register(chance: Random, name: str) -> dict[str, Any]:
    covers = ["citizen", *(kind for kind in SUBJECTS[1:] if chance.random() < 0.7)]
    return {
        "id": name,
        "title": name,
        "authority": "office",
        "covers": covers,
        "base": 100,
        "floor": 0,
        "ceiling": chance.choice([110, 150, 200]),
        **_decay(chance),
    }


def _transfers(chance: Random, registers: list[Any], platforms: list[Any]) -> list[Any]:
    """Draw a graph without circles, from registers to platforms and upward between platforms."""
    names, found = [one["id"] for one in registers], []
    goals = [one["id"] for one in platforms]
    for place, name in enumerate(names):
        found += [(name, goal) for goal in goals if chance.random() < 0.5]
        found += [(name, later) for later in names[place + 1 :] if chance.random() < 0.25]
    found += [
        (low, high) for place, low in enumerate(goals) for high in goals[place + 1 :] if chance.random() < 0.6
    ]
    return [
        {
            "id": f"{start}-to-{end}",
            "from": start,
            "to": end,
            "delay_days": round(1 + 30 * chance.random(), 2),
            "loss": chance.choice([0.0, 0.1, 0.5]),
            "mismatch": chance.choice([0.0, 0.0, 0.1]),
            "duplication": chance.choice([0.0, 0.0, 0.3]),
            "access": chance.choice([1.0, 1.0, 0.6]),
            "factor": chance.choice([1.0, 0.5, 1.7]),
        }
        for start, end in found
    ]


def _chains(chance: Random, registers: list[Any]) -> list[Any]:
    found = []
    for place, (start, end, by) in enumerate(LINKS):
        if chance.random() < 0.5:
            register, into = chance.choice(registers), chance.choice(registers)
            if start not in register["covers"] or end not in into["covers"]:
                continue
            condition = chance.choice(
                [{}, {}, {"below": chance.randint(80, 100)}, {"violations": chance.randint(1, 3)}]
            )
            found.append(
                {
                    "id": f"chain-{place}",
                    "from": start,
                    "to": end,
                    "by": by,
                    "register": register["id"],
                    "into": into["id"],
                    "fraction": round(chance.random(), 3),
                    "depth": chance.randint(1, 2 if by == "friend" else 4),
                    **condition,
                }
            )
    return found


def _scores(chance: Random, regime: dict[str, Any], registers: list[Any], platforms: list[Any]) -> None:
    ratings = []
    for number, platform in enumerate(platforms):
        weights = {one["id"]: round(chance.random(), 3) for one in registers}
        score = {
            "platform": platform["id"],
            "base": 1000,
            "floor": 0,
            "ceiling": 1300,
            **_decay(chance),
            "weights": weights,
        }
        if number == 0:
            regime["score"] = score
        else:
            covers = [kind for kind in SUBJECTS if chance.random() < 0.7] or ["company"]
            ratings.append({"id": f"rating-{number}", "covers": covers, **score})
    regime["rating"] = ratings


def _duties(chance: Random, regime: dict[str, Any]) -> None:
    """Draw the licence, late fines and violations."""
    licence = {
        "limit": chance.randint(4, 12),
        "cycle_days": chance.choice([90, 365]),
        "study_days": chance.randint(1, 40),
        "study_cost_days": 2.5,
        "carries_over": chance.random() < 0.5,
        "hardship": chance.choice([0.0, 0.3]),
        "expiry_days": chance.choice([None, 60]),
    }
    if licence["expiry_days"] is None and chance.random() < 0.7:
        licence["course"] = {
            "share": 0.5,
            "points": 2,
            "most": 5,
            "days": chance.randint(1, 30),
            "cost_days": 0.5,
        }
    regime["licence"] = licence
    if chance.random() < 0.7:
        regime["fines"] = {
            "late": 0.4,
            "term_days": chance.randint(1, 30),
            "delay_days": chance.randint(1, 60),
        }
    if chance.random() < 0.7:
        regime["violations"] = {"window_days": chance.randint(5, 120)}


def _lists(chance: Random, registers: list[Any]) -> list[Any]:
    """Draw lists of citizens; one that reads a score reads a register that does not fade."""
    found: list[Any] = []
    for number in range(chance.randint(0, 2)):
        found.append(
            {
                "id": f"list-{number}",
                "title": "List",
                "term_days": chance.choice([None, chance.randint(5, 150)]),
                "grace_days": chance.choice([0, 0, 9]),
                "grace_working_days": chance.choice([0, 0, 6]),
                "performance": chance.random() < 0.5,
                "removal_days": chance.choice([0, 4]),
                "removal_working_days": chance.choice([0, 3]),
            }
        )
        if not found[-1]["performance"]:
            found[-1]["removal_days"] = found[-1]["removal_working_days"] = None
    steady = [one["id"] for one in registers if "half_life_days" not in one]
    if steady and chance.random() < 0.5:
        threshold = (
            {"below": chance.randint(70, 99)}
            if chance.random() < 0.7
            else {"above": chance.randint(101, 108)}
        )
        found.append({"id": "list-score", "title": "By score", "reads": chance.choice(steady), **threshold})
    if len(found) > 1 and chance.random() < 0.5:
        found[0] |= {"leads_to": found[1]["id"], "leads_after_days": chance.randint(5, 40)}
    return found


def _conduct(chance: Random, kind: str, registers: list[Any], lists: list[Any]) -> dict[str, Any]:
    points = {one["id"]: round(-30 * chance.random() ** 2, 3) for one in registers if chance.random() < 0.6}
    named = {
        one["id"]: round(chance.random(), 2) for one in lists if "reads" not in one and chance.random() < 0.6
    }
    return {
        "id": kind,
        "answers": kind,
        "authority": "office",
        "coverage": chance.choice([0.2, 0.6, 1.0]),
        "fine": chance.choice([0, 50, 200]),
        "points": points,
        "lists": named,
        "licence_points": chance.randint(0, 6) if kind.startswith("road") else 0,
        "violation": chance.random() < 0.5,
    }


def _hanging(
    chance: Random, regime: dict[str, Any], registers: list[Any], lists: list[Any]
) -> tuple[list[Any], list[Any]]:
    sanctions, rewards = [], []
    for number in range(chance.randint(0, 5)):
        of = chance.choice(SUBJECTS)
        systems = [one["id"] for one in registers if of in one["covers"]]
        if of == "citizen" and "score" in regime:
            systems.append(regime["score"]["platform"])
        systems += [one["platform"] for one in regime["rating"] if of in one["covers"]]
        head = {"id": f"sanction-{number}", "title": "Sanction", "of": of}
        if chance.random() < 0.25:
            sanctions.append(
                {**head, "counts": chance.choice(["violations", "fines"]), "at_least": chance.randint(1, 3)}
            )
        elif of == "citizen" and lists and chance.random() < 0.3:
            sanctions.append({**head, "reads": chance.choice(lists)["id"]})
        elif systems:
            reads = chance.choice(systems)
            base = 100 if reads in REGISTERS else 1000
            sanctions.append({**head, "reads": reads, "below": base - chance.randint(0, base // 20)})
            if chance.random() < 0.3:
                rewards.append(
                    {**head, "reads": reads, "above": base + chance.randint(1, 5), "benefit": 0.001}
                )
                rewards[-1]["id"] = f"reward-{number}"
    return sanctions, rewards
