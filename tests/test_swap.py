"""A finished folder takes the place of another, whole or not at all."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import threading
from pathlib import Path

import pytest

from scripts import swap
from scripts.project import Project


@pytest.fixture
def folders(tmp_path: Path) -> tuple[Path, Path]:
    staged, live = tmp_path / "build" / "staged", tmp_path / "site"
    for folder, text in ((staged, "new"), (live, "old")):
        folder.mkdir(parents=True)
        (folder / "index.html").write_text(text)
    return staged, live


def cannot(one: Path, two: Path) -> bool:
    return False


@pytest.mark.parametrize("how", [swap.exchange, cannot], ids=["in one step", "in two renames"])
def test_the_new_folder_stands_and_the_old_one_is_gone(folders: tuple[Path, Path], how: swap.Exchange) -> None:
    staged, live = folders
    swap.put(staged, live, how=how)
    assert (live / "index.html").read_text() == "new"
    assert sorted(path.name for path in live.parent.iterdir()) == ["build", "site"]
    assert not staged.exists()


def test_the_first_folder_needs_none_to_replace(folders: tuple[Path, Path]) -> None:
    staged, _ = folders
    fresh = staged.parent / "fresh"
    swap.put(staged, fresh)
    assert (fresh / "index.html").read_text() == "new"


@pytest.mark.skipif(sys.platform not in ("linux", "darwin"), reason="the system has no such call")
def test_this_system_swaps_in_one_step(folders: tuple[Path, Path]) -> None:
    assert swap.exchange(*folders), "two renames are the way out for other systems, not for this one"


def test_a_missing_folder_is_an_error_and_changes_nothing(folders: tuple[Path, Path]) -> None:
    _, live = folders
    with pytest.raises(OSError):
        swap.put(live.with_name("nowhere"), live)
    assert (live / "index.html").read_text() == "old"


def test_somebody_who_looks_all_the_while_never_finds_the_folder_missing(folders: tuple[Path, Path]) -> None:
    staged, live = folders
    missed: list[int] = []
    looked: list[int] = []
    ended = threading.Event()

    def look() -> None:
        while not ended.is_set():
            looked.append(1)
            try:
                (live / "index.html").read_text()
            except FileNotFoundError:
                missed.append(1)

    watcher = threading.Thread(target=look)
    watcher.start()
    for number in range(200):
        staged.mkdir(exist_ok=True)
        (staged / "index.html").write_text(str(number))
        swap.put(staged, live)
    ended.set()
    watcher.join()
    assert len(looked) > 200
    assert not missed


@pytest.mark.parametrize("moment", [1, 2], ids=["between the renames", "before the old one is deleted"])
def test_whoever_is_killed_between_two_renames_is_put_right_at_the_next_start(
    folders: tuple[Path, Path], moment: int
) -> None:
    staged, live = folders
    program = f"""
import os, pathlib, signal, sys
from pathlib import Path
from scripts import swap
rename, count = Path.rename, [0]
def renamed(self, target):
    rename(self, target)
    count[0] += 1
    if count[0] == {moment}:
        os.kill(os.getpid(), signal.SIGKILL)
Path.rename = renamed
swap.put(Path(sys.argv[1]), Path(sys.argv[2]), how=lambda one, two: False)
"""
    done = subprocess.run(
        [sys.executable, "-c", program, str(staged), str(live)], check=False, cwd=Project.here().root, env=os.environ
    )
    assert done.returncode == -signal.SIGKILL
    swap.recover(live)
    assert (live / "index.html").read_text() == ("old" if moment == 1 else "new")
    assert sorted(path.name for path in live.parent.iterdir()) == ["build", "site"]
