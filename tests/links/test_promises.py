"""What was published once answers for ever: whatever takes it away is named, and mended by what the tool writes."""

from __future__ import annotations

import subprocess
from pathlib import Path

import pytest

from scripts.facts.problems import BadData
from scripts.facts.promises import Address
from scripts.links import gate, mend, promised
from scripts.links.findings import Level
from tests.links.trees import SITE_URL
from tests.links.versions import PAGES, Versions, by_number, with_underscores, without


@pytest.fixture
def versions(tmp_path: Path) -> Versions:
    """A site whose first version is published and promised."""
    made = Versions(tmp_path)
    made.publish(files={"feed.xml": "<feed/>"})
    made.keep()
    assert made.check() == []
    return made


FEED = {"feed.xml": "<feed/>"}


def only(versions: Versions) -> dict[str, str]:
    """What does not answer, and why."""
    findings = versions.check()
    assert {finding.rule for finding in findings if finding.level is Level.BROKEN} <= {"promise"}
    return {finding.link: f"{finding.what} {finding.cure}" for finding in findings if finding.rule == "promise"}


def test_every_address_and_every_id_of_an_article_is_entered_and_nothing_of_the_theme(versions: Versions) -> None:
    assert versions.ledger("urls.lock") == ["/", "/facts/", "/feed.xml", "/guide/", "/sitemap.xml"]
    assert versions.ledger("ids.lock") == [
        "/#welcome", "/#what-it-is", "/#who-made-it",
        "/facts/#facts", "/facts/#li-one", "/facts/#li-two", "/facts/#what-is-known",
        "/guide/#afterwards", "/guide/#before-you-begin", "/guide/#guide", "/guide/#the-steps",
    ]  # fmt: skip


def test_the_number_of_a_note_is_not_promised(versions: Versions) -> None:
    facts = PAGES["facts/index.html"] + '<ol><li id="n12">A source</li></ol>\n'
    versions.publish({**PAGES, "facts/index.html": facts}, files=FEED)
    assert versions.check() == []
    assert versions.keep() == 0


def test_what_is_new_is_a_warning_until_it_is_entered(versions: Versions) -> None:
    versions.publish({**PAGES, "new/index.html": "# New\n"}, files=FEED)
    (found,) = versions.check()
    assert (found.level, found.rule) == (Level.WARNING, "not entered")
    assert "2 addresses and ids are new" in found.what
    assert "links keep" in found.cure
    assert versions.keep() == 2
    assert versions.check() == []
    assert versions.keep() == 0


def test_a_renamed_heading_is_named_and_mended(versions: Versions) -> None:
    pages = {**PAGES, "guide/index.html": PAGES["guide/index.html"].replace("Before you begin", "Before beginning")}
    versions.publish(pages, files=FEED)
    said = only(versions)
    assert list(said) == ["/guide/#before-you-begin"]
    assert "the heading was renamed" in said["/guide/#before-you-begin"]
    assert "redirect '/guide/#before-you-begin' '/guide/#before-beginning'" in said["/guide/#before-you-begin"]
    assert versions.mend() == {"/guide/#before-you-begin": "/guide/#before-beginning"}
    tree = versions.publish(pages, files=FEED)
    assert only(versions) == {}
    assert {"before-you-begin", "before-beginning"} <= tree.pages["guide/index.html"].ids


def test_a_heading_with_quite_another_name_is_known_again_as_the_only_new_one(versions: Versions) -> None:
    pages = {**PAGES, "guide/index.html": PAGES["guide/index.html"].replace("Afterwards", "Zzz")}
    versions.publish(pages, files=FEED)
    assert versions.mend() == {"/guide/#afterwards": "/guide/#zzz"}


def test_a_removed_heading_leads_to_its_page(versions: Versions) -> None:
    pages = {**PAGES, "guide/index.html": without(PAGES["guide/index.html"], "## Afterwards\n")}
    versions.publish(pages, files=FEED)
    assert "the heading was removed" in only(versions)["/guide/#afterwards"]
    assert versions.mend() == {"/guide/#afterwards": "/guide/"}
    versions.publish(pages, files=FEED)
    assert only(versions) == {}


def test_a_moved_page_is_known_again_by_its_parts_and_mended_as_a_whole(versions: Versions) -> None:
    pages = {"how/to/index.html" if name == "guide/index.html" else name: text for name, text in PAGES.items()}
    versions.publish(pages, files=FEED)
    said = only(versions)
    assert list(said) == ["/guide/"], "its ids answer again as soon as the page does"
    assert "has moved, or was renamed: /how/to/ has its parts" in said["/guide/"]
    assert versions.mend() == {"/guide/": "/how/to/"}
    tree = versions.publish(pages, files=FEED)
    assert only(versions) == {}
    assert tree.pages["guide/index.html"].goes == "../how/to/"


def test_a_page_that_moved_while_a_heading_changed_is_mended_too(versions: Versions) -> None:
    guide = PAGES["guide/index.html"].replace("The steps", "Steps to take")
    pages = {**{name: text for name, text in PAGES.items() if "guide" not in name}, "how/index.html": guide}
    versions.publish(pages, files=FEED)
    assert versions.mend() == {"/guide/": "/how/", "/guide/#the-steps": "/how/#steps-to-take"}
    versions.publish(pages, files=FEED)
    assert only(versions) == {}


def test_a_removed_page_is_named_and_nothing_is_invented(versions: Versions) -> None:
    pages = {name: text for name, text in PAGES.items() if name != "guide/index.html"}
    versions.publish(pages, files=FEED)
    assert "the page was removed" in only(versions)["/guide/"]
    _, left = mend.mend(versions.project.docs, versions.tree())
    assert "/guide/" in [str(entry.old) for entry in left]


def test_a_removed_claim_is_named_and_mended(versions: Versions) -> None:
    pages = {**PAGES, "facts/index.html": without(PAGES["facts/index.html"], '<li id="li-two">Two</li>')}
    versions.publish(pages, files=FEED)
    said = only(versions)
    assert list(said) == ["/facts/#li-two"]
    assert "the record was removed, or no page shows it any more" in said["/facts/#li-two"]
    assert versions.mend() == {"/facts/#li-two": "/facts/"}
    versions.publish(pages, files=FEED)
    assert only(versions) == {}


def test_a_claim_that_is_shown_elsewhere_now_leads_there(versions: Versions) -> None:
    claim = '<li id="li-two">Two</li>'
    facts, guide = without(PAGES["facts/index.html"], claim), PAGES["guide/index.html"] + f"\n<ul>{claim}</ul>\n"
    pages = {**PAGES, "facts/index.html": facts, "guide/index.html": guide}
    versions.publish(pages, files=FEED)
    assert "on another: /guide/" in only(versions)["/facts/#li-two"]
    assert versions.mend() == {"/facts/#li-two": "/guide/#li-two"}
    tree = versions.publish(pages, files=FEED)
    assert only(versions) == {}
    assert "li-two" in tree.pages["facts/index.html"].ids


@pytest.mark.parametrize("make", [lambda: with_underscores, by_number], ids=["another slug function", "another scheme"])
def test_ids_that_are_made_in_another_way_are_named_and_mended(versions: Versions, make: object) -> None:
    assert callable(make)
    versions.publish(slug=make(), files=FEED)
    said = only(versions)
    assert {"/#what-it-is", "/facts/#what-is-known", "/guide/#the-steps"} <= set(said)
    assert "/facts/#li-one" not in said, "records have ids of their own"
    assert all("ids are made in another way now (slugify, or the engine)" in what for what in said.values())
    versions.mend()
    tree = versions.publish(slug=make(), files=FEED)
    assert only(versions) == {}
    assert "the-steps" in tree.pages["guide/index.html"].ids


def test_another_theme_breaks_no_promise(versions: Versions) -> None:
    versions.publish(files=FEED)
    for page in versions.project.site.rglob("*.html"):
        page.write_text(page.read_text().replace("__search", "__find").replace('id="nav"', 'id="menu"'))
    assert versions.check() == []


def test_a_file_that_moved_stays_under_its_old_address_too(versions: Versions) -> None:
    files = {"feeds/feed.xml": "<feed/>"}
    versions.publish(files=files)
    assert "the file has moved, or was renamed: /feeds/feed.xml" in only(versions)["/feed.xml"]
    versions.mend()
    versions.publish(files=files)
    assert only(versions) == {}
    assert (versions.project.site / "feed.xml").read_text() == "<feed/>"


def test_what_moves_twice_is_led_on_once(versions: Versions) -> None:
    docs = versions.project.docs
    for name in ("one", "two"):
        pages = {f"{name}/index.html" if page == "guide/index.html" else page: text for page, text in PAGES.items()}
        versions.publish(pages, files=FEED, lead_on=False)
        versions.keep()
        previous = "/guide/" if name == "one" else "/one/"
        mend.redirect(docs, Address.parse(previous), Address.parse(f"/{name}/"), versions.tree())
        if name == "one":
            mend.redirect(docs, Address.parse("/guide/#guide"), Address.parse("/one/#guide"), versions.tree())
    assert {"/guide/ -> /two/", "/one/ -> /two/", "/two/"} <= set(versions.ledger("urls.lock"))
    assert "/guide/#guide -> /two/#guide" in versions.ledger("ids.lock")
    versions.publish(pages, files=FEED)
    assert only(versions) == {}


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        ("/never/", "/guide/", "was never published"),
        ("/gide/", "/facts/", "did you mean /guide/"),
        ("/guide/", "/nowhere/", "is not in the built site"),
        ("/guide/#guide", "/guide/#nowhere", "is not in the built site"),
        ("/guide/", "/guide/", "would lead to itself"),
    ],
)
def test_a_redirect_that_cannot_work_is_refused(versions: Versions, old: str, new: str, said: str) -> None:
    before = versions.ledger("urls.lock")
    with pytest.raises(BadData, match=said):
        mend.redirect(versions.project.docs, Address.parse(old), Address.parse(new), versions.tree())
    assert versions.ledger("urls.lock") == before


def test_what_is_said_to_have_moved_must_really_lead_on(versions: Versions) -> None:
    pages = {name: text for name, text in PAGES.items() if name != "guide/index.html"}
    versions.publish(pages, files=FEED)
    mend.redirect(versions.project.docs, Address.parse("/guide/"), Address.parse("/facts/"))
    versions.publish(pages, files=FEED, lead_on=False)
    assert "built without what leads there" in only(versions)["/guide/"]


def test_a_page_that_is_back_must_lose_its_target(versions: Versions) -> None:
    mend.redirect(versions.project.docs, Address.parse("/guide/"), Address.parse("/facts/"))
    with pytest.raises(BadData, match="said to have moved, but it is there"):
        versions.publish(files=FEED)
    versions.publish(files=FEED, lead_on=False)
    assert "should lead to /facts/, and does not" in only(versions)["/guide/"]


def test_a_target_that_is_gone_is_found(versions: Versions) -> None:
    pages = {name: text for name, text in PAGES.items() if name != "guide/index.html"}
    mend.redirect(versions.project.docs, Address.parse("/guide/"), Address.parse("/facts/#nothing"))
    versions.publish(pages, files=FEED)
    assert "it leads to /facts/#nothing, and nothing is there" in only(versions)["/guide/"]


def git(folder: Path, *arguments: str) -> None:
    command = ["git", "-C", str(folder), "-c", "user.name=x", "-c", "user.email=x@example.org", *arguments]
    subprocess.run(command, check=True, capture_output=True)


@pytest.mark.parametrize("committed", [False, True])
def test_a_line_that_was_taken_out_is_an_error_also_when_that_is_the_last_commit(
    versions: Versions, committed: bool
) -> None:
    root, ledger = versions.project.root, versions.project.docs / "ledgers" / "urls.lock"
    git(root, "init", "--quiet")
    git(root, "add", "docs")
    git(root, "commit", "--quiet", "--message=one")
    assert promised.check(versions.tree(), versions.project.docs, root) == []
    ledger.write_text(ledger.read_text().replace("/feed.xml\n", ""))
    if committed:
        git(root, "commit", "--all", "--quiet", "--message=two")
    found = [one for one in promised.check(versions.tree(), versions.project.docs, root) if one.rule == "taken out"]
    assert [one.link for one in found] == ["/feed.xml"]
    assert "put the line back" in found[0].cure


def test_without_git_nothing_is_said_of_lines_taken_out(versions: Versions) -> None:
    assert promised.check(versions.tree(), versions.project.docs, versions.project.root) == []


def test_a_site_that_keeps_its_promises_passes_the_whole_gate(versions: Versions) -> None:
    guide = PAGES["guide/index.html"].replace("The steps", "Steps to take")
    facts = without(PAGES["facts/index.html"], '<li id="li-two">Two</li>')
    pages = {"index.html": PAGES["index.html"], "facts/index.html": facts, "how/index.html": guide}
    versions.publish(pages, files=FEED)
    versions.mend()
    versions.publish(pages, files=FEED)
    versions.keep()
    checked = gate.run(
        versions.project.site, SITE_URL, checks=[lambda tree: promised.check(tree, versions.project.docs)]
    )
    assert checked.findings == ()
    assert checked.code == 0


def test_the_gate_fails_on_a_broken_promise(versions: Versions) -> None:
    (versions.project.site / "feed.xml").unlink()
    checked = gate.run(
        versions.project.site, SITE_URL, checks=[lambda tree: promised.check(tree, versions.project.docs)]
    )
    assert checked.code == 1
    assert [finding.link for finding in checked.findings] == ["/feed.xml"]
    assert checked.findings[0].page == "docs/ledgers/urls.lock"
    assert checked.findings[0].line == 7
