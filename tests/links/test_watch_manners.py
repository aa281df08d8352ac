"""The watch asks slowly, seldom, under its own name, and only where programs are wanted."""

from __future__ import annotations

import datetime as dt
import itertools
from collections.abc import Callable

import pytest

from scripts.facts.link_health import LinkHealth
from scripts.facts.outward import Outward
from scripts.links import watch, watch_robots
from scripts.links.watch_fetch import Fetcher
from scripts.links.watch_pace import retry_after
from tests.links.conftest import REPOSITORY
from tests.links.internet import START, FakeClock, Internet, Reply, page, to

TEXT = {"Content-Type": "text/plain"}
DAY = 24 * 3600


def links(*addresses: str) -> dict[str, Outward]:
    return {address: Outward(address, {"source"}, ["s-one"], []) for address in addresses}


def go(addresses: list[str], fetcher: Fetcher, clock: FakeClock, health: LinkHealth | None = None) -> watch.Run:
    run = watch.Run(health or LinkHealth())
    watch.run(links(*addresses), fetcher, clock, run)
    return run


def gaps(times: list[dt.datetime]) -> list[float]:
    return [(two - one).total_seconds() for one, two in itertools.pairwise(times)]


def test_no_host_is_asked_twice_within_a_second(internet: Internet, fetcher: Fetcher, clock: FakeClock) -> None:
    addresses = [internet.add(f"{host}.web.test", f"/{n}", page()) for host in ("one", "two") for n in range(5)]
    internet.add("one.web.test", "/hop", page())
    addresses.append(internet.add("one.web.test", "/redirects", to("/hop", 302)))
    go(addresses, fetcher, clock)
    assert len(internet.asked) == 12 + 2  # each page, the hop, and robots.txt of each host
    for host in ("one.web.test", "two.web.test"):
        assert min(gaps(internet.times(host))) >= 1


def test_hosts_take_turns_so_that_nobody_waits_in_vain(internet: Internet, fetcher: Fetcher, clock: FakeClock) -> None:
    addresses = [internet.add(f"{host}.web.test", f"/{n}", page()) for host in "abcd" for n in range(3)]
    go(addresses, fetcher, clock)
    assert (clock.now() - START).total_seconds() <= 6  # host after host, it would take twelve


def test_a_site_that_wants_more_time_gets_it(internet: Internet, fetcher: Fetcher, clock: FakeClock) -> None:
    internet.add("slow.web.test", "/robots.txt", Reply(200, "User-agent: *\nCrawl-delay: 7", TEXT))
    go([internet.add("slow.web.test", f"/{n}", page()) for n in range(3)], fetcher, clock)
    assert min(gaps(internet.times("slow.web.test"))[1:]) >= 7


def test_an_address_is_asked_once_a_day(
    internet: Internet, new_fetcher: Callable[[], Fetcher], clock: FakeClock
) -> None:
    address = internet.add("daily.web.test", "/policy", page())
    health = LinkHealth(go([address], new_fetcher(), clock).found)
    clock.sleep(DAY - 60)
    second = go([address], new_fetcher(), clock, health)
    assert (second.found, second.early) == ({}, [address])
    assert second.results(links(address)) == health.results
    clock.sleep(61)
    assert list(go([address], new_fetcher(), clock, health).found) == [address]
    assert min(gaps(internet.times("daily.web.test", "/policy"))) >= DAY


def test_an_address_that_others_lead_to_is_not_asked_again(
    internet: Internet, fetcher: Fetcher, clock: FakeClock
) -> None:
    end = internet.add("known.web.test", "/end", page())
    ways = [internet.add("known.web.test", f"/{name}", to("/end")) for name in ("before", "way")]
    run = go([ways[0], end, ways[1]], fetcher, clock)
    assert [run.found[address].verdict for address in (*ways, end)] == ["moved", "moved", "ok"]
    assert len(internet.times("known.web.test", "/end")) == 1


def test_an_address_that_failed_is_not_asked_again_either(
    internet: Internet, fetcher: Fetcher, clock: FakeClock
) -> None:
    end = internet.add("stalled.web.test", "/end", Reply(stall=True))
    way = internet.add("stalled.web.test", "/way", to("/end"))
    run = go([end, way], fetcher, clock)
    assert {entry.verdict for entry in run.found.values()} == {"timeout"}
    assert len(internet.times("stalled.web.test", "/end")) == 1


def test_a_circle_of_redirects_is_left_at_once(internet: Internet, fetcher: Fetcher, clock: FakeClock) -> None:
    internet.add("circle.web.test", "/b", to("/a", 302))
    go([internet.add("circle.web.test", "/a", to("/b", 302))], fetcher, clock)
    assert [one.path for one in internet.asked] == ["/robots.txt", "/a", "/b"]


def test_a_busy_server_is_left_alone_longer_each_time(internet: Internet, fetcher: Fetcher, clock: FakeClock) -> None:
    go([internet.add("busy.web.test", "/policy", Reply(429))], fetcher, clock)
    waited = gaps(internet.times("busy.web.test", "/policy"))
    assert len(waited) == 3
    assert all(wait >= rung for wait, rung in zip(waited, (60, 300, 1500), strict=True))


@pytest.mark.parametrize("status", [429, 503])
def test_a_server_that_names_a_time_is_taken_at_its_word(
    status: int, internet: Internet, fetcher: Fetcher, clock: FakeClock
) -> None:
    busy = Reply(status, "", {"Retry-After": "600"})
    addresses = [internet.add("word.web.test", "/a", busy, page()), internet.add("word.web.test", "/b", page())]
    go(addresses, fetcher, clock)
    assert gaps(internet.times("word.web.test", "/a"))[0] >= 600
    assert min(gaps(internet.times("word.web.test"))[1:]) >= 1
    later = internet.times("word.web.test", "/b")[0] - internet.times("word.web.test", "/a")[0]
    assert later.total_seconds() >= 600  # its other pages wait as well


def test_others_are_asked_while_a_busy_server_is_left_alone(
    internet: Internet, fetcher: Fetcher, clock: FakeClock
) -> None:
    busy = internet.add("busy.web.test", "/policy", Reply(503), page())
    others = [internet.add(f"other{n}.web.test", "/policy", page()) for n in range(3)]
    go([busy, *others], fetcher, clock)
    assert max(internet.times(f"other{n}.web.test")[-1] for n in range(3)) < internet.times("busy.web.test")[-1]


def test_a_server_that_wants_days_is_asked_again_after_days(
    internet: Internet, new_fetcher: Callable[[], Fetcher], clock: FakeClock
) -> None:
    address = internet.add("days.web.test", "/policy", Reply(429, "", {"Retry-After": str(3 * DAY)}))
    health = LinkHealth(go([address], new_fetcher(), clock).found)
    assert health.results[address].verdict == "rate limited"
    clock.sleep(2 * DAY)
    assert go([address], new_fetcher(), clock, health).early == [address]
    clock.sleep(DAY)
    assert list(go([address], new_fetcher(), clock, health).found) == [address]


def test_the_watch_says_who_it_is_in_every_request(internet: Internet, fetcher: Fetcher, clock: FakeClock) -> None:
    go(
        [internet.add("who.web.test", "/policy", to("/there")), internet.add("who.web.test", "/there", page())],
        fetcher,
        clock,
    )
    assert len(internet.asked) == 3
    assert all(REPOSITORY in one.agent and "LinkChecker" in one.agent for one in internet.asked)


def test_a_page_that_programs_may_not_read_is_not_asked(internet: Internet, fetcher: Fetcher, clock: FakeClock) -> None:
    internet.add("robots.web.test", "/robots.txt", Reply(200, "User-agent: *\nDisallow: /private", TEXT))
    addresses = [internet.add("robots.web.test", path, page()) for path in ("/private/a", "/private/b", "/public")]
    run = go(addresses, fetcher, clock)
    assert [run.found[address].verdict for address in addresses] == ["blocked", "blocked", "ok"]
    assert [one.path for one in internet.asked] == ["/robots.txt", "/public"]


@pytest.mark.parametrize(("status", "asked"), [(404, True), (410, True), (401, False), (403, False), (503, False)])
def test_a_site_without_rules_lets_us_in_and_one_that_hides_them_does_not(
    status: int, asked: bool, internet: Internet, fetcher: Fetcher, clock: FakeClock
) -> None:
    internet.add("rules.web.test", "/robots.txt", Reply(status))
    go([internet.add("rules.web.test", "/policy", page())], fetcher, clock)
    assert bool(internet.times("rules.web.test", "/policy")) is asked


def test_rules_that_have_moved_are_followed(internet: Internet, fetcher: Fetcher, clock: FakeClock) -> None:
    internet.add("new.web.test", "/robots.txt", Reply(200, "User-agent: *\nDisallow: /", TEXT))
    internet.add("old.web.test", "/robots.txt", to("https://new.web.test/robots.txt"))
    run = go([internet.add("old.web.test", "/policy", page())], fetcher, clock)
    assert [entry.verdict for entry in run.found.values()] == ["blocked"]


@pytest.mark.parametrize(
    ("text", "path", "allowed"),
    [
        ("", "/a", True),
        ("User-agent: *\nDisallow:", "/a", True),
        ("User-agent: *\nDisallow: /", "/a", False),
        ("User-agent: *\nDisallow: /\nAllow: /open", "/open/a", True),
        ("User-agent: *\nAllow: /\nDisallow: /a", "/a", False),
        ("User-agent: *\nDisallow: /a\nAllow: /a", "/a", True),
        ("User-agent: *\nDisallow: /*.pdf$", "/x/y.pdf", False),
        ("User-agent: *\nDisallow: /*.pdf$", "/x/y.pdf.html", True),
        ("User-agent: *\nDisallow: /*?", "/x?y=1", False),
        ("User-agent: *\nDisallow: /*?", "/x", True),
        ("User-agent: *\nDisallow: /caf%C3%A9", "/café", False),
        ("User-agent: Other\nDisallow: /", "/a", True),
        ("User-agent: Other\nUser-agent: *\nDisallow: /", "/a", False),
        ("User-agent: *\nDisallow: /\n\nUser-agent: optedinlinkwatch\nDisallow: /b", "/a", True),
        ("User-agent: *\nAllow: /\n\nUser-agent: LinkChecker\nDisallow: /", "/a", False),
        ("# all\nUSER-AGENT: *  # any\nDISALLOW: /a # this", "/a", False),
        ("Disallow: /", "/a", True),
        ("User-agent: *\n\nDisallow: /", "/a", False),
        ("Sitemap: https://a.example/\nUser-agent: *\nCrawl-delay: x\nDisallow: /", "/a", False),
    ],
)
def test_rules_mean_what_the_standard_says(text: str, path: str, allowed: bool) -> None:
    rules = watch_robots.parse(text, ("OptedInLinkWatch", "LinkChecker"))
    assert rules.allow(f"https://a.example{path}") is allowed


@pytest.mark.parametrize(
    ("value", "seconds"),
    [
        (None, None),
        ("120", 120),
        (" 5 ", 5),
        ("Sun, 22 Nov 2026 12:01:00 GMT", 60),
        ("Sun, 22 Nov 2026 11:00:00 GMT", 0),
        ("soon", None),
        ("", None),
        ("-5", None),
    ],
)
def test_the_time_that_a_server_names_is_understood(value: str | None, seconds: float | None) -> None:
    assert retry_after(value, START) == seconds
