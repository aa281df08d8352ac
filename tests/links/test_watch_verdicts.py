"""Every way in which an address can answer gets the right verdict, over real sockets."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from scripts.facts.link_health import VERDICTS, Checked, LinkHealth
from scripts.facts.outward import Outward
from scripts.links import watch
from scripts.links.watch_fetch import Fetcher, Hop, Seen
from scripts.links.watch_verdict import judge
from tests.links.hosts import CASES, HTML
from tests.links.internet import FakeClock, Internet, Reply, page, to


def look(address: str, fetcher: Fetcher, clock: FakeClock, health: LinkHealth | None = None) -> Checked:
    links = {address: Outward(address, {"source"}, ["s-one"], [])}
    run = watch.Run(health or LinkHealth())
    watch.run(links, fetcher, clock, run)
    return run.found[address]


@pytest.mark.parametrize("name", CASES)
def test_an_answer_gets_its_verdict(name: str, internet: Internet, fetcher: Fetcher, clock: FakeClock) -> None:
    verdict, make = CASES[name]
    entry = look(make(internet), fetcher, clock)
    assert entry.verdict == verdict, entry.detail


def test_the_matrix_has_every_verdict_that_one_look_can_give() -> None:
    assert {verdict for verdict, _ in CASES.values()} == set(VERDICTS) - {"changed"}
    assert len(CASES) >= 40


def test_words_that_changed_are_never_passed_over(
    internet: Internet, new_fetcher: Callable[[], Fetcher], clock: FakeClock
) -> None:
    other = page(words="From now on we do something else. " * 20)
    address = internet.add("policy.web.test", "/policy", page(), other)
    first = look(address, new_fetcher(), clock)
    clock.sleep(7 * 24 * 3600)
    second = look(address, new_fetcher(), clock, LinkHealth({address: first}))
    assert (first.verdict, second.verdict) == ("ok", "changed")


def test_a_menu_an_advert_and_a_script_may_change(
    internet: Internet, new_fetcher: Callable[[], Fetcher], clock: FakeClock
) -> None:
    words = "What we do with what you post is written here. " * 20
    shell = "<nav>{0}</nav><main><p>{1}</p><aside>{0}</aside><script>{0}</script></main><footer>{0}</footer>"
    replies = [Reply(200, shell.format(today, words), HTML) for today in ("Monday", "Tuesday")]
    address = internet.add("frame.web.test", "/policy", *replies)
    first = look(address, new_fetcher(), clock)
    clock.sleep(7 * 24 * 3600)
    second = look(address, new_fetcher(), clock, LinkHealth({address: first}))
    assert (second.verdict, second.text) == ("ok", first.text)


def test_nothing_that_a_foreign_server_says_gets_into_a_report(
    internet: Internet, fetcher: Fetcher, clock: FakeClock
) -> None:
    internet.add("evil.web.test", "/x", page("@everyone <script>alert(1)</script>"))
    address = internet.add("evil.web.test", "/policy", to("/x?a|b`c<d>@e", 301))
    internet.add("evil.web.test", "/x?a|b`c<d>@e", page("@everyone"))
    entry = look(address, fetcher, clock)
    assert "everyone" not in entry.model_dump_json()
    assert not set("|`<>") & set(entry.final or "")
    hops = (Hop(address, 301), Hop("https://evil.web.test/|`<b>", 200, {"content-type": "text/plain"}))
    assert judge(Seen(address, hops, b"x"), clock.now()).final == "https://evil.web.test/%7C%60%3Cb%3E"


def test_a_page_that_a_script_fills_has_no_words_to_compare(
    internet: Internet, new_fetcher: Callable[[], Fetcher], clock: FakeClock
) -> None:
    shell = "<title>Help</title><body><div id=app>Loading {0}</div><script>start()</script></body>"
    address = internet.add("shell.web.test", "/help", *(Reply(200, shell.format(one), HTML) for one in ("…", "...")))
    first = look(address, new_fetcher(), clock)
    clock.sleep(7 * 24 * 3600)
    second = look(address, new_fetcher(), clock, LinkHealth({address: first}))
    assert (first.text, second.verdict) == (None, "ok")
