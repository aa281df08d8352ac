"""The files that programs ask a site for: sitemap, robots.txt, llms.txt, security.txt, a calendar, CITATION.cff."""

from __future__ import annotations

import datetime as dt
import gzip
import json
import re
import tomllib
import urllib.request
from pathlib import Path

import jsonschema
import pytest
from hypothesis import given
from hypothesis import strategies as st
from lxml import etree  # type: ignore[import-untyped]
from ruamel.yaml import YAML
from selectolax.lexbor import LexborHTMLParser

from scripts.facts.changes import Change, changes, name
from scripts.facts.days import Day
from scripts.facts.load import load
from scripts.facts.resolve import Resolver
from scripts.project import Project
from scripts.publish import calendar, machines, page_days
from scripts.publish.linked_data import DATASET
from tests.conftest import SITE_URL, TODAY
from tests.facts import small
from tests.real import real_facts

S = "{http://www.sitemaps.org/schemas/sitemap/0.9}"
CFF = Path(__file__).parent.parent / "publish" / "cff-1.2.0.schema.json"


def test_the_sitemap_lists_every_page_that_may_be_found_and_no_other(built_site: Path) -> None:
    data = (built_site / "sitemap.xml").read_bytes()
    assert gzip.decompress((built_site / "sitemap.xml.gz").read_bytes()) == data
    listed = [node.text for node in etree.fromstring(data).iterfind(f"{S}url/{S}loc")]
    wanted = []
    for path in built_site.rglob("index.html"):
        head = LexborHTMLParser(path.read_text(encoding="utf-8").partition("</head>")[0])
        if not head.css("meta[name=robots]"):
            wanted.append(SITE_URL + path.relative_to(built_site).as_posix().removesuffix("index.html"))
    assert sorted(listed) == sorted(wanted)
    assert len(listed) == len(set(listed)) > 300


def test_dates_in_the_sitemap_come_from_the_facts_and_not_from_the_day_of_the_build(built_site: Path) -> None:
    root = etree.fromstring((built_site / "sitemap.xml").read_bytes())
    dated = {
        node.findtext(f"{S}loc").removeprefix(SITE_URL): node.findtext(f"{S}lastmod")
        for node in root.iterfind(f"{S}url")
    }
    facts = real_facts(TODAY)
    days = page_days.days(Resolver(facts))
    assert {page: date for page, date in dated.items() if date} == {page: day.isoformat() for page, day in days.items()}
    assert dated["about/privacy/"] is None
    assert dated["c/li-ms-ai-uk/"] == "2026-08-22"
    later = page_days.days(Resolver(real_facts(TODAY + dt.timedelta(days=700))))
    assert {page: day for page, day in later.items() if not page.startswith(("c/", "compare/"))} == {
        page: day for page, day in days.items() if not page.startswith(("c/", "compare/"))
    }


def test_one_new_check_changes_the_dates_of_the_pages_that_show_it_and_of_no_other(tmp_path: Path) -> None:
    before = page_days.days(Resolver(load(small.write(tmp_path / "a"), small.TODAY)))
    changed = small.edited("claims", "checked: 2026-08-22\n    from", "checked: 2026-10-01\n    from")
    after = page_days.days(Resolver(load(small.write(tmp_path / "b", **changed), small.TODAY)))
    moved = {page for page in after if after[page] != before[page]}
    assert {"", "policies/acme/", "compare/eu/", "c/ac-default-eu/"} <= moved
    assert {after[page] for page in moved} == {dt.date(2026, 10, 1)}
    assert not {"compare/us/", "timeline/", "guides/switch/", "c/ac-since/", "c/ac-default/"} & moved


def test_robots_may_read_everything_and_find_the_sitemap(built_site: Path) -> None:
    lines = (built_site / "robots.txt").read_text().splitlines()
    assert lines == ["User-agent: *", "Allow: /", "", f"Sitemap: {SITE_URL}sitemap.xml"]


def test_where_to_report_a_weakness_is_said_as_rfc_9116_asks(built_site: Path) -> None:
    text = (built_site / ".well-known" / "security.txt").read_text()
    fields = dict(line.split(": ", 1) for line in text.splitlines())
    assert set(fields) == {"Contact", "Expires", "Preferred-Languages", "Canonical"}
    assert re.match(r"(https://|mailto:)\S+$", fields["Contact"])
    expires = dt.datetime.fromisoformat(fields["Expires"].replace("Z", "+00:00"))
    assert 30 <= (expires.date() - TODAY).days <= 365
    assert fields["Canonical"] == f"{SITE_URL}.well-known/security.txt"


def test_the_contact_comes_from_one_setting_and_must_be_an_address(monkeypatch: pytest.MonkeyPatch) -> None:
    project = Project.here()
    monkeypatch.delenv("SECURITY_CONTACT", raising=False)
    assert project.security_contact() == f"{project.site_url()}about/corrections/"
    monkeypatch.setenv("SECURITY_CONTACT", "mailto:someone@example.org")
    assert machines.security(project.security_contact(), "https://s.example/", TODAY).startswith(
        "Contact: mailto:someone@example.org\n"
    )
    monkeypatch.setenv("SECURITY_CONTACT", "someone@example.org")
    with pytest.raises(ValueError, match=r"https://… or mailto:…"):
        project.security_contact()


def test_the_upload_takes_hidden_folders_along() -> None:
    workflow = (Project.here().root / ".github" / "workflows" / "ci.yml").read_text(encoding="utf-8")
    assert "include-hidden-files: true" in workflow, ".well-known/ would not be published"


def test_the_list_for_language_models_names_pages_that_exist(built_site: Path) -> None:
    text = (built_site / "llms.txt").read_text(encoding="utf-8")
    assert text.startswith("# Opted In\n\n> ")
    links = re.findall(r"^- \[.+?\]\((\S+)\)", text, re.MULTILINE)
    assert len(links) > 35 and len(set(links)) == len(links)
    for link in links:
        path = built_site / link.removeprefix(SITE_URL)
        assert (path / "index.html" if link.endswith("/") else path).is_file(), link
    assert re.findall(r"^## .+", text, re.MULTILINE)[:4] == [
        "## Start here", "## Guides: the way out", "## By region", "## By company",
    ]  # fmt: skip
    assert "/c/" not in text


def unfolded(data: bytes) -> list[str]:
    assert data.endswith(b"\r\n") and b"\n" not in data.replace(b"\r\n", b"")
    assert all(len(line) <= 75 for line in data.split(b"\r\n"))
    return data.decode().replace("\r\n ", "").removesuffix("\r\n").split("\r\n")


def test_the_calendar_has_every_dated_change_under_a_name_that_stays(built_site: Path) -> None:
    lines = unfolded((built_site / "calendar.ics").read_bytes())
    wanted = [change for change in changes(real_facts(TODAY)) if change.day.day]
    assert lines.count("BEGIN:VEVENT") == lines.count("END:VEVENT") == lines.count("BEGIN:VALARM") == len(wanted) > 40
    assert sorted(line.removeprefix("UID:") for line in lines if line.startswith("UID:")) == sorted(
        change.urn for change in wanted
    )
    stamps = sorted(line for line in lines if line.startswith("DTSTAMP:"))
    assert stamps == sorted(f"DTSTAMP:{change.updated.first:%Y%m%d}T000000Z" for change in wanted)
    assert "REFRESH-INTERVAL;VALUE=DURATION:P1D" in lines
    for line in lines:
        if line.startswith("URL:"):
            page, _, anchor = line.removeprefix(f"URL:{SITE_URL}").partition("#")
            assert f'id="{anchor}"' in (built_site / page / "index.html").read_text(encoding="utf-8")


@given(words=st.text(st.characters(exclude_categories=["Cs", "Cc"]), min_size=1, max_size=120))
def test_no_word_can_break_the_calendar(words: str) -> None:
    change = Change(
        id="e", urn=name("event", "e"), day=Day(2026, 1, 31), day_in_words="", updated=Day(2026, 2, 1), title=words,
        text=words, kind="other", platforms=("meta",), regions=("eu",), before=(), after=(), sources=(),
        evidence="read", page="timeline.md", anchor="e",
    )  # fmt: skip
    lines = unfolded(calendar.write([change], "https://s.example/"))
    (summary,) = [line.removeprefix("SUMMARY:") for line in lines if line.startswith("SUMMARY:")]
    assert re.sub(r"\\([\\;,])", r"\1", summary) == words
    assert "DTEND;VALUE=DATE:20260201" in lines
    assert [line for line in lines if line.startswith("BEGIN:")] == ["BEGIN:VCALENDAR", "BEGIN:VEVENT", "BEGIN:VALARM"]


def test_the_citation_file_is_valid_and_has_the_version_of_the_project() -> None:
    root = Project.here().root
    cited = YAML(typ="safe", pure=True).load((root / "CITATION.cff").read_text(encoding="utf-8"))
    schema = json.loads(CFF.read_text(encoding="utf-8"))
    validator = jsonschema.Draft7Validator(schema, format_checker=jsonschema.FormatChecker())
    assert not [error.message for error in validator.iter_errors(cited)]
    assert list(validator.iter_errors({**cited, "version": None})), "the schema refuses nothing"
    project = tomllib.loads((root / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    assert cited["version"] == project["version"]
    assert cited["title"] == DATASET
    assert " AND ".join(sorted(cited["license"], reverse=True)) == project["license"]
    assert f'"{cited["url"]}"' in (root / "mkdocs.yml").read_text(encoding="utf-8")


@pytest.mark.parametrize("page", ["", "guides/facebook/", "c/li-ms-ai-uk/", "g/facebook/", "feeds/all.atom"])
def test_what_a_mailer_adds_to_an_address_changes_nothing(site_address: str, page: str) -> None:
    def read(address: str) -> bytes:
        with urllib.request.urlopen(address) as answer:
            return bytes(answer.read())

    assert read(f"{site_address}{page}?utm_source=x&fbclid=y") == read(f"{site_address}{page}")


def test_no_script_of_ours_reads_the_query_but_the_one_that_takes_it_along(built_site: Path) -> None:
    ours = list((built_site / "assets").glob("*.js"))
    assert {"copy.js", "moved.js"} <= {path.name for path in ours}
    for path in ours:
        assert "location.search" not in path.read_text(encoding="utf-8") or path.name == "moved.js"


def test_no_link_of_ours_carries_a_tracking_parameter(built_site: Path) -> None:
    for path in built_site.rglob("*.html"):
        for link in LexborHTMLParser(path.read_bytes()).css("a[href]"):
            assert not re.search(r"[?&](utm_|fbclid|gclid)", link.attributes["href"] or ""), path
