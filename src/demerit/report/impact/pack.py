"""The report as files: the page, and the pack of evidence beside it."""

from __future__ import annotations

import hashlib
import io
import json
import re
import zipfile
from contextlib import suppress
from pathlib import Path

from demerit.engine.disk import refusals, shown, write_whole
from demerit.engine.hashlist import HASH_LIST
from demerit.errors import UsageError
from demerit.report.impact.material import Material, read_material
from demerit.report.impact.page import page
from demerit.simulation.manifest import MANIFEST

_EARLIEST = (1980, 1, 1, 0, 0, 0)
"""The time that every file of a pack bears, so that the same study gives the same bytes."""
_NAME = re.compile(r"[A-Za-z0-9][A-Za-z0-9._-]{0,63}")


def write_report(folder: Path, out: Path | None, *, pack: bool) -> tuple[Path, ...]:
    """Write the report of a finished run or comparison, and its pack of evidence where asked for.

    Args:
        folder: the run or the comparison.
        out: the HTML file; None for one named for the folder, where the program was called.
        pack: write a zip of the same name too.

    Returns:
        The files written.

    Raises:
        UsageError: a file is in the way, or the place lies in the folder itself.
        RunFolderError: the folder cannot be read, or the disk refused; nothing is left half written.
    """
    target = out if out is not None else Path(f"{folder.resolve().name}.html")
    places = (target, target.with_suffix(".zip")) if pack else (target,)
    _refuse_taken(folder, places)
    about = read_material(folder)
    html = page(about).encode()
    contents = [html, *([packed(about, html)] if pack else [])]
    for done, (place, content) in enumerate(zip(places, contents, strict=True)):
        try:
            write_whole(place, content)
        except BaseException:
            for earlier in places[:done]:
                with suppress(OSError):
                    earlier.unlink()
            raise
    return places


def _refuse_taken(folder: Path, places: tuple[Path, ...]) -> None:
    if places[0].suffix.lower() == ".zip":
        raise UsageError(f"{shown(places[0])} names a zip; --out names the HTML file, as report.html")
    for place in places:
        with refusals(place):
            within = folder.resolve() in place.resolve().parents
            taken = place.exists() or place.is_symlink()
        if within:
            raise UsageError(
                f"{shown(place)} lies in the folder of the study, which would then no longer be as its "
                "hashes say; choose another place with --out"
            )
        if taken:
            raise UsageError(f"{shown(place)} exists already; remove it, or choose another file with --out")
        if not place.parent.is_dir():
            raise UsageError(
                f"there is no folder {shown(place.parent)}; make it, or choose another with --out"
            )


def packed(about: Material, html: bytes) -> bytes:
    """Return the pack of evidence as a zip: the same bytes for the same study."""
    files = {
        "report.html": html,
        f"society/{_safe(about.society.id, 0)}.json": _json(about.society.canonical()),
    }
    for place, (name, regime) in enumerate(zip(about.names, about.regimes, strict=True)):
        files[f"regimes/{place + 1}-{_safe(name, place)}.json"] = _json(regime.canonical())
    for name in (MANIFEST, *about.files):
        path = about.folder / name
        with refusals(path, "read"):
            files[name] = path.read_bytes()
    hashes = "".join(f"{hashlib.sha256(files[name]).hexdigest()}  {name}\n" for name in sorted(files))
    files[HASH_LIST] = hashes.encode()
    content = io.BytesIO()
    with zipfile.ZipFile(content, "w", zipfile.ZIP_DEFLATED, compresslevel=6) as archive:
        for name in sorted(files):
            entry = zipfile.ZipInfo(name, _EARLIEST)
            entry.compress_type = zipfile.ZIP_DEFLATED
            entry.create_system, entry.external_attr = 3, 0o644 << 16
            archive.writestr(entry, files[name])
    return content.getvalue()


def _json(data: object) -> bytes:
    return (json.dumps(data, indent=1, ensure_ascii=False, allow_nan=False) + "\n").encode()


def _safe(name: str, place: int) -> str:
    """Return a name that can be a file's anywhere; a number in place of one that cannot."""
    return name if _NAME.fullmatch(name) else f"{place + 1}"
