"""Who may ask the explorer, and what it may read: hosts, pages, paths, sizes, names."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from tests.explorer.asking import OURS, app_of, ask

from demerit.errors import UsageError
from demerit.explorer.guard import LARGEST_BODY
from demerit.explorer.serving import shelf_for


@pytest.fixture(scope="module")
def app(hamlet: Any) -> Any:
    return app_of(hamlet.folder)


def test_a_run_is_known_by_its_name(app: Any) -> None:
    studies = ask(app, "/api/studies").json()["studies"]
    assert [(one["name"], one["kind"]) for one in studies] == [("run", "run")]
    card = ask(app, "/api/runs/run").json()
    assert (card["population"], [world["name"] for world in card["worlds"]]) == (
        200,
        ["essay", "ordinary-law"],
    )
    assert len(card["worlds"][0]["bands"]) > 2
    assert card["worlds"][1]["bands"] == []


def test_unknown_names_and_numbers_are_refused_with_a_reason(app: Any) -> None:
    for path in ("/api/runs/nobody", "/api/jobs/7"):
        answer = ask(app, path)
        assert answer.status_code == 404
        assert "there is no" in answer.json()["error"]
    assert ask(app, "/api/jobs/none").status_code == 422
    assert ask(app, "/api/studies", "PUT").status_code == 405


@pytest.mark.parametrize(
    "host", ["evil.example", "127.0.0.1.evil.example", "", "user@127.0.0.1", "127.0.0.1:x"]
)
def test_other_hosts_are_refused(app: Any, host: str) -> None:
    answer = ask(app, "/api/studies", headers={"host": host})
    assert (answer.status_code, "host" in answer.json()["error"]) == (403, True)


@pytest.mark.parametrize("origin", ["http://evil.example", "null", "http://127.0.0.1:9"])
def test_other_pages_are_refused(app: Any, origin: str) -> None:
    assert ask(app, "/api/studies", headers={"origin": origin}).status_code == 403
    assert ask(app, "/api/studies", headers={"origin": OURS}).status_code == 200


@pytest.mark.parametrize(
    "path",
    [
        "/static/../app.py",
        "/static/%2e%2e/app.py",
        "/static/..%2fapp.py",
        "/static//etc/passwd",
        "/api/runs/..%2f..%2fetc",
        "/api/runs/%2e%2e",
        "/api/runs/%00",
    ],
)
def test_no_path_leads_out(app: Any, path: str) -> None:
    answer = ask(app, path)
    assert answer.status_code in (404, 400)
    assert "import" not in answer.text


def test_what_is_too_large_is_refused(app: Any) -> None:
    assert ask(app, "/api/studies", content=b"x" * (LARGEST_BODY + 1)).status_code == 413
    assert ask(app, "/api/studies?" + "x" * 5000).status_code == 413
    assert ask(app, "/api/studies", headers={"content-length": "many"}).status_code == 400


def test_answers_allow_nothing_from_elsewhere(app: Any) -> None:
    for path in ("/", "/api/studies", "/static/shell.js", "/nowhere"):
        headers = ask(app, path).headers
        assert "default-src 'none'; script-src 'self';" in headers["content-security-policy"]
        assert "unsafe-eval" not in headers["content-security-policy"]
        assert headers["x-content-type-options"] == "nosniff"


def test_the_page_names_nothing_elsewhere() -> None:
    static = Path(__file__).parents[2] / "src" / "demerit" / "explorer" / "static"
    for path in static.rglob("*.*"):
        for scheme in ("http://", "https://", "//cdn"):
            assert scheme not in path.read_text().replace("http://www.w3.org", ""), path.name


def test_only_finished_studies_are_served(tmp_path: Path) -> None:
    with pytest.raises(UsageError, match="is not the folder of a finished run"):
        shelf_for((tmp_path,))
