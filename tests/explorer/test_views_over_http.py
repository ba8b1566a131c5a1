"""What the views send is what Python and the command line say; what cannot be sent is refused."""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from tests.explorer.asking import app_of, ask
from tests.runs import carry_out

from demerit.explain.source import open_world
from demerit.explorer.views.claims import defined
from demerit.explorer.views.life_page import life_page
from demerit.explorer.views.life_ties import ties_page
from demerit.explorer.views.machine import machine
from demerit.explorer.views.screen import screen
from demerit.explorer.views.story import story
from demerit.explorer.views.who_pays import adults_of, who_pays
from demerit.study.card import CARD
from demerit.study.essay_rows import rows_in_run

Tell = Callable[..., tuple[int, str, str]]


@pytest.fixture(scope="module")
def app(hamlet: Any) -> Any:
    return app_of(hamlet.folder)


def test_every_view_sends_what_python_says(app: Any, hamlet: Any) -> None:
    told, twin = open_world(hamlet.folder), open_world(hamlet.folder, "ordinary-law")
    subject = ask(app, "/api/runs/run/lives").json()["characters"][3]["subject"] or "citizen:0"
    for path, page, params in (
        (f"lives/{subject}", life_page(told, subject, twin), {}),
        (f"lives/{subject}", life_page(twin, subject, told), {"world": "ordinary-law"}),
        (f"lives/{subject}/ties", ties_page(told, subject, twin), {}),
        ("machine", machine(told), {}),
        ("machine", machine(twin), {"world": "ordinary-law"}),
        ("screen", screen(told, 30), {"day": 30}),
        ("story", story(told), {}),
        ("who-pays", who_pays(adults_of(told), "hukou"), {"by": "hukou"}),
    ):
        answer = ask(app, f"/api/runs/run/{path}", params=params)
        assert answer.status_code == 200, answer.text
        assert answer.json() == json.loads(page.model_dump_json())
    assert ask(app, "/api/claims").json() == json.loads(defined().model_dump_json())


def texts(value: Any, at: str = "") -> Iterator[tuple[str, str]]:
    """Return every text of an answer that people read, with its place."""
    if isinstance(value, str):
        yield at, value
    for name, one in value.items() if isinstance(value, dict) else ():
        if name not in ("spec", "file"):
            yield from texts(one, f"{at}.{name}")
    for one in value if isinstance(value, list) else ():
        yield from texts(one, at)


def test_numbers_in_texts_have_a_true_minus(app: Any) -> None:
    subjects = [one["subject"] for one in ask(app, "/api/runs/run/lives").json()["characters"]]
    lives = [f"lives/{one}{more}" for one in subjects if one for more in ("", "/ties")]
    seen = 0
    for path in ("worlds", "machine", "screen", "story", "who-pays", *lives):
        for at, text in texts(ask(app, f"/api/runs/run/{path}").json()):
            assert not re.search(r"(?<![\w.–−-])-\d", text), f"{path}{at}: {text}"
            seen += "−" in text
    assert seen > 20


def test_a_life_is_what_the_command_line_says(app: Any, hamlet: Any, tell: Tell) -> None:
    subject = ask(app, "/api/runs/run/lives").json()["characters"][3]["subject"] or "citizen:0"
    page = ask(app, f"/api/runs/run/lives/{subject}").json()
    code, output, _ = tell("explain", str(hamlet.folder), subject, "--json")
    plain = json.loads(output)
    assert code == 0
    assert [one["line"]["id"] for one in page["records"]] == [str(one["id"]) for one in plain["records"]]
    assert [one["shown"] for one in page["scores"]] == [one["shown"] for one in plain["scores"]]
    name = page["hanging"][0]["id"]
    why = ask(app, f"/api/runs/run/lives/{subject}/why-not/{name}").json()
    _, output, _ = tell("explain", str(hamlet.folder), subject, "--why-not", name, "--json")
    assert why["state"] == json.loads(output)["why_not"]["state"]


def test_the_card_of_a_study_is_the_one_in_its_folder(app: Any, hamlet: Any) -> None:
    told = ask(app, "/api/studies/run/card").json()
    page = (hamlet.folder / CARD).read_text().replace("\\", "")
    assert told["statement"] in page
    assert [row["name"] for row in told["rows"]][:2] == ["Intended use", "Must not be used for"]
    for row in told["rows"]:
        assert f"**{row['name']}.** {row['text']}" in page
    assert ask(app, "/api/studies/nobody/card").status_code == 404
    assert ask(app, "/api/studies/run/card", params={"kind": "claims"}).status_code == 404


def test_a_scene_s_example_is_the_entry_of_its_row(app: Any, hamlet: Any) -> None:
    entries = {one.entry for one in rows_in_run(hamlet.folder)}
    for scene in ask(app, "/api/runs/run/story").json()["scenes"]:
        assert scene["example"] is None or int(scene["example"]["entry"]) in entries


def test_a_life_without_a_rule_is_a_job_that_can_be_cancelled(app: Any) -> None:
    subject = ask(app, "/api/runs/run/lives").json()["characters"][3]["subject"] or "citizen:0"
    rule = ask(app, f"/api/runs/run/lives/{subject}").json()["rules"][0]["rule"]
    job = ask(app, f"/api/runs/run/lives/{subject}/without/{rule}", "POST").json()
    assert job["what"] == f"The life of {subject} without {rule}"
    assert ask(app, f"/api/jobs/{job['id']}", "DELETE").json()["state"] == "cancelled"


@pytest.mark.parametrize(
    ("path", "reason"),
    [
        ("lives/citizen:200", "there is no citizen:200"),
        ("lives/somebody", "names no subject"),
        ("lives/citizen:0/entries/1", "has no entry 1"),
        ("lives/citizen:0/why-not/luck", "there is no sanction 'luck'"),
        ("machine?world=heaven", "has no world 'heaven'"),
        ("screen?day=99999", "the run has the days"),
        ("who-pays?by=luck", "Input should be"),
    ],
)
def test_what_is_not_there_is_refused_with_a_reason(app: Any, path: str, reason: str) -> None:
    answer = ask(app, f"/api/runs/run/{path}")
    assert 400 <= answer.status_code < 500
    assert reason in answer.json()["error"]


def test_a_world_lived_alone_has_no_twin_and_no_ledger_is_told_of(tmp_path: Path) -> None:
    carry_out(tmp_path / "alone", against=None)
    carry_out(tmp_path / "silent", ledger="none")
    app = app_of(tmp_path / "alone", tmp_path / "silent")
    life = ask(app, "/api/runs/alone/lives/citizen:3").json()
    assert (life["twin"], {one["twin"] for one in life["beside"]} <= {None}) == ("", True)
    assert ask(app, "/api/runs/alone/story").json()["twin"] == ""
    assert ask(app, "/api/runs/alone/who-pays").json()["groups"][0]["burden_twin"] is None
    silent = ask(app, "/api/runs/silent/machine")
    assert silent.status_code == 400
    assert "--ledger full" in silent.json()["error"]
