"""PDFs to hand over: small, tagged, titled, listed only where they are there; and the button that prints."""

from __future__ import annotations

import io
import shutil
from pathlib import Path

import pikepdf
import pytest
from playwright.sync_api import Browser

from scripts import pdf_tags
from scripts.edition import Edition
from scripts.facts import steps
from scripts.pdf_press import finished
from scripts.project import Project
from scripts.publish import paper_address, pdfs
from scripts.publish.pdfs import Sheet
from tests.conftest import SITE_URL, TODAY
from tests.paper.conftest import Print

pytestmark = pytest.mark.xdist_group("paper")


def test_every_pdf_is_small(prints: list[Print]) -> None:
    for one in prints:
        if one.page.startswith(("guides/", "compare/")):  # of others there is none to be had
            assert len(one.finished) <= pdfs.LARGEST, one.path.name


def test_the_same_page_gives_the_same_pdf_wherever_it_was_served(prints: list[Print]) -> None:
    (one,) = (one for one in prints if one.page == "guides/linkedin-web/" and one.size == "A4")
    pdf, served = one.path.read_bytes(), one.served
    once = finished(pdf, "A title", served, SITE_URL)
    assert once == finished(pdf, "A title", served, SITE_URL)
    assert b"CreationDate" not in once
    with pikepdf.open(io.BytesIO(once)) as document:
        links = [pdf_tags.address_of(note) for page in document.pages for note in page.get("/Annots", ())]
    assert any(link.startswith(SITE_URL) for link in links)
    assert not [link for link in links if "127.0.0.1" in link or "localhost" in link]


@pytest.fixture
def staged(built_site: Path, tmp_path: Path) -> Path:
    """A part of the built site as it was before PDFs were listed."""
    target = tmp_path / "staged"
    for name in ("guides/linkedin-web/index.html", "newsletter/index.html"):
        (target / name).parent.mkdir(parents=True)
        shutil.copy(built_site / name, target / name)
    page = target / "guides/linkedin-web/index.html"
    text = page.read_text(encoding="utf-8")
    page.write_text(text.replace('<div class="oi-print">', f'<div class="oi-print">{pdfs.MARKER}', 1), encoding="utf-8")
    return target


def test_pdfs_are_listed_with_their_size_if_they_are_there_and_fit_the_page(staged: Path, tmp_path: Path) -> None:
    project = Project(tmp_path / "project")
    shutil.copytree(Project.here().docs, project.docs, ignore=shutil.ignore_patterns("generated"))
    sheet = Sheet("guides/linkedin-web/", "The guide")
    path = pdfs.kept(project, staged, sheet, "A4")
    path.parent.mkdir(parents=True)
    path.write_bytes(b"x" * 5120)
    before = (staged / sheet.folder / "index.html").read_text(encoding="utf-8")
    pdfs.publish(Edition(project, TODAY), staged)
    text = (staged / sheet.folder / "index.html").read_text(encoding="utf-8")
    assert 'href="../../paper/guides-linkedin-web-a4.pdf"' in text and "(5 KB)" in text
    assert "letter.pdf" not in text
    assert (staged / "paper/guides-linkedin-web-a4.pdf").stat().st_size == 5120
    # A page that has changed since is another page: what was printed of the old one is not offered.
    (staged / sheet.folder / "index.html").write_text(before.replace("Steps", "Stages"), encoding="utf-8")
    shutil.rmtree(staged / "paper")
    pdfs.publish(Edition(project, TODAY), staged)
    text = (staged / sheet.folder / "index.html").read_text(encoding="utf-8")
    assert "paper/" not in text and pdfs.MARKER not in text and not (staged / "paper").exists()


def test_a_build_without_pdfs_says_so(built_site: Path) -> None:
    text = (built_site / "newsletter/index.html").read_text(encoding="utf-8")
    assert "This build has no PDFs" in text and ".pdf" not in text


def test_the_button_prints_once_when_pressed_and_never_by_itself(browser: Browser, site_address: str) -> None:
    context = browser.new_context()
    page = context.new_page()
    page.add_init_script("window.printed = 0; window.print = () => { window.printed += 1 }")
    page.goto(site_address + "guides/linkedin-web/")
    button = page.get_by_role("button", name="Print this guide")
    assert button.is_visible() and page.evaluate("window.printed") == 0
    box = button.bounding_box()
    assert box and box["height"] >= 44
    assert not page.locator(".oi-print__hint").is_visible()
    button.click()
    assert page.evaluate("window.printed") == 1
    context.close()


def test_without_script_a_plain_hint_stands_in_the_place_of_the_button(browser: Browser, site_address: str) -> None:
    context = browser.new_context(java_script_enabled=False)
    page = context.new_page()
    page.goto(site_address + "guides/linkedin-web/")
    assert page.locator(".oi-print__hint").is_visible()
    assert not page.locator(".oi-print button").is_visible()
    assert page.get_by_role("link", name="the checklist on one page").is_visible()
    context.close()


def test_an_address_breaks_after_slashes_and_stays_what_it_is() -> None:
    spelled = paper_address.spelled("https://a.example/one-two/x?y=1&z=2")
    assert spelled == "https://a.example/<wbr>one-two/<wbr>x<wbr>?y=1<wbr>&amp;z=2"
    long = "https://a.example/" + "word-" * 12
    assert "word-word-word-<wbr>word-" in paper_address.spelled(long)
    assert paper_address.spelled(long).replace("<wbr>", "") == long


def test_words_that_are_an_address_are_completed_and_others_are_not() -> None:
    assert paper_address.around("https://www.a.example/b/", "a.example/b") == ("https://www.", "/")
    assert paper_address.around("https://a.example/b", "https://a.example/b") == ("", "")
    assert paper_address.around("https://a.example/b", "the form") is None
    assert paper_address.around("https://a.example/b/c", "a.example/b") is None


def test_steps_are_read_as_the_guide_has_them_without_pictures_and_what_follows() -> None:
    text = (
        "## Steps {#steps}\n\nFirst\nwords.\n\nNot on paper.\n{: .oi-screen-only }\n\n### Here {#here}\n\n"
        "1. Open: [a.example/x](https://a.example/x).\n   Go [on](other.md#x).\n\n"
        '    --8<-- "guides/a/screen/b.md"\n\n2. Stop.\n\nAfter.\n\n## More {#more}\n\n1. Not this.\n'
    )
    (here,) = steps.read(text)
    assert (here.id, here.title, here.steps[1]) == ("here", "Here", "Stop.")
    assert steps.first(text) == {"here": here.steps[0], "more": "Not this."}
    assert here.steps[0] == "Open: [a.example/x](https://a.example/x). Go [on](other.md#x)."
    assert steps.direct_in(here.steps[0]) == [("a.example/x", "https://a.example/x")]
    assert [piece for piece in steps.linked(here.steps[0]) if piece[1]] == [("a.example/x", "https://a.example/x")]
