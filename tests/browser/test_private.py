"""Nothing is refused by a page's policy, nothing is asked of others, and nothing is kept: the browser's own log."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest
from playwright.sync_api import Browser, BrowserContext, ViewportSize

from scripts.publish import policy
from scripts.server import Served, Server, running

DESK: ViewportSize = {"width": 1280, "height": 900}


class Log:
    """What a browser said about a context: complaints of its console, errors of scripts, addresses asked."""

    def __init__(self, context: BrowserContext) -> None:
        self.complaints: list[str] = []
        self.asked: list[str] = []
        context.on("console", lambda message: self._hear(message.type, message.text))
        context.on("weberror", lambda error: self.complaints.append(str(error.error)))
        context.on("request", lambda request: self.asked.append(request.url))

    def _hear(self, kind: str, text: str) -> None:
        if kind in ("error", "warning") and "404 (Not Found)" not in text:
            self.complaints.append(text)

    def elsewhere(self, address: str) -> list[str]:
        """The addresses that are not of this site."""
        host = "/".join(address.split("/")[:3]) + "/"
        return [url for url in self.asked if not url.startswith((host, "data:", "blob:"))]


def test_nothing_is_refused_or_asked_of_others_whatever_one_does(browser: Browser, site_address: str) -> None:
    context = browser.new_context(viewport=DESK, color_scheme="light")
    log = Log(context)
    page = context.new_page()
    page.goto(site_address + "guides/linkedin-web/")
    page.keyboard.press("Control+k")
    page.keyboard.type("private messages")
    page.locator(".oi-search li a").first.wait_for()
    page.keyboard.press("Escape")
    page.get_by_title("Change to dark").click()
    page.emulate_media(media="print")
    page.pdf()
    page.emulate_media(media="screen")
    page.set_viewport_size({"width": 390, "height": 844})
    page.get_by_role("button", name="Menu").click()
    page.keyboard.press("Escape")
    page.locator(".oi-figure a:visible").first.click()
    page.go_back()
    for name in ("no-such-page/", "compare/eu/", "newsletter/", "g/linkedin-web/", "c/meta-posts-eu/"):
        page.goto(site_address + name, wait_until="load")
        page.wait_for_timeout(200)  # a short address leads on
    assert log.complaints == []
    assert log.elsewhere(site_address) == []
    assert context.cookies() == []
    stored = page.evaluate("[...Object.keys(localStorage), ...Object.keys(sessionStorage)]")
    assert [name.rpartition(".")[2] for name in stored] == ["__palette"]
    assert page.evaluate("indexedDB.databases()") == []
    context.close()


def test_without_script_nothing_is_refused_or_asked_of_others(browser: Browser, site_address: str) -> None:
    context = browser.new_context(java_script_enabled=False)
    log = Log(context)
    page = context.new_page()
    for name in ("", "guides/facebook/", "compare/uk/", "no-such-page/", "g/linkedin-web/"):
        page.goto(site_address + name, wait_until="networkidle")
    assert log.complaints == []
    assert log.elsewhere(site_address) == []
    assert context.cookies() == []
    context.close()


ADDED = {
    "a script": "<script>document.title='stranger'</script>",
    "a handler": "<img src='x' alt='' onerror=\"document.title='stranger'\">",
    "a script of another site": "<script src='https://stranger.example/x.js'></script>",
    "a picture of another site": "<img src='https://stranger.example/x.png' alt=''>",
    "a style": "<style>body{display:none}</style>",
    "a style in an attribute": "<p style='color:red'>x</p>",
    "a frame": "<iframe src='https://stranger.example/'></iframe>",
    "another base": "<base href='https://stranger.example/'>",
}


@pytest.mark.parametrize("added", ADDED.values(), ids=ADDED)
def test_what_gets_into_a_finished_page_is_refused(
    browser: Browser, built_site: Path, tmp_path: Path, added: str
) -> None:
    shutil.copytree(built_site / "assets", tmp_path / "assets", ignore=shutil.ignore_patterns("generated"))
    text = (built_site / "index.html").read_text(encoding="utf-8")
    (tmp_path / "index.html").write_text(text.replace("</body>", f"{added}</body>"), encoding="utf-8")
    context = browser.new_context()
    log = Log(context)
    with running(Server(Served(tmp_path))) as server:
        page = context.new_page()
        page.goto(server.address, wait_until="networkidle")
        assert page.title() != "stranger"
        assert any("Content Security Policy" in said for said in log.complaints), log.complaints
    context.close()


def test_every_page_has_one_policy_and_sends_no_address_along(built_site: Path) -> None:
    mails = built_site / "kit"  # to be pasted into mails: their styles are inline, and nothing of them runs
    pages = [path for path in sorted(built_site.rglob("*.html")) if mails not in path.parents]
    assert len(pages) > 100
    for path in pages:
        text = path.read_text(encoding="utf-8")
        assert text.count('http-equiv="Content-Security-Policy"') == 1, path
        assert "unsafe" not in text.partition("Content-Security-Policy")[2].partition(">")[0], path
        assert '<meta name="referrer" content="no-referrer">' in text, path


def test_the_policy_names_the_scripts_and_styles_of_a_page_and_no_data() -> None:
    page = (
        '<meta charset="utf-8"><script>one()</script><script src="x.js"></script>'
        '<script type="application/ld+json">{}</script><style>p{}</style>'
    )
    rules = dict(rule.split(" ", 1) for rule in policy.policy(page).split("; "))
    assert rules["script-src"].count("sha256-") == 1
    assert rules["style-src"].count("sha256-") == 1
    assert policy.guarded(page).startswith('<meta charset="utf-8"><meta http-equiv="Content-Security-Policy"')
    with pytest.raises(policy.NoPlace):
        policy.guarded("<p>no head</p>")


def test_hosts_are_told_what_a_page_cannot_say_of_itself(built_site: Path) -> None:
    text = (built_site / "_headers").read_text(encoding="utf-8")
    for name in ("nosniff", "DENY", "frame-ancestors 'none'", "Permissions-Policy", "Strict-Transport-Security"):
        assert name in text
    assert text.startswith("/below/*\n")
    assert all(len(line) < 2000 for line in text.splitlines())
