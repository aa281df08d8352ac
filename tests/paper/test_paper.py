"""Paper holds all that a reader needs who has nothing but the sheet: P1 to P15 of what we want of a print."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from functools import cache
from itertools import pairwise
from pathlib import Path

import pypdfium2  # type: ignore[import-untyped]
import pytest
import zxingcpp
from PIL import Image

from tests.conftest import SITE_URL, TODAY
from tests.paper.conftest import GUIDES, PAGES, WIDTH_MM, Print
from tests.paper.layout import MM, Letter, Shape, columns, layout, lines_of, lines_with, spelled
from tests.real import real_facts

pytestmark = pytest.mark.xdist_group("paper")

_DOTS = 150
_LINE = 40  # letters that are on a line of a column at least
# What only makes sense on a screen. "¶" is the sign of a permanent link.
ONLY_ON_SCREENS = (
    "Skip to content", "Type to start searching", "Back to top", "Table of contents", "Print this guide", "Or as a PDF",
    "Change to dark", "Change to light", "cookie", "¶", "Pass it on", "about this source", "Jump to",
)  # fmt: skip


def squeezed(text: str) -> str:
    return "".join(text.split())


@cache
def raster(path: Path, dots: int) -> list[Image.Image]:
    return [page.render(scale=dots / 72).to_pil().convert("L") for page in pypdfium2.PdfDocument(path)]


@cache
def codes(path: Path) -> dict[str, float]:
    """What the codes on the first page say, with their width in millimetres. Read from the page as a camera sees it."""
    picture = pypdfium2.PdfDocument(path)[0].render(scale=_DOTS / 72).to_pil().convert("L")
    seen = memoryview(picture.tobytes()).cast("B", (picture.height, picture.width))
    return {
        code.text: (code.position.top_right.x - code.position.top_left.x) / _DOTS * 25.4
        for code in zxingcpp.read_barcodes(seen)
    }


def of_guides(prints: list[Print]) -> Iterator[Print]:
    for one in prints:
        if one.page.startswith("guides/") and one.page != "guides/":
            yield one


def test_sources_that_share_a_line_do_not_run_together(prints: list[Print]) -> None:
    seen = 0
    for one in of_guides(prints):
        words = " ".join(page.get_textpage().get_text_range() for page in pypdfium2.PdfDocument(one.path))
        # A source ends with its date, and what follows is the number of the next.
        ends = re.findall(r"(\b(?:19|20)\d\d|undated)(\s*)(\d{1,2}\. \S+)", words)
        glued = [date + number for date, space, number in ends if not space]
        assert not glued, f"{one.path.name}: {glued[:3]}"
        seen += len(ends)
    assert seen > 20


def test_every_guide_is_printed(prints: list[Print]) -> None:
    assert set(GUIDES) == set(real_facts(TODAY).guides)
    assert len(prints) == 2 * len(PAGES)
    assert {(one.size, one.script) for one in prints} == {(s, j) for s in ("A4", "Letter") for j in (True, False)}
    assert {(one.dark, one.script) for one in prints} == {(d, j) for d in (True, False) for j in (True, False)}


def test_a_guide_fits_two_pages_and_a_checklist_one(prints: list[Print]) -> None:
    for one in of_guides(prints):
        most = 1 if "checklist" in one.page else 2
        assert len(pypdfium2.PdfDocument(one.path)) <= most, one.path.name


def test_no_letter_is_closer_than_10_mm_to_the_edge(prints: list[Print]) -> None:
    for one in prints:
        for page in layout(one.path):
            chars = page.letters
            assert chars, one.path.name
            assert min(c.x0 for c in chars) >= 10 * MM, one.path.name
            assert max(c.x1 for c in chars) <= page.width - 10 * MM, one.path.name
            assert min(c.top for c in chars) >= 10 * MM, one.path.name
            assert max(c.bottom for c in chars) <= page.height - 10 * MM + 0.5, one.path.name


def test_no_letter_is_smaller_than_8_points_and_steps_have_11(prints: list[Print]) -> None:
    for one in prints:
        sizes = Counter[float]()
        for page in layout(one.path):
            sizes.update(round(c.size, 1) for c in page.letters if c.text.strip())
        assert min(sizes) >= 7.95, (one.path.name, sizes)
        if one in of_guides(prints):
            steps = [c for page in layout(one.path) for c in lines_with(page.letters, r"^\d\. ?[A-Z]")]
            assert steps and min(c.size for c in steps if c.text.strip()) >= 7.95
            assert sum(n for size, n in sizes.items() if size >= 10.95) >= 0.25 * sum(sizes.values()), one.path.name


def test_lines_stand_apart_by_1_3_times_the_size_of_their_letters(prints: list[Print]) -> None:
    measured = 0
    for one in of_guides(prints):
        for page in layout(one.path):
            lines = lines_of(page.letters)
            for upper in lines:
                size = upper[0].size
                if size > 12.2:  # a heading
                    continue
                below = [
                    line[0].bottom - upper[0].bottom
                    for line in lines
                    if abs(line[0].size - size) < 0.1 and _overlap(upper, line) and line is not upper
                ]
                gap = min((gap for gap in below if gap > 1), default=99.0)
                measured += gap < 99
                said = "".join(c.text for c in upper)
                # Lines lie on whole pixels of a screen, 0.75 points each.
                assert gap >= 1.3 * size - 0.75, f"{one.path.name}: {gap / size:.2f} below {said!r}, of {size} points"
    assert measured > 1000


def _overlap(one: list[Letter], other: list[Letter]) -> bool:
    return one[0].x0 < other[-1].x1 and other[0].x0 < one[-1].x1


def test_with_and_without_script_the_same_words_are_on_paper(prints: list[Print]) -> None:
    by_page: dict[str, list[Print]] = {}
    for one in prints:
        by_page.setdefault(one.page, []).append(one)
    for page, (first, second) in by_page.items():
        assert first.script != second.script
        # A column may break elsewhere on the other paper, so the order of lines is not compared. What each sheet
        # repeats is left out: numbers of pages, and the head of a table.
        words, others = (Counter(re.sub(r"\d|QuestionLinkedInMeta", "", one.text)) for one in (first, second))
        assert words == others, page


def test_what_is_folded_on_a_screen_is_open_on_paper(prints: list[Print]) -> None:
    folded = 0
    for one in prints:
        for words in one.seen["folded"]:
            folded += bool(words.strip())
            assert squeezed(words) in one.text, (one.path.name, words)
    assert folded > 4


def test_nothing_of_the_screen_is_on_paper(prints: list[Print]) -> None:
    for one in prints:
        for words in ONLY_ON_SCREENS:
            assert squeezed(words) not in one.text, (one.path.name, words)


def test_every_link_to_another_site_is_there_in_full_and_once(prints: list[Print]) -> None:
    links = 0
    for one in prints:
        for address in one.seen["links"]:
            links += 1
            assert squeezed(address) in one.text, (one.path.name, address)
        written = Counter(one.seen["written"])
        assert not [address for address, times in written.items() if times > 1], one.path.name
        assert not [address for address in written if address.startswith(("#", ".", "/"))], one.path.name
    assert links > 100


def test_addresses_break_after_a_slash_or_when_they_are_long(prints: list[Print]) -> None:
    whole = broken = 0
    for one in prints:
        lines = {line.strip() for page in pypdfium2.PdfDocument(one.path) for line in _lines(page)}
        for address in one.seen["links"]:
            parts = [part for part in re.split(r"(?<=/)|(?=[?&#])", address.split("//")[1]) if len(part) < 40]
            for part in parts:
                found = any(part in line for line in lines)
                whole, broken = whole + found, broken + (not found)
    assert whole and broken / (whole + broken) <= 0.05


def _lines(page: pypdfium2.PdfPage) -> list[str]:
    return list(page.get_textpage().get_text_range().splitlines())


def test_every_sheet_says_what_it_is_where_it_is_from_and_how_old_it_is(prints: list[Print]) -> None:
    for one in prints:
        assert squeezed(one.seen["title"]) in one.text, one.path.name
        folder = one.page
        if re.fullmatch(r"guides/[^/]+/", folder):
            folder = folder.replace("guides/", "g/")
        address = (SITE_URL.removeprefix("https://") + folder).rstrip("/")
        assert one.text.count(squeezed(f"{address} Facts last checked: ")) == 1, one.path.name
        for words in ("Do not trust after: ", "Version: Opted In ", "Licence: CC BY 4.0"):
            assert one.text.count(squeezed(words)) == 1, (one.path.name, words)


def test_the_code_leads_to_the_page_and_is_at_least_20_mm_wide(prints: list[Print]) -> None:
    for one in prints:
        folder = one.page
        if re.fullmatch(r"guides/[^/]+/", folder):
            folder = folder.replace("guides/", "g/")
        assert SITE_URL + folder in codes(one.path), (one.path.name, codes(one.path))
        assert codes(one.path)[SITE_URL + folder] >= 19.9, (one.path.name, codes(one.path))


def test_a_checklist_has_a_box_for_each_step_and_a_code_for_each_direct_address(prints: list[Print]) -> None:
    facts = real_facts(TODAY)
    for one in prints:
        if "checklist" not in one.page:
            continue
        slug = one.page.split("/")[1]
        steps = sum(len(part.steps) for part in facts.steps[slug])
        boxes = 0
        for page in layout(one.path):
            boxes += len({(round(s.x0), round(s.top)) for s in page.shapes if _is_box(s)})
        assert boxes == steps, (one.path.name, boxes, steps)
        direct = [link for link in one.seen["links"] if "/contact/" in link or "mypreferences" in link]
        assert set(direct) <= codes(one.path).keys(), one.path.name


def _is_box(shape: Shape) -> bool:
    """Whether a drawn thing is an empty square of some millimetres."""
    square = 3 * MM <= shape.width <= 8 * MM and abs(shape.width - shape.height) < 1
    return square and shape.stroked and not shape.filled


def test_a_picture_stands_beside_its_legend_and_below_its_step(prints: list[Print]) -> None:
    pictures = 0
    for one in of_guides(prints):
        for page in layout(one.path):
            for image in page.pictures:
                pictures += 1
                middle = page.width / 2
                column = [c for c in page.letters if (c.x0 < middle) == (image.x0 < middle)]
                beside = "".join(c.text for c in column if image.top - 3 <= c.top <= image.bottom + 130)
                assert "re-creation" in beside, one.path.name
                above = [c for c in column if c.bottom <= image.top + 2]
                assert above, f"{one.path.name}: a picture is the first thing in a column, away from its step"
    assert pictures > 40


def test_table_heads_repeat_and_no_row_is_split(prints: list[Print]) -> None:
    for one in prints:
        if one.page != "compare/uk/":
            continue
        pages = layout(one.path)
        texts = [squeezed(page.get_textpage().get_text_range()) for page in pypdfium2.PdfDocument(one.path)]
        heads = [number for number, text in enumerate(texts) if "QuestionLinkedInMeta" in re.sub(r"[■●]", "", text)]
        assert len(heads) >= 4 and heads == list(range(heads[0], heads[-1] + 1)), (one.path.name, heads)
        first = texts[heads[0]].removeprefix(f"OptedInPage{heads[0] + 1}of{len(texts)}")  # the foot
        assert first.startswith("Pointbypoint"), f"{one.path.name}: its head may stand alone on a page"
        for number in heads[:-1]:
            page = pages[number]
            foot = page.height - 15 * MM
            edge = page.height - 14.5 * MM  # the margin begins at 14.6 mm, and a rule has a width
            rules = [s.bottom for s in page.shapes if s.width > 60 and s.bottom < edge]
            last = max(c.bottom for c in page.letters if c.bottom < foot and c.text.strip())
            assert max(rules) >= last - 1, f"{one.path.name}: page {number + 1} ends within a row"


def test_no_heading_is_the_last_line_of_a_page_or_column(prints: list[Print]) -> None:
    for one in prints:
        heads = tuple(head for head in one.seen["heads"] if head)
        assert heads or one.page.endswith("checklist/"), one.path.name
        for column in columns(one):
            last = spelled(sorted(column, key=lambda c: (round(c.bottom), c.x0)))  # legends are drawn last
            assert not last.endswith(heads), f"{one.path.name}: {last[-60:]}"


def test_a_step_stands_in_one_column_with_its_number_and_its_legend(prints: list[Print]) -> None:
    steps = 0
    for one in prints:
        texts = [spelled(column) for column in columns(one)]
        for step in one.seen["steps"] or ():
            steps += 1
            wanted = [f"{step['number']}.{step['words']}", *step["legend"]]
            together = any(all(words in text for words in wanted) for text in texts)
            assert together, f"{one.path.name}: {wanted}"
    assert steps > 100


def test_no_line_of_a_paragraph_is_left_alone(prints: list[Print]) -> None:
    for one in prints:
        for before, after in pairwise(columns(one)):
            end, begin = spelled(before), spelled(after)
            for paragraph in one.seen["paragraphs"]:
                if len(paragraph) < _LINE:
                    continue
                at = next((k for k in range(1, len(paragraph)) if _parts(paragraph, k, end, begin)), 0)
                if at and paragraph not in end and paragraph not in begin:
                    start = end.rindex(paragraph[:at])
                    halves = before[start : start + at], after[: len(paragraph) - at]
                    counts = [len({round(c.bottom) for c in half if c.size > 8.4}) for half in halves]
                    assert min(counts) >= 3, f"{one.path.name}: {paragraph[:60]} {counts}"


def _parts(paragraph: str, at: int, end: str, begin: str) -> bool:
    return begin.startswith(paragraph[at:]) and paragraph[:at] in end


def test_addresses_make_a_page_at_most_a_quarter_longer(prints: list[Print]) -> None:
    for one in (*of_guides(prints), *(one for one in prints if one.page == "compare/uk/")):
        assert 1 <= one.seen["growth"] <= 1.25, (one.path.name, one.seen["growth"])


def test_words_are_black_enough_whatever_the_screen_was(prints: list[Print]) -> None:
    for one in prints:
        for page in layout(one.path):
            for char in page.letters:
                contrast = 1.05 / (char.light + 0.05)
                # The numbers of a legend are white on dark, as they are in its picture.
                assert contrast >= 7 or (contrast < 1.1 and char.text.isdigit()), (one.path.name, char.text)


def test_no_page_wastes_ink_or_paper(prints: list[Print]) -> None:
    for one in prints:
        pages = raster(one.path, 50)
        for number, page in enumerate(pages):
            histogram = page.histogram()
            total = page.width * page.height
            ink = sum(count * (255 - value) for value, count in enumerate(histogram)) / 255 / total
            assert ink <= 0.12, (one.path.name, number, ink)
            if number < len(pages) - 1:
                box = page.point(lambda value: 255 if value < 200 else 0).crop((0, 0, page.width, page.height - 32))
                filled = box.getbbox()
                assert filled and filled[3] > page.height * 0.4, f"{one.path.name}: page {number + 1} is nearly empty"


def test_the_running_foot_counts_the_pages(prints: list[Print]) -> None:
    for one in prints:
        pages = [page.get_textpage().get_text_range() for page in pypdfium2.PdfDocument(one.path)]
        for number, text in enumerate(pages, 1):
            assert f"Page{number}of{len(pages)}" in squeezed(text), one.path.name


def test_paper_is_as_wide_as_it_says(prints: list[Print]) -> None:
    for one in prints:
        assert abs(layout(one.path)[0].width - WIDTH_MM[one.size] * MM) < 2
