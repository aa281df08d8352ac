"""Pictures of our drawings are old when what they show has changed, and not before."""

from __future__ import annotations

import shutil
from pathlib import Path

from scripts.project import Project
from scripts.screens import load
from scripts.screens.outdated import outdated, wanted


def test_the_raws_of_our_drawings_are_as_old_as_their_pages() -> None:
    screens, found = load.load(Project.here().docs / "screens")
    assert not found and screens
    assert not list(outdated(screens.values()))


def test_only_what_a_screen_shows_makes_its_pictures_old(tmp_path: Path) -> None:
    folder = Path(shutil.copytree(Project.here().docs / "screens", tmp_path / "screens"))
    page = folder / "pages" / "meta-app.html"
    assert wanted(folder) == []
    page.write_text(page.read_text(encoding="utf-8").replace("More info and support", "Help"), encoding="utf-8")
    assert wanted(folder) == ["ig-app-settings"]
    (old,) = outdated(load.load(folder)[0].values())
    assert (old.file, old.rule) == ("screens/ig-app-settings.yml", "old raw") and "make capture" in old.cure
    style = folder / "pages" / "screen.css"
    style.write_text(style.read_text(encoding="utf-8") + "\nb { color: red }\n", encoding="utf-8")
    assert len(wanted(folder)) == len(list((folder / "raw").glob("*.anchors.json")))
    (folder / "raw" / "ig-form.anchors.json").unlink()
    assert "ig-form" in wanted(folder)
