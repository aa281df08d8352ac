"""Links within a built tree: every broken one is found, and no good one is called broken."""

from __future__ import annotations

from pathlib import Path

import pytest

from scripts.links.internal import check


def site(folder: Path, body: str, other: str = '<h1 id="there">There</h1>') -> Path:
    for name, text in {
        "index.html": body,
        "a/index.html": other,
        "x.css": "",
        ".hidden/index.html": "",
        "404.html": "<p>gone</p>",
    }.items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")
    return folder


GOOD = [
    "a/", "./a/", "a/#there", "a/index.html#there", "#here", "#top", "#:~:text=x", ".", "./", "x.css",
    "a/?q=1#there",
    "https://example.org/nowhere", "mailto:a@example.org", "//example.org/x", "a/#%74here",
    "/", "/a/", "/x.css", ".hidden/", "a/../x.css",
]  # fmt: skip
BAD = ["b/", "a", "a/#gone", "#gone", "A/", "y.css", "../x.css", "/b/", "a/b/"]


@pytest.mark.parametrize("link", GOOD)
def test_a_good_link_is_no_problem(link: str, tmp_path: Path) -> None:
    assert check(site(tmp_path, f'<p id="here"><a href="{link}">x</a></p>')) == ([], 4)


@pytest.mark.parametrize("link", BAD)
def test_a_broken_link_is_found(link: str, tmp_path: Path) -> None:
    (problem,), _ = check(site(tmp_path, f'<p id="here"><a href="{link}">x</a></p>'))
    assert problem.file == "index.html"
    assert f'"{link}"' in problem.what


def test_a_missing_picture_or_style_is_found(tmp_path: Path) -> None:
    problems, _ = check(site(tmp_path, '<img src="no.png"><link rel="stylesheet" href="no.css">'))
    assert len(problems) == 2


def test_an_id_that_comes_twice_is_found(tmp_path: Path) -> None:
    (problem,), _ = check(site(tmp_path, '<p id="a"></p><p id="a"></p>'))
    assert problem.rule == "double id"


def test_a_link_from_deep_inside_is_followed_from_there(tmp_path: Path) -> None:
    assert check(site(tmp_path, '<p id="up"></p>', '<a href="../#up">x</a><a href="../x.css">y</a>'))[0] == []


def test_absolute_links_must_stay_under_the_sub_path(tmp_path: Path) -> None:
    folder = site(tmp_path, '<a href="/sub/a/">x</a><a href="/a/">y</a>')
    (problem,), _ = check(folder, "/sub/")
    assert '"/a/"' in problem.what


def test_a_tree_without_pages_is_a_problem_and_not_a_pass(tmp_path: Path) -> None:
    problems, pages = check(tmp_path)
    assert pages == 0
    assert [problem.rule for problem in problems] == ["empty"]
