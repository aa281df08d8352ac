"""The hosts of the simulated internet, what each does, and the verdict that it deserves."""

from __future__ import annotations

from collections.abc import Callable

from scripts.facts.link_health import Verdict
from tests.links.internet import Internet, Reply, page, to

HTML = {"Content-Type": "text/html"}
LOGIN = '<title>Log in</title><body><form><input type="password"></form><p>Log in to go on.</p></body>'
CASES: dict[str, tuple[Verdict, Callable[[Internet], str]]] = {}


def case(verdict: Verdict) -> Callable[[Callable[[Internet], str]], Callable[[Internet], str]]:
    """One host of the simulated internet, what it does, and the verdict that it deserves."""

    def enter(make: Callable[[Internet], str]) -> Callable[[Internet], str]:
        CASES[make.__name__] = (verdict, make)
        return make

    return enter


@case("ok")
def a_page(net: Internet) -> str:
    return net.add("fine.web.test", "/policy", page())


@case("ok")
def a_page_that_moved_for_today_only(net: Internet) -> str:
    net.add("temporary.web.test", "/today", page())
    return net.add("temporary.web.test", "/policy", to("/today", 302))


@case("ok")
def a_permanent_redirect_that_adds_a_slash(net: Internet) -> str:
    net.add("slash.web.test", "/policy/", page())
    return net.add("slash.web.test", "/policy", to("/policy/"))


@case("ok")
def a_long_article_about_pages_that_are_not_found(net: Internet) -> str:
    return net.add(
        "essay.web.test", "/essay", page("Page not found: why links die", "Links die for many reasons. " * 200)
    )


@case("ok")
def a_page_with_a_login_form_in_its_corner(net: Internet) -> str:
    words = "How you object, step by step, with all that you need to know about it. " * 20
    body = f'<title>Help</title><header><input type="password"></header><main><p>{words}</p></main>'
    return net.add("corner.web.test", "/help", Reply(200, body, HTML))


@case("ok")
def a_page_that_sends_back_whoever_has_no_cookie(net: Internet) -> str:
    first = Reply(302, "", {"Location": "/policy", "Set-Cookie": "seen=1"})
    return net.add("cookie.web.test", "/policy", first, page())


@case("ok")
def a_paper(net: Internet) -> str:
    return net.add(
        "paper.web.test", "/ruling.pdf", Reply(200, "%PDF-1.7 404 not found", {"Content-Type": "application/pdf"})
    )


@case("ok")
def a_home_page_that_redirects_to_a_language(net: Internet) -> str:
    net.add("home.web.test", "/en/", page())
    return net.add("home.web.test", "/", to("/en/", 302))


@case("moved")
def a_permanent_redirect(net: Internet) -> str:
    net.add("moved.web.test", "/new", page())
    return net.add("moved.web.test", "/old", to("/new"))


@case("moved")
def a_permanent_redirect_to_another_host(net: Internet) -> str:
    net.add("target.web.test", "/policy", page())
    return net.add("leaving.web.test", "/policy", to("https://target.web.test/policy", 308))


@case("moved")
def an_address_without_encryption_that_has_one_now(net: Internet) -> str:
    net.add("plain.web.test", "/policy", to("https://secured.web.test/policy"))
    net.add("secured.web.test", "/policy", page())
    return "http://plain.web.test/policy"


@case("soft 404")
def a_page_that_says_that_there_is_none(net: Internet) -> str:
    return net.add("soft.web.test", "/policy", page("Oops", "Sorry, the page you were looking for does not exist."))


@case("soft 404")
def a_title_that_says_404(net: Internet) -> str:
    return net.add("title.web.test", "/policy", page("404 | Acme", "Perhaps you like our news? " * 40))


@case("soft 404")
def a_missing_page_in_german(net: Internet) -> str:
    return net.add("deutsch.web.test", "/policy", page("Seite nicht gefunden", "Leider."))


@case("soft 404")
def a_redirect_to_the_home_page(net: Internet) -> str:
    net.add("homeward.web.test", "/", page("Acme"))
    return net.add("homeward.web.test", "/policies/2024/ai", to("/"))


@case("soft 404")
def a_redirect_to_the_home_page_of_a_language(net: Internet) -> str:
    net.add("tongue.web.test", "/en-us/", page("Acme"))
    return net.add("tongue.web.test", "/policies/ai", to("/en-us/", 302))


@case("gone")
def not_found(net: Internet) -> str:
    return net.add("missing.web.test", "/policy", Reply(404, "Not found"))


@case("gone")
def gone_for_ever(net: Internet) -> str:
    return net.add("forever.web.test", "/policy", Reply(410))


@case("gone")
def a_moved_page_that_is_missing_there(net: Internet) -> str:
    net.add("halfway.web.test", "/new", Reply(404))
    return net.add("halfway.web.test", "/old", to("/new"))


@case("gone")
def a_host_without_a_name(net: Internet) -> str:
    return "https://nowhere.web.test/policy"


@case("gone")
def a_redirect_in_a_circle(net: Internet) -> str:
    net.add("circle.web.test", "/b", to("/a", 302))
    return net.add("circle.web.test", "/a", to("/b", 302))


@case("gone")
def a_redirect_without_end(net: Internet) -> str:
    for number in range(20):
        net.add("endless.web.test", f"/{number}", to(f"/{number + 1}", 302))
    return "https://endless.web.test/0"


@case("blocked")
def forbidden(net: Internet) -> str:
    return net.add("forbidden.web.test", "/policy", Reply(403))


@case("blocked")
def the_answer_999(net: Internet) -> str:
    return net.add("linkedin.web.test", "/legal", Reply(999))


@case("blocked")
def a_bad_request_that_is_none(net: Internet) -> str:
    return net.add("meta.web.test", "/help", Reply(400))


@case("blocked")
def a_redirect_to_a_login_page(net: Internet) -> str:
    net.add("wall.web.test", "/login/", page("Welcome", "Welcome back. " * 100))
    return net.add("wall.web.test", "/help/contact/1", to("https://wall.web.test/login/?next=%2Fhelp", 302))


@case("blocked")
def a_redirect_to_another_host_that_asks_to_log_in(net: Internet) -> str:
    net.add("accounts.web.test", "/enter", page())
    return net.add("wall2.web.test", "/settings", to("https://accounts.web.test/enter", 302))


@case("blocked")
def a_page_that_is_only_a_door(net: Internet) -> str:
    return net.add("door.web.test", "/privacy/genai", Reply(200, LOGIN, HTML))


@case("blocked")
def a_challenge_for_people(net: Internet) -> str:
    return net.add("challenge.web.test", "/policy", page("Just a moment...", "Checking your browser."))


@case("blocked")
def a_challenge_with_an_error(net: Internet) -> str:
    return net.add("mitigated.web.test", "/policy", Reply(503, "", {"cf-mitigated": "challenge"}))


@case("blocked")
def a_site_that_wants_no_programs(net: Internet) -> str:
    net.add("robots.web.test", "/robots.txt", Reply(200, "User-agent: *\nDisallow: /", {"Content-Type": "text/plain"}))
    return net.add("robots.web.test", "/policy", page())


@case("blocked")
def a_redirect_to_where_no_programs_are_wanted(net: Internet) -> str:
    net.add("fence.web.test", "/robots.txt", Reply(200, "User-agent: *\nDisallow: /in", {"Content-Type": "text/plain"}))
    net.add("fence.web.test", "/in/side", page())
    return net.add("fence.web.test", "/policy", to("/in/side", 302))


@case("rate limited")
def too_many_requests_for_ever(net: Internet) -> str:
    return net.add("busy.web.test", "/policy", Reply(429))


@case("rate limited")
def too_many_requests_and_a_long_wait(net: Internet) -> str:
    return net.add("patience.web.test", "/policy", Reply(429, "", {"Retry-After": "86400"}))


@case("ok")
def too_many_requests_and_a_short_wait(net: Internet) -> str:
    return net.add("soon.web.test", "/policy", Reply(429, "", {"Retry-After": "90"}), page())


@case("ok")
def too_many_requests_until_a_date(net: Internet) -> str:
    date = "Sun, 22 Nov 2026 12:10:00 GMT"
    return net.add("until.web.test", "/policy", Reply(429, "", {"Retry-After": date}), page())


@case("ok")
def twice_a_busy_server_then_the_page(net: Internet) -> str:
    return net.add("twice.web.test", "/policy", Reply(503), Reply(503), page())


@case("ok")
def a_redirect_to_a_server_that_is_busy_once(net: Internet) -> str:
    net.add("once.web.test", "/there", Reply(503), page())
    return net.add("once.web.test", "/policy", to("/there", 302))


@case("timeout")
def a_server_that_fails(net: Internet) -> str:
    return net.add("failing.web.test", "/policy", Reply(500))


@case("timeout")
def no_answer_in_time(net: Internet) -> str:
    return net.add("stalled.web.test", "/policy", Reply(stall=True))


@case("timeout")
def a_connection_that_is_refused(net: Internet) -> str:
    net.refusing.add("refused.web.test")
    return "https://refused.web.test/policy"


@case("timeout")
def a_body_that_breaks_off(net: Internet) -> str:
    return net.add("cut.web.test", "/policy", Reply(200, "<p>Half", HTML, cut=True))


@case("TLS")
def a_certificate_that_is_over(net: Internet) -> str:
    return net.add("expired.web.test", "/policy", page())


@case("TLS")
def a_certificate_for_another_name(net: Internet) -> str:
    return net.add("stranger.web.test", "/policy", page())


@case("TLS")
def a_certificate_from_nobody_we_know(net: Internet) -> str:
    return net.add("unknown.web.test", "/policy", page())
