"""Settings of the whole test session: every run tries the same examples. Runs that several tests look at."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, settings
from scripts.compile import compile_once
from tests.runs import STEADY_ROLES, STRICT, carry_out, write_regime

settings.register_profile(
    "ci",
    database=None,
    deadline=None,
    derandomize=True,
    print_blob=True,
    suppress_health_check=[HealthCheck.too_slow],
)


def pytest_configure(config: pytest.Config) -> None:
    """Compile the kernels once, before several processes would each do it."""
    if getattr(config.option, "numprocesses", None) and not hasattr(config, "workerinput"):
        compile_once()


@pytest.fixture(scope="session")
def hamlet(tmp_path_factory: pytest.TempPathFactory) -> Any:
    """Return a year of the hamlet under the essay's regime and under ordinary law."""
    return carry_out(tmp_path_factory.mktemp("hamlet") / "run")


@pytest.fixture(scope="session")
def town(tmp_path_factory: pytest.TempPathFactory) -> Any:
    """Return three years of 4,000 people, none of whom retires, under a strict regime and ordinary law."""
    folder = tmp_path_factory.mktemp("town")
    strict = write_regime(folder / "strict.toml", title="A strict [regime]", **STRICT)
    steady = folder / "steady.toml"
    steady.write_text(STEADY_ROLES)
    return carry_out(folder / "run", regime=str(strict), society=str(steady), population=4_000, years=3)


@pytest.fixture
def tell(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> Callable[..., tuple[int, str, str]]:
    """Return a function that runs the command line in an empty folder: exit code, output, errors."""
    from demerit.cli import main

    monkeypatch.chdir(tmp_path)

    def call(*arguments: str) -> tuple[int, str, str]:
        with pytest.raises(SystemExit) as ended:
            main(list(arguments))
        out, err = capsys.readouterr()
        assert isinstance(ended.value.code, int)
        return ended.value.code, out, err

    return call
