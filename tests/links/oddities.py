"""What looks wrong to a careless checker, and is legal and works."""

from __future__ import annotations

import json

from tests.links.trees import SITE_URL, Case, a, atom, link_to, refresh

ODDITIES = [
    Case("top", a("#top") + a("../good/#TOP") + a("../good/#top")),
    Case(
        "text-fragments", a("../good/#:~:text=nobody%20reads") + a("../good/#there:~:text=this-,but%20the,checker,-:")
    ),
    Case("text-fragment-elsewhere", a("https://other.example/#:~:text=anything")),
    Case("encoded-id", '<p id="café">x</p>' + a("#caf%C3%A9") + a("#café")),
    Case("percent-in-id", a("../good/#Caf%C3%A9") + a("../good/#Caf%25C3%25A9")),
    Case("signs-in-ids", '<p id="a+b"></p><p id="a:b"></p><p id="a.b"></p>' + a("#a+b") + a("#a:b") + a("#a.b")),
    Case("name", '<a name="old"></a>' + a("#old")),
    Case("query", a("../good/?q=1&amp;r=2#there") + a("?q=1")),
    Case(
        "home",
        a("..") + a("../") + a("../.") + a("/below/") + a("./") + a(SITE_URL) + a("https://OPTED-IN.example/below/"),
    ),
    Case("with-file-name", a("../good/index.html#there")),
    Case("dots", a("../good/../good/./")),
    Case("spaces", '<a href=" ../good/ ">x</a><a href="../good/\n">y</a>'),
    Case("space-in-name", a("../a%20file.txt") + a("../a file.txt"), files={"a file.txt": "x"}),
    Case("other-schemes", a("tel:+4930123") + a("sms:+4930123") + a("data:text/plain,x") + a("geo:1,2")),
    Case(
        "mail",
        a("mailto:a@example.org?subject=Hi%20there")
        + a("mailto:a@example.org,b@example.org")
        + a("mailto:?subject=x&amp;body=y"),
    ),
    Case(
        "elsewhere", a("https://other.example/nowhere") + a("//other.example/x") + a("https://opted-in.example/other/")
    ),
    Case("no-link", "<a>x</a><a id='only'>y</a><form><button>x</button></form>"),
    Case("commented", "<!-- <a href='nowhere'>x</a> --><pre><code>&lt;a href='nowhere'&gt;</code></pre>"),
    Case("template-of-address", "<p>https://opted-in.example/below/{id}/ and x@opted-in.example/below/nowhere</p>"),
    Case("hidden-words", f'<p data-note="see {SITE_URL}nowhere/">x</p>'),
    Case("words", f"<p>See {SITE_URL}good/#there, opted-in.example/below/good. (opted-in.example/below/good/)</p>"),
    Case(
        "data-pictures",
        '<img src="data:image/gif;base64,R0lGODlhAQA=" alt="" srcset="data:image/gif;base64,AA 1x, ../pic.svg 2x">',
    ),
    Case(
        "srcset-commas",
        '<img src="../pic.svg" srcset="../pic.svg, ../pic.svg?a,b 2x" sizes="(min-width: 1em) 2em, 1em" alt="">',
    ),
    Case(
        "styles",
        head=link_to("a.css", "stylesheet"),
        files={
            "styles/a.css": '@charset "utf-8"; @namespace url(http://www.w3.org/1999/xhtml);'
            " /* url(no.png) */ p { background: url( '../pic.svg' ); mask: url(#shape);"
            " fill: url(\"data:image/svg+xml,<svg id='(a)'/>\") }"
        },
    ),
    Case("empty-style", head=link_to("a.css", "stylesheet"), files={"empty-style/a.css": ""}),
    Case(
        "hints",
        head='<link rel="preconnect" href="https://other.example"><link rel="dns-prefetch" href="//other.example">',
    ),
    Case(
        "drawing", '<svg><use href="../pic.svg#shape"/><use href="#own"/><path id="own"/><path fill="url(#own)"/></svg>'
    ),
    Case(
        "parts-of-files", a("../file.pdf#page=2") + a("../feed.json#/items") + a("../pic.svg#svgView(viewBox(0,0,1,1))")
    ),
    Case("hidden-but-public", a("../.well-known/security.txt")),
    Case("base-here", a("good/") + a("good/#there"), head='<base href="../">'),
    Case("same-page-by-name", a("../same-page-by-name/#it") + '<p id="it"></p>'),
    Case("reload", head='<meta http-equiv="refresh" content="300">'),
    Case(
        "plain-redirect",
        f"{a('../good/')}",
        head=refresh("../good/")
        + f'<link rel="canonical" href="{SITE_URL}good/"><meta name="robots" content="noindex">',
        redirect=True,
    ),
    Case("nofollow", a("../good/"), head='<meta name="robots" content="noindex, nofollow">'),
    Case("map", '<img src="../pic.svg" usemap="#m" alt=""><map name="m" id="m"><area href="../good/" alt=""></map>'),
    Case(
        "atom",
        head=link_to("a.xml", "alternate"),
        files={
            "atom/a.xml": atom(
                "<id>tag:opted-in.example,2026:x</id><link rel='self' href='a.xml'/>"
                "<entry><id>https://opted-in.example/below/never-a-page</id>"
                "<link href='../good/#there'/><content type='html'>&lt;a href='../good/'></content></entry>"
            )
        },
    ),
    Case(
        "search-description",
        head=link_to("a.xml", "search"),
        files={"search-description/a.xml": f'<O xmlns="x"><Url template="{SITE_URL}?q={{x}}"/></O>'},
    ),
    Case(
        "json",
        files={
            "json/a.json": json.dumps(
                {"a": "http://other.example/x", "b": SITE_URL, "c": "https://opted-in.example/below/ is it", "d": ""}
            )
        },
    ),
    Case("table", files={"table/a.csv": f"name,address,day\nx,{SITE_URL}good/#there,2026-11-22\n"}),
    Case("calendar", files={"calendar/a.ics": f"URL:{SITE_URL}go\r\n od/#there\r\n"}),
    Case("minified", "<p id=bare>x<a href=#bare>y</a><a href=../good/>z</a>"),
    Case("capital-tags", '<A HREF="../good/">x</A><IMG SRC="../Big.PNG" ALT="">'),
    Case("noscript", '<noscript><img src="../pic.svg" alt=""></noscript>'),
    Case("entity", '<a href="../good/&#35;there">x</a><a href="&#x2e;&#x2e;/good/">y</a>'),
]
