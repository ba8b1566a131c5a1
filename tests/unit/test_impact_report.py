"""The impact report: the numbers of the study, the letters of the law, data that stay data, whole files."""

from __future__ import annotations

import hashlib
import io
import math
import re
import socket
import zipfile
from collections.abc import Callable, Iterator
from html.parser import HTMLParser
from itertools import pairwise
from pathlib import Path
from typing import Any

import polars as pl
import pytest
from tests.runs import carry_out, write_regime

from demerit.engine.hashlist import write_hash_list
from demerit.errors import RunFolderError
from demerit.measures.indicators import BY_NAME
from demerit.regime import Regime
from demerit.report.impact import pack as packing
from demerit.report.impact.contexts import linkages, severities
from demerit.report.impact.pack import write_report
from demerit.report.words import number, signed
from demerit.study.comparison import Comparison, compare
from demerit.study.comparison_plan import ComparisonRequest, make_comparison
from demerit.study.comparison_tables import differences, seed_values
from demerit.study.layout import CLAIMS_REQUEST, INDICATORS
from demerit.study.results import indicators_json

Tell = Callable[..., tuple[int, str, str]]
HOSTILE = "=cmd()</title><script>alert(1)</script>{{7*7}}&#60;b&#62;"
FORMULA = '=HYPERLINK("x")<img src=x onerror=alert(1)>'
VOID = {"meta", "link", "img", "br"}
PARTS = [
    *("regime", "process", "frequency", "affected", "harms", "social-scoring", "oversight", "remedies"),
    *("reforms", "assumptions", "limits", "reproduction"),
]


class Read(HTMLParser):
    """What a page holds: tags in order, headings, numbers and what they are of, parts and their tables."""

    def __init__(self, text: str) -> None:
        super().__init__(convert_charrefs=True)
        self.tags: list[str] = []
        self.attributes: list[tuple[str, str, str]] = []
        self.numbers: list[tuple[str, str, str]] = []
        self.figures: list[list[str]] = []
        self.text: list[str] = []
        self._open: list[str] = []
        self.feed(text)
        self.close()
        assert not self._open

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        told = {name: value or "" for name, value in attrs}
        self.tags.append(tag)
        self.attributes += [(tag, name, value) for name, value in told.items()]
        if tag == "figure":
            self.figures.append([])
        elif "figure" in self._open:
            self.figures[-1].append(tag if tag != "div" or "role" not in told else told["role"])
        if tag == "data":
            self.numbers.append((told["data-of"], told["value"], ""))
        if tag not in VOID:
            self._open.append(tag)

    def handle_endtag(self, tag: str) -> None:
        assert self._open.pop() == tag

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.handle_starttag(tag, attrs)
        if tag not in VOID:
            self.handle_endtag(tag)

    def handle_data(self, data: str) -> None:
        self.text.append(data)
        if self._open and self._open[-1] == "data":
            of, value, text = self.numbers[-1]
            self.numbers[-1] = of, value, text + data

    def values(self, kind: str) -> Iterator[tuple[list[str], float | None, str]]:
        """Yield what numbers of a kind are of, what they are, and how they are shown."""
        for of, value, text in self.numbers:
            first, _, rest = of.partition(" ")
            if first == kind:
                world, _, rest = rest.partition(" ")
                group, _, indicator = rest.rpartition(" ")
                yield [world, group, indicator], float(value) if value else None, text


@pytest.fixture(scope="module")
def run(tmp_path_factory: pytest.TempPathFactory) -> Any:
    """Return two years of 200 people under a regime whose title and summary are attacks."""
    folder = tmp_path_factory.mktemp("impact")
    regime = write_regime(folder / "hostile.toml", title=HOSTILE)
    regime.write_text(regime.read_text().replace("basis =", f"summary = '{FORMULA}'\nbasis ="))
    return carry_out(folder / "run", regime=str(regime), population=200, years=2)


@pytest.fixture(scope="module")
def several(tmp_path_factory: pytest.TempPathFactory) -> Comparison:
    """Return ordinary law, the essay's regime and one reform over two seeds of 60 people."""
    out = tmp_path_factory.mktemp("several") / "out"
    asked = {"society": "hamlet", "population": 60, "years": 1, "seeds": 2, "workers": 1, "out": str(out)}
    return compare(make_comparison(ComparisonRequest(("ordinary-law", "essay", "rights"), **asked)))  # type: ignore[arg-type]


@pytest.fixture(scope="module")
def text(run: Any, tmp_path_factory: pytest.TempPathFactory) -> str:
    (path,) = write_report(run.folder, tmp_path_factory.mktemp("page") / "report.html", pack=False)
    return path.read_text()


@pytest.fixture(scope="module")
def page(text: str) -> Read:
    return Read(text)


@pytest.fixture(scope="module")
def of_several(several: Comparison, tmp_path_factory: pytest.TempPathFactory) -> Read:
    (path,) = write_report(several.folder, tmp_path_factory.mktemp("page") / "report.html", pack=False)
    assert path.stat().st_size < 3_000_000
    return Read(path.read_text())


def equal(shown: float | None, expected: float | None) -> bool:
    if shown is None or expected is None:
        return shown is None and (expected is None or math.isnan(expected))
    return math.isclose(shown, expected, rel_tol=1e-9, abs_tol=1e-12)


# numbers


def test_every_number_of_a_run_is_that_of_the_run(run: Any, page: Read) -> None:
    found = (
        pl.read_parquet(run.folder / INDICATORS).sort("month").group_by("world", "by", "group", "indicator")
    )
    ends = [pl.col(name).last().alias(f"{name}_last") for name in ("top", "bottom")]
    totals = {
        (row["world"], f"{row['by']}:{row['group']}", row["indicator"]): row
        for row in found.agg(pl.col("top").sum(), pl.col("bottom").sum(), *ends).iter_rows(named=True)
    }

    def value(world: str, group: str, indicator: str) -> float:
        row, told = totals[world, group, indicator], BY_NAME[indicator]
        end = "_last" if told.is_stock else ""
        return row[f"top{end}"] / row[f"bottom{end}"] * told.scale if row[f"bottom{end}"] else math.nan

    first, twin = worlds = [world.name for world in run.worlds]
    means, apart = list(page.values("mean")), list(page.values("difference"))
    for place, shown, written in means:
        assert equal(shown, value(*place)), place
        assert written == number(shown)
    for (world, group, indicator), shown, written in apart:
        assert world == first
        assert equal(shown, value(world, group, indicator) - value(twin, group, indicator)), (
            group,
            indicator,
        )
        assert written == signed(shown)
    assert len(means) == 2 * len(apart) > 300
    whole = {name: told for (world, group, name), told, _ in means if (world, group) == (first, "all:all")}
    results = indicators_json(run)
    assert all(told is None or round(told, 6) == results[name]["value"] for name, told in whole.items())
    costs = {of: float(exact) for of, exact, _ in page.numbers if of.startswith("cost ")}
    expected = [1000 * value(w, "all:all", "penalty_days") / value(w, "all:all", "records") for w in worlds]
    assert list(costs.values()) == pytest.approx([*expected, expected[0] / expected[1]])


def test_the_lines_of_a_run_are_its_months(run: Any, page: Read) -> None:
    frame = pl.read_parquet(run.folder / INDICATORS).filter(pl.col("by") == "all")
    months = {
        (row["world"], f"{row['month']:%Y-%m}", row["indicator"]): row["value"]
        for row in frame.iter_rows(named=True)
    }
    lines = list(page.values("line"))
    assert len(lines) == 24 * 8
    assert all(written == number(shown) for _, shown, written in lines)
    assert all(equal(shown, months[world, month[:7], name]) for (world, month, name), shown, _ in lines)


def test_every_number_of_a_comparison_is_that_of_its_tables(several: Comparison, of_several: Read) -> None:
    keys = ("by", "group", "indicator")
    means = {
        (row["regime"], f"{row['by']}:{row['group']}", row["indicator"]): row["value"]
        for row in seed_values(several)
        .group_by("regime", *keys)
        .agg(pl.col("value").mean())
        .iter_rows(named=True)
    }
    pairs: dict[tuple[str, str, str], dict[str, float | None]] = {}
    for row in differences(several).iter_rows(named=True):
        name = row["regime"] if row["against"] == "ordinary-law" else f"{row['regime']}-{row['against']}"
        pairs[name, f"{row['by']}:{row['group']}", row["indicator"]] = row
    assert all(equal(shown, means[*place]) for place, shown, _ in of_several.values("mean"))
    # two seeds: half of Student's interval is t of one degree of freedom times half the distance
    values = {
        (row["regime"], row["seed"], row["indicator"]): row["value"]
        for row in seed_values(several).filter(pl.col("by") == "all").iter_rows(named=True)
    }
    halves = [(place, half) for place, half, _ in of_several.values("half-mean") if place[1] == "all:all"]
    assert len(halves) > 50
    for (world, _, name), half in halves:
        apart = abs(values[world, 1, name] - values[world, 2, name])
        assert half == pytest.approx(12.7062047 * apart / 2, rel=1e-6, abs=1e-9)
    for kind in ("difference", "low", "high"):
        found = list(of_several.values(kind))
        assert len(found) > 100
        assert all(equal(shown, pairs[*place][kind]) for place, shown, _ in found)


def test_every_indicator_stands_with_its_unit_and_definition(text: str, page: Read) -> None:
    words = "".join(page.text)
    for (_, _, indicator), _, _ in page.values("mean"):
        assert BY_NAME[indicator].definition in words
    for head in re.findall(r"<thead>.*?</thead>", text):
        assert ("what is measured" in head) <= (">unit<" in head)
    assert words.count("interval of the difference") == 0
    assert "One seed: a number without an interval" in words


def test_a_comparison_has_intervals_and_reforms(of_several: Read) -> None:
    words = "".join(of_several.text)
    assert "95% interval of the difference" in words
    assert "What rights changes in the rules of essay." in words
    assert "exemptions" in words
    assert "One seed" not in words


# the page


def test_letters_and_parts_are_in_order_and_once(page: Read) -> None:
    assert re.findall(r"Art\. 27\(1\)\((\w)\)", "".join(page.text)) == list("abcdef")
    names = [value for tag, name, value in page.attributes if tag == "h2" and name == "id"]
    assert names == ["card", *PARTS]
    assert [value for tag, name, value in page.attributes if tag == "a"] == [f"#{part}" for part in PARTS]


def test_headings_do_not_jump_and_names_are_unique(page: Read, of_several: Read) -> None:
    for one in (page, of_several):
        levels = [int(tag[1]) for tag in one.tags if re.fullmatch(r"h[1-6]", tag)]
        assert levels[0] == 1
        assert levels.count(1) == 1
        assert all(after <= before + 1 for before, after in pairwise(levels))
        ids = [value for _, name, value in one.attributes if name == "id"]
        assert len(ids) == len(set(ids))


def test_every_figure_has_words_and_a_table(page: Read, of_several: Read) -> None:
    for one, count in ((page, 6), (of_several, 7)):
        assert len(one.figures) == one.tags.count("svg") == count
        assert all({"img", "svg", "figcaption", "table", "caption"} <= set(inner) for inner in one.figures)
        described = [value for tag, name, value in one.attributes if (tag, name) == ("div", "aria-label")]
        assert all(described)


def test_nothing_is_fetched_and_nothing_runs(text: str, page: Read, of_several: Read) -> None:
    for one in (page, of_several):
        assert not {"script", "link", "img", "iframe", "object", "image", "use", "foreignobject"} & set(
            one.tags
        )
        for _, name, value in one.attributes:
            assert not name.startswith("on")
            assert name not in ("src", "srcset", "action") or not value
            assert name not in ("href", "xlink:href") or value.startswith("#")
            assert "://" not in value or name in ("xmlns", "xmlns:xlink")
            assert not re.search(r"url\((?!#)", value)
    style = re.search(r"<style>(.*?)</style>", text, re.DOTALL)
    assert style is not None
    assert "url(" not in style.group(1)
    assert "@import" not in style.group(1)
    assert "prefers-color-scheme: dark" in style.group(1)
    assert "@media print" in style.group(1)
    assert len(text.encode()) < 3_000_000
    assert "Synthetic society" in text


def test_names_from_files_stay_data(text: str, page: Read) -> None:
    words = "".join(page.text)
    assert HOSTILE in words
    assert FORMULA.rstrip(".") in words
    assert "<script" not in text
    assert "onerror=alert(1)>" not in text
    assert "{{7*7}}" in words


def test_nobody_and_no_place_is_named(run: Any, text: str) -> None:
    for private in (str(run.folder), str(run.folder.parent), str(Path.cwd()), str(Path.home())):
        assert private not in text
    assert not re.search(rf"\b{re.escape(socket.gethostname())}\b", text)


# files


def test_the_same_study_gives_the_same_bytes(run: Any, tmp_path: Path) -> None:
    once, again = (write_report(run.folder, tmp_path / f"{name}.html", pack=True) for name in ("a", "b"))
    assert [path.read_bytes() for path in once] == [path.read_bytes() for path in again]


def test_the_pack_holds_the_evidence_and_its_hashes(run: Any, tmp_path: Path) -> None:
    html, archive = write_report(run.folder, tmp_path / "a.html", pack=True)
    with zipfile.ZipFile(io.BytesIO(archive.read_bytes())) as packed:
        files = {name: packed.read(name) for name in packed.namelist()}
        assert {entry.date_time for entry in packed.infolist()} == {(1980, 1, 1, 0, 0, 0)}
    assert list(files) == sorted(files)
    assert set(files) == {
        *("MANIFEST.sha256", "manifest.json", "report.html", INDICATORS, "society/hamlet.json"),
        *("regimes/1-hostile.json", "regimes/2-ordinary-law.json"),
    }
    assert files["report.html"] == html.read_bytes()
    assert files[INDICATORS] == (run.folder / INDICATORS).read_bytes()
    listed = dict(reversed(line.split("  ")) for line in files.pop("MANIFEST.sha256").decode().splitlines())
    assert listed == {name: hashlib.sha256(content).hexdigest() for name, content in files.items()}


def test_a_world_alone_has_a_report(tmp_path: Path) -> None:
    done = carry_out(tmp_path / "run", population=40, against=None)
    (path,) = write_report(done.folder, tmp_path / "alone.html", pack=False)
    assert not list(Read(path.read_text()).values("difference"))


def test_the_command(run: Any, tell: Tell) -> None:
    code, out, err = tell("report", str(run.folder))
    assert (code, err) == (0, "")
    assert out == f"run.html: {Path('run.html').stat().st_size:,} bytes, a synthetic society\n"
    before = Path("run.html").read_bytes()
    assert tell("report", str(run.folder)) == (
        2,
        "",
        "demerit: run.html exists already; remove it, or choose another file with --out\n",
    )
    assert Path("run.html").read_bytes() == before


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (("nothing",), "nothing does not exist; give the folder a run has written"),
        (("left",), "left.partial is an interrupted run; continue it with `demerit resume left.partial`"),
        (("here",), "here is not a finished run: it has no MANIFEST.sha256"),
        (("claims",), "claims holds claims; a report is written of a run or a comparison"),
        (("RUN", "--out", "no/where.html"), "there is no folder no; make it, or choose another with --out"),
        (("RUN", "--out", "RUN/report.html"), "lies in the folder of the study"),
        (("RUN", "--out", "all.zip"), "all.zip names a zip; --out names the HTML file, as report.html"),
        (("RUN", "--out", "/proc/report.html"), "cannot write /proc/report.html"),
        (("RUN", "--out", "here"), "here exists already; remove it, or choose another file with --out"),
    ],
)
def test_what_cannot_be_reported_is_told_in_a_sentence(
    run: Any, tell: Tell, arguments: tuple[str, ...], message: str
) -> None:
    for name in ("left.partial", "here", "claims"):
        Path(name).mkdir()
    Path("claims", CLAIMS_REQUEST).write_text("{}")
    write_hash_list(Path("claims"))
    before = sorted(Path().rglob("*"))
    code, out, err = tell("report", *(one.replace("RUN", str(run.folder)) for one in arguments))
    assert (code, out) == (2, "")
    assert message in err
    assert err.count("\n") == 1
    assert sorted(Path().rglob("*")) == before


def test_nothing_is_left_where_the_pack_cannot_be_written(
    run: Any, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    whole = packing.write_whole

    def refuse(path: Path, content: bytes) -> str:
        if path.suffix == ".zip":
            raise RunFolderError("the disk is full")
        return whole(path, content)

    monkeypatch.setattr(packing, "write_whole", refuse)
    with pytest.raises(RunFolderError):
        write_report(run.folder, tmp_path / "a.html", pack=True)
    assert not list(tmp_path.iterdir())


# the social-scoring test


def test_contexts_follow_the_roads_of_the_records() -> None:
    links = {link.id: link for link in linkages(Regime.load("essay").data)}
    assert (links["lenders-refuse"].families, links["lenders-refuse"].areas) == (("money",), ("credit",))
    assert not links["lenders-refuse"].unrelated
    assert links["defaulter"].families == ("law",)
    assert set(links["permit-revoked"].pairs) == {("road", "road traffic")}
    assert ("road", "daily needs") in links["band-d"].unrelated
    assert links["employers"].areas == ("work and pay",)
    assert "nb" in links["passports"].families
    # what counts for firms is the road, the market and the platform, not how somebody treats the neighbours
    assert "road" in links["company-b"].families
    assert "nb" not in links["company-b"].families
    # convictions come to the household by a chain, into another register
    assert "law.judgment" in {conduct.answers for conduct in links["family-review"].conducts}
    without = {link.id: link for link in linkages(Regime.load("no-chain").data)}
    assert "law.judgment" not in {conduct.answers for conduct in without["family-review"].conducts}
    assert not linkages(Regime.load("empty").data)


def test_a_weight_of_nought_takes_a_context_out() -> None:
    weighed = Regime.load("essay").patched({"score.weights.road": 0}).data
    links = {link.id: link for link in linkages(weighed)}
    assert "road.speeding" not in {conduct.answers for conduct in links["band-b"].conducts}


def test_severity_is_a_month_over_the_fines_for_the_way_there() -> None:
    data = Regime.load("essay").data
    band = next(link for link in linkages(data) if link.id == "band-b")
    crossing = next(one for one in severities(data, band, 100.0) if one.conduct == "road.crosswalk")
    # from 1000 below 960 by 6 points each: the seventh record; 7 fines of 100 CNY are seven days of 100 CNY
    assert (crossing.records, crossing.fine_days) == (7, pytest.approx(7.0))
    assert crossing.sanction_days == pytest.approx(30 * 0.01)
    assert crossing.ratio == pytest.approx(0.3 / 7)
    assert not severities(data, band, 0.0)
