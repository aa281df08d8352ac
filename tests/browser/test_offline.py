"""The zip can be read from a folder: whole, with its look and its pictures, with script and without."""

from __future__ import annotations

import posixpath
import zipfile
from pathlib import Path
from urllib.parse import unquote

import pytest
from playwright.sync_api import Browser
from selectolax.lexbor import LexborHTMLParser

from scripts import offline


@pytest.fixture(scope="module")
def unpacked(built_site: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """What a reader has who unpacked the zip."""
    folder = tmp_path_factory.mktemp("offline")
    target = folder / "opted-in.zip"
    count = offline.pack(built_site, target)
    with zipfile.ZipFile(target) as packed:
        assert len(packed.namelist()) == count
        packed.extractall(folder)
    return folder / offline.FOLDER


def test_every_link_names_a_file_that_is_there(unpacked: Path) -> None:
    links = 0
    for path in unpacked.rglob("*.html"):
        for node in LexborHTMLParser(path.read_bytes()).css("[href], [src]"):
            link = node.attributes.get("href") or node.attributes.get("src") or ""
            if link.startswith(("https:", "mailto:", "data:", "#")):
                continue
            links += 1
            target = posixpath.join(path.relative_to(unpacked).parent.as_posix(), unquote(link.partition("#")[0]))
            assert (unpacked / target).is_file(), f"{path.relative_to(unpacked)}: {link}"
    assert links > 10_000


@pytest.mark.parametrize("script", [True, False], ids=["with script", "without script"])
def test_from_home_to_a_guide_all_looks_as_it_does_online(browser: Browser, unpacked: Path, *, script: bool) -> None:
    context = browser.new_context(java_script_enabled=script, viewport={"width": 390, "height": 844})
    page = context.new_page()
    said: list[str] = []
    page.on("console", lambda message: said.append(message.text) if message.type in ("error", "warning") else None)
    page.on("pageerror", lambda error: said.append(str(error)))
    page.on("requestfailed", lambda request: said.append(request.url))
    page.goto((unpacked / "index.html").as_uri())
    assert page.locator(".oi-button").first.evaluate("(node) => getComputedStyle(node).minHeight") == "48px"  # styled
    page.locator("main a[href$='guides/linkedin-web/index.html']").first.click()
    page.wait_for_url("**/guides/linkedin-web/index.html")
    picture = page.locator("a.oi-picture--light img").first
    picture.scroll_into_view_if_needed()
    picture.evaluate("(image) => image.decode()")
    assert picture.evaluate("(image) => image.naturalWidth") > 100
    assert page.get_by_role("button", name="Search").count() == 0
    page.goto((unpacked / "g/linkedin-web/index.html").as_uri())
    page.wait_for_url("**/guides/linkedin-web/index.html")
    assert said == []
    context.close()


@pytest.mark.parametrize(
    ("link", "expected"),
    [
        ("../compare/", "../compare/index.html"), ("../compare/#x", "../compare/index.html#x"),
        ("../..", "../../index.html"), (".", "./index.html"), ("", "index.html"), ("a.pdf", "a.pdf"), ("#x", "#x"),
        ("https://a.example/", "https://a.example/"), ("mailto:a@b.example", "mailto:a@b.example"),
    ],
)  # fmt: skip
def test_a_link_to_a_folder_names_its_page_and_no_other_link_changes(link: str, expected: str) -> None:
    assert offline.address(link) == expected


def test_the_same_site_makes_the_same_zip_and_no_site_none(unpacked: Path, built_site: Path, tmp_path: Path) -> None:
    again = tmp_path / "again.zip"
    offline.pack(built_site, again)
    assert again.read_bytes() == (unpacked.parent / "opted-in.zip").read_bytes()
    with pytest.raises(ValueError, match="build the site first"):
        offline.pack(tmp_path / "nothing", tmp_path / "none.zip")
    assert not (tmp_path / "none.zip").exists()
