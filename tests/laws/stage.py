"""A small town under rules of one's own in which nothing is recorded but what a test files."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import numpy as np

from demerit.catalogue.letters import FILED
from demerit.catalogue.rules import DAY, EPISODE, SEED, SUBJECT
from demerit.catalogue.words import CITIZEN, COMPANY, KINDS, SUBJECT_SHIFT
from demerit.engine.ids import make_id
from demerit.engine.messages import MESSAGE_DTYPE
from demerit.institutions.withdrawing import withdraw
from demerit.regime import Regime
from demerit.simulation.outbox import clear_desk
from demerit.simulation.setting import Setting

HEAD = (
    '[regime]\nid = "staged"\ntitle = "Staged"\nbasis = "hypothetical"\nschema_version = 1\nnull = "empty"\n'
)


class Stage:
    """A town of which one citizen drives one vehicle of one company that the same citizen represents."""

    def __init__(self, setting: Setting, folder: Path, rules: str) -> None:
        path = folder / "staged.toml"
        path.write_text(HEAD + rules)
        self.world = setting.world(Regime.load(str(path)))
        self.driver = int(np.flatnonzero(setting.population.traits["flags"] >> 1 & 1)[0])
        world = self.world
        world.work["vehicle"][self.driver] = 1
        world.vehicles["owner"][0] = COMPANY << SUBJECT_SHIFT
        world.vehicles["driver"][0] = self.driver
        world.companies["representative"][0] = self.driver + 1
        self.rows = np.zeros(0, world.shards[0].rows.dtype)
        self.filed = 0

    def send(self, letter: int, target: int, day: int, rule: int, amount: int = 0) -> None:
        """Let a message reach a subject on a day to come."""
        message = np.zeros(1, MESSAGE_DTYPE)
        self.filed += 1
        message["name"] = make_id(self.world.day, target, 7, self.filed)
        message["cause"] = message["name"]
        message["target"], message["due"], message["kind"] = target, day, letter
        message["rule"], message["amount"] = rule, amount
        shard = self.world.shards[0]
        shard.file(self.world.town, message, self.world.day - 1)

    def record(self, kind: str, day: int, citizen: int | None = None) -> None:
        """File a record of a situation on a day to come."""
        self.send(FILED, self.driver if citizen is None else citizen, day, KINDS.index(kind))

    def run(self, until: int) -> None:
        """Live to the morning of a day, keeping the ledger."""
        self.world.run(until)
        self.rows = np.concatenate([self.rows, self.world.take_rows()])
        self.rows = self.rows[np.argsort(self.rows["id"], kind="stable")]

    def of(self, what: int) -> np.ndarray:
        """Return the entries of a kind so far."""
        return self.rows[self.rows["what"] == what]

    def account(self, kind: int, index: int = 0) -> Any:
        """Return the account of a subject."""
        return self.world.accounts_of(kind)[index]

    def withdraw(self, kind: str, record: int) -> None:
        """Reverse a root record this morning."""
        shard, world = self.world.shards[0], self.world
        desk = shard.desk[0]
        desk["n"][[DAY, SEED, SUBJECT, EPISODE]] = world.day, world.seed, self.driver, 0
        withdraw(
            world.kept.of(CITIZEN)[self.driver],
            world.rules,
            desk,
            KINDS.index(kind),
            record,
            0,
            record,
            world.day,
        )
        clear_desk(world.town, shard.office, world.keep)
