"""What has changed on the pictures since the last commit?

Draws all pictures twice, before they are encoded: with the specs, raws and code of the last commit, taken out of git
into `build/`, and with those that lie here. Where a person would see a difference, a page shows both, and one over the
other in turns. Nothing is written outside of `build/`; whoever commits accepts what the page shows.
"""

from __future__ import annotations

import datetime as dt
import html
import io
import shutil
import subprocess
import sys
import tarfile
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path

from PIL import Image, ImageDraw

from scripts.facts.problems import BadData
from scripts.project import Project
from scripts.screens import manifest, tiles
from scripts.screens.load import FOLDER, load
from scripts.screens.make import from_root
from scripts.screens.plan import plan
from scripts.screens.work import pixels

_COMMITTED = ("scripts", "docs/screens", "docs/assets/fonts")
_OLD = """\
import sys
from pathlib import Path
from scripts.screens.review import draw_all
draw_all(*map(Path, sys.argv[1:]))
"""

_PAGE = """\
<!doctype html>
<html lang="en">
<meta charset="utf-8">
<meta name="viewport" content="width=device-width">
<title>{count} pictures differ</title>
<style>
  body {{ font: 16px/1.5 sans-serif; margin: 2rem; background: #ddd; color: #111; }}
  section {{ margin: 3rem 0; }}
  .all {{ display: flex; flex-wrap: wrap; gap: 1rem; align-items: start; }}
  figure {{ margin: 0; }}
  img {{ display: block; max-width: 100%; }}
  .blink {{ display: grid; }}
  .blink > * {{ grid-area: 1 / 1; }}
  .blink img + img {{ animation: blink 1.2s steps(1) infinite; }}
  @keyframes blink {{ 50% {{ visibility: hidden; }} }}
  #still:checked ~ section .blink img + img {{ animation-play-state: paused; }}
  @media (prefers-reduced-motion: reduce) {{
    .blink img + img {{ animation: none; }}
    .blink:hover img + img {{ visibility: hidden; }}
  }}
</style>
<h1>{count} pictures differ from the last commit</h1>
<p>Made {made}. Red squares show where. Committing accepts them.</p>
<input type="checkbox" id="still"><label for="still"> hold the pictures still</label>
{sections}
</html>
"""
_SECTION = """\
<section>
<h2>{name}: {what}</h2>
<div class="all">{figures}</div>
</section>
"""


@dataclass(frozen=True)
class Change:
    """One picture that differs: its name, what happened, and whether it was there before and is there now."""

    name: str
    what: str
    before: bool
    after: bool


def review(project: Project, *, progress: Callable[[int, int], None] = lambda done, total: None) -> tuple[Path, int]:
    """Draw, compare and write the page.

    Args:
        project: a checkout with at least one commit.
        progress: is told how far it is.

    Returns:
        The page, and how many pictures differ.

    Raises:
        BadData: if something is wrong with the screens as they lie here.
        CalledProcessError: if git does not answer.
    """
    folder = manifest.path(project).with_name("review")
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir(parents=True)
    progress(0, 3)
    old = _committed(project, folder)
    progress(1, 3)
    draw_all(project.docs, folder / "after")
    progress(2, 3)
    changes = list(_changes(folder, _names(folder / "before"), _names(folder / "after")))
    page = folder / "index.html"
    page.write_text(_page(changes, new=not old), encoding="utf-8")
    progress(3, 3)
    return page, len(changes)


def draw_all(docs: Path, target: Path) -> None:
    """Draw all pictures of a checkout, as PNGs.

    Args:
        docs: its `docs`.
        target: a folder, which is made.

    Raises:
        BadData: if something is wrong with the screens.
    """
    screens, problems = load(docs / FOLDER)
    jobs, _, found = plan(screens, "")
    if problems or found:
        raise BadData(from_root([*problems, *found]))
    font = manifest.font(Project(docs.parent)).read_bytes()
    target.mkdir(parents=True)
    for job in jobs:
        if job.product == "page":
            picture = pixels(job, font)
            for stem in job.stems:
                picture.save(target / f"{stem}.png")


def _committed(project: Project, folder: Path) -> bool:
    """Draw what the last commit has, with its own code. False, if it has none that could."""
    source = folder / "commit"
    listed = subprocess.run(
        ["git", "ls-tree", "-r", "--name-only", "HEAD", "--", *_COMMITTED],
        cwd=project.root, check=True, capture_output=True, text=True,
    ).stdout.splitlines()  # fmt: skip
    if "scripts/screens/review.py" not in listed:
        return False
    there = [name for name in _COMMITTED if any(path.startswith(f"{name}/") for path in listed)]
    packed = subprocess.run(
        ["git", "archive", "--format=tar", "HEAD", "--", *there], cwd=project.root, check=True, capture_output=True
    ).stdout
    with tarfile.open(fileobj=io.BytesIO(packed)) as archive:
        archive.extractall(source, filter="data")
    command = [sys.executable, "-c", _OLD, "docs", str(folder / "before")]
    done = subprocess.run(command, check=False, cwd=source, capture_output=True, text=True)
    shutil.rmtree(source)
    if done.returncode:
        print(f"The last commit cannot draw its pictures, so all count as new:\n{done.stderr}", file=sys.stderr)
        shutil.rmtree(folder / "before", ignore_errors=True)
    return not done.returncode


def _names(folder: Path) -> dict[str, Path]:
    return {path.stem: path for path in sorted(folder.glob("*.png"))}


def _changes(folder: Path, before: Mapping[str, Path], after: Mapping[str, Path]) -> Iterable[Change]:
    """Every picture that differs. Marks the squares on a copy, and deletes the pictures that do not differ."""
    for name in sorted({*before, *after}):
        if name not in before or name not in after:
            yield Change(name, "new" if name in after else "gone", name in before, name in after)
            continue
        with Image.open(before[name]) as one, Image.open(after[name]) as other:
            found = tiles.compare(one, other)
            marked = other.copy()
        if found.visible:
            draw = ImageDraw.Draw(marked)
            for left, top, right, bottom in found.tiles:
                draw.rectangle((left, top, right - 1, bottom - 1), outline=(255, 0, 0), width=2)
            marked.save(folder / f"{name}.where.png")
            yield Change(name, f"squares that differ: {len(found.tiles)}, the worst by {found.worst:.0%}", True, True)
        else:
            before[name].unlink()
            after[name].unlink()


def _page(changes: list[Change], *, new: bool) -> str:
    sections = []
    for change in changes:
        name = html.escape(change.name)
        figures = []
        if change.before:
            figures.append(_figure("before", f'<img src="before/{name}.png" alt="">'))
        if change.after:
            figures.append(_figure("after", f'<img src="after/{name}.png" alt="">'))
        if change.before and change.after:
            both = f'<img src="before/{name}.png" alt=""><img src="after/{name}.png" alt="">'
            figures.append(_figure("in turns", f'<div class="blink">{both}</div>'))
            figures.append(_figure("where", f'<img src="{name}.where.png" alt="">'))
        sections.append(_SECTION.format(name=name, what=html.escape(change.what), figures="".join(figures)))
    if new:
        sections.insert(0, "<p>The last commit has no pictures, or none that it can draw: all of them are new.</p>")
    made = dt.datetime.now().strftime("%Y-%m-%d %H:%M")
    return _PAGE.format(count=len(changes), made=made, sections="\n".join(sections))


def _figure(caption: str, content: str) -> str:
    return f"<figure><figcaption>{caption}</figcaption>{content}</figure>"
