"""Fetching from a real web server on this machine: politeness, limits, guards, and what is kept and reported."""

import gzip
import io
import json
import time
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path

import pytest
import yaml
from reportlab.pdfgen import canvas
from typer.testing import CliRunner

from strategybot.cli import app
from strategybot.errors import ConfigurationError
from strategybot.reading import read_document
from strategybot.schema import Metadata
from strategybot.sourcing.entries import Entry
from strategybot.sourcing.exchange import Limits
from strategybot.sourcing.guarding import Guard
from strategybot.sourcing.report import Outcome, SyncReport
from strategybot.sourcing.sync import Network, sync_sources
from strategybot.sourcing.update import Places, SyncOptions
from tests.publisher import Answer, Asked, Publisher, open_publisher

QUICK = Limits(interval_s=0, backoff_s=0.01, read_s=5, connect_s=5, download_s=10, longest_wait_s=2)
WORDS = "The Business Growth Fund gives firms in West Yorkshire a share of what new machines cost them."


def page(*paragraphs: str, title: str = "Business Growth Fund", head: str = "") -> bytes:
    body = "".join(f"<p>{text}</p>" for text in paragraphs)
    return (
        f"<!doctype html><html><head><meta charset=utf-8><title>{title}</title>{head}</head>"
        f"<body><main><h1>{title}</h1>{body}</main></body></html>"
    ).encode()


class Office:
    """Someone who syncs from one publisher."""

    def __init__(self, publisher: Publisher, folder: Path) -> None:
        self.publisher = publisher
        self.places = Places(folder / "originals", folder / "sync", digests=folder / "corpus")
        self.guard = Guard(private_hosts=frozenset({"127.0.0.1"}), ports=frozenset({publisher.port}))
        self.entries: list[Entry] = []
        self.limits = QUICK

    def list_source(self, name: str, path: str, *, links: str | None = None, **known: object) -> None:
        url = path if ":" in path else self.publisher.url(path)
        metadata = Metadata.model_validate({"id": name, "title": name.title(), **known})
        self.entries.append(Entry(url=url, links=links, metadata=metadata))

    def sync(self, options: SyncOptions | None = None, **changes: object) -> SyncReport:
        network = Network(self.guard, self.limits)
        return sync_sources(self.entries, places=self.places, network=network, options=options, **changes)  # type: ignore[arg-type]  # only `tell` is passed

    def sync_one(self, options: SyncOptions | None = None) -> Outcome:
        (outcome,) = self.sync(options).outcomes
        return outcome

    def file(self, name: str) -> Path:
        return self.places.originals / name


@pytest.fixture
def publisher() -> Iterator[Publisher]:
    with open_publisher() as publisher:
        yield publisher


@pytest.fixture
def office(publisher: Publisher, tmp_path: Path) -> Office:
    return Office(publisher, tmp_path)


@pytest.fixture
def fund(office: Office) -> Office:
    """One source with one page."""
    office.publisher.pages["/fund"] = Answer(page(WORDS))
    office.list_source("fund", "/fund", kind="support-scheme", licence="OGL 3.0")
    return office


def in_turn(*answers: Answer) -> Callable[[Asked], Answer]:
    """Give one answer after the other, and then the last one for ever."""
    left = list(answers)
    return lambda _asked: left.pop(0) if len(left) > 1 else left[0]


def test_a_page_is_kept_byte_for_byte_with_what_is_known_about_it(fund: Office) -> None:
    outcome = fund.sync_one()

    assert (outcome.id, outcome.verdict, outcome.file) == ("fund--original", "new", "fund--original.html")
    assert fund.file("fund--original.html").read_bytes() == page(WORDS)
    document = read_document(fund.file("fund--original.html"))
    assert document.metadata.id == "fund--original"
    assert document.metadata.form == "original"
    assert (document.metadata.kind, document.metadata.licence) == ("support-scheme", "OGL 3.0")
    assert document.metadata.source_url == fund.publisher.url("/fund")


def test_the_digest_says_what_the_list_does_not_but_its_note_stays_its_own(fund: Office) -> None:
    digests = fund.places.digests
    assert digests
    digests.mkdir()
    (digests / "fund.md").write_text(
        "---\nid: fund\ntitle: Digest\nform: digest\nkind: news\narea: [Leeds]\nnote: ours\n---\n\n# Digest\n\nWords.\n"
    )

    fund.sync()

    metadata = read_document(fund.file("fund--original.html")).metadata
    assert metadata.area == ("Leeds",)
    assert (metadata.kind, metadata.title, metadata.note) == ("support-scheme", "Fund", None)


def test_a_user_agent_with_a_contact_is_sent_and_no_cookie_comes_back(fund: Office) -> None:
    fund.limits = replace(QUICK, contact="data@example.org")
    fund.publisher.pages["/fund"] = Answer(page(WORDS), headers={"Set-Cookie": "visitor=1"})

    fund.sync()
    fund.sync(SyncOptions(force=True))

    assert all(a.headers["user-agent"].startswith("strategybot/") for a in fund.publisher.asked)
    assert all("(+data@example.org)" in a.headers["user-agent"] for a in fund.publisher.asked)
    assert not any("cookie" in a.headers for a in fund.publisher.asked)


@pytest.mark.parametrize(
    ("sent", "asked"),
    [
        ({"ETag": '"one"'}, ("if-none-match", '"one"')),
        ({"Last-Modified": "Tue, 01 Sep 2026 10:00:00 GMT"}, ("if-modified-since", "Tue, 01 Sep 2026 10:00:00 GMT")),
    ],
)
def test_what_has_not_changed_is_not_sent_again(fund: Office, sent: dict[str, str], asked: tuple[str, str]) -> None:
    fund.publisher.pages["/fund"] = lambda request: (
        Answer(status=304) if request.headers.get(asked[0]) == asked[1] else Answer(page(WORDS), headers=sent)
    )

    first, second = fund.sync_one(), fund.sync_one()

    assert (first.verdict, second.verdict) == ("new", "unchanged")
    assert fund.publisher.asked[-1].headers[asked[0]] == asked[1]
    assert fund.file("fund--original.html").read_bytes() == page(WORDS)


def test_a_file_that_was_deleted_is_fetched_whole_again(fund: Office) -> None:
    fund.publisher.pages["/fund"] = lambda request: (
        Answer(status=304) if "if-none-match" in request.headers else Answer(page(WORDS), headers={"ETag": '"one"'})
    )
    fund.sync()
    fund.file("fund--original.html").unlink()

    fund.sync()

    assert fund.file("fund--original.html").exists()


def test_robots_txt_is_obeyed_and_asked_once(fund: Office) -> None:
    fund.publisher.pages["/robots.txt"] = Answer(
        b"User-agent: strategybot\nDisallow: /fund\n", content_type="text/plain"
    )
    fund.list_source("open", "/open")
    fund.publisher.pages["/open"] = Answer(page(WORDS))

    report = fund.sync()

    assert [o.verdict for o in report.outcomes] == ["refused", "new"]
    assert "robots.txt" in (report.outcomes[0].reason or "")
    assert [a.path for a in fund.publisher.asked] == ["/robots.txt", "/open"]
    assert not report.has_failed


@pytest.mark.parametrize(("status", "verdict"), [(404, "new"), (403, "new"), (500, "failed"), (503, "failed")])
def test_without_robots_txt_all_is_allowed_but_not_when_the_server_is_ill(
    fund: Office, status: int, verdict: str
) -> None:
    fund.publisher.pages["/robots.txt"] = Answer(b"", status)

    assert fund.sync_one().verdict == verdict


def test_requests_to_a_host_keep_their_distance_and_a_longer_crawl_delay_counts(fund: Office) -> None:
    fund.publisher.pages["/robots.txt"] = Answer(b"User-agent: *\nCrawl-delay: 0.3\n", content_type="text/plain")
    fund.list_source("again", "/fund")
    fund.limits = replace(QUICK, interval_s=0.1)

    before = time.monotonic()
    fund.sync()

    assert 0.6 <= time.monotonic() - before < 5  # robots.txt, page, page: two pauses


def test_too_many_requests_waits_as_long_as_the_server_asks(fund: Office) -> None:
    busy = Answer(b"", 429, {"Retry-After": "1"})
    fund.publisher.pages["/fund"] = in_turn(busy, Answer(page(WORDS)))

    before = time.monotonic()
    outcome = fund.sync_one()

    assert outcome.verdict == "new"
    assert time.monotonic() - before >= 1


def test_a_server_that_asks_for_a_long_wait_is_left_alone(fund: Office) -> None:
    fund.publisher.pages["/fund"] = Answer(b"", 429, {"Retry-After": "3600"})

    outcome = fund.sync_one()

    assert (outcome.verdict, fund.publisher.paths()) == ("failed", ["/fund"])
    assert "3600 s" in (outcome.reason or "")


def test_a_passing_failure_is_tried_again_and_a_lasting_one_four_times(fund: Office) -> None:
    fund.publisher.pages["/fund"] = in_turn(Answer(b"", 503), Answer(page(WORDS)))
    fund.list_source("ill", "/ill")
    fund.publisher.pages["/ill"] = Answer(b"", 502)

    report = fund.sync()

    assert [o.verdict for o in report.outcomes] == ["new", "failed"]
    assert fund.publisher.paths().count("/ill") == 4
    assert report.has_failed


def test_a_host_that_is_down_stops_no_other(fund: Office) -> None:
    fund.guard = replace(fund.guard, ports=fund.guard.ports | {1})
    fund.entries.insert(
        0,
        fund.entries[0].model_copy(
            update={"url": "http://127.0.0.1:1/x", "metadata": Metadata(id="down", title="Down")}
        ),
    )

    assert [o.verdict for o in fund.sync().outcomes] == ["failed", "new"]


@pytest.mark.parametrize(
    "url",
    ["file:///etc/passwd", "gopher://127.0.0.1/", "ftp://127.0.0.1/x", "http://user:secret@127.0.0.1/", "http:///x"],
)
def test_only_plain_web_addresses_are_fetched(office: Office, url: str) -> None:
    office.list_source("odd", url)

    assert office.sync_one().verdict == "failed"
    assert office.publisher.asked == []


@pytest.mark.parametrize(
    "host", ["localhost", "127.0.0.1", "2130706433", "0x7f.1", "[::1]", "[::ffff:127.0.0.1]", "0.0.0.0"]
)
def test_private_addresses_are_refused_however_they_are_written(fund: Office, host: str) -> None:
    fund.guard = replace(fund.guard, private_hosts=frozenset())
    fund.entries = []
    fund.list_source("inside", fund.publisher.url("/fund", host))

    outcome = fund.sync_one()

    assert outcome.verdict == "failed"
    assert "not public" in (outcome.reason or "")
    assert fund.publisher.asked == []


def test_a_name_that_changes_its_address_leads_nowhere_else(fund: Office) -> None:
    answers = iter([["127.0.0.1"], ["127.0.0.1"], ["10.0.0.1"]])
    fund.guard = Guard(frozenset({"fund.example"}), fund.guard.ports, lambda _host, _port: next(answers))
    fund.entries = []
    fund.list_source("named", fund.publisher.url("/fund", "fund.example"))

    outcome = fund.sync_one()

    assert outcome.verdict == "new"
    assert {a.headers["host"] for a in fund.publisher.asked} == {f"fund.example:{fund.publisher.port}"}


def test_a_name_with_one_private_address_among_public_ones_is_refused(fund: Office) -> None:
    fund.guard = Guard(frozenset(), fund.guard.ports, lambda _host, _port: ["93.184.216.34", "127.0.0.1"])
    fund.entries = []
    fund.list_source("named", fund.publisher.url("/fund", "fund.example"))

    assert "127.0.0.1" in (fund.sync_one().reason or "")
    assert fund.publisher.asked == []


def test_other_ports_are_refused(fund: Office) -> None:
    fund.guard = replace(fund.guard, ports=frozenset())

    assert f"port {fund.publisher.port}" in (fund.sync_one().reason or "")
    assert fund.publisher.asked == []


def test_a_redirect_is_followed_and_a_redirect_inwards_is_not(fund: Office) -> None:
    fund.publisher.pages["/old"] = Answer(status=301, headers={"Location": "/fund"})
    fund.publisher.pages["/trap"] = Answer(
        status=302, headers={"Location": f"http://localhost:{fund.publisher.port}/fund"}
    )
    fund.publisher.pages["/file"] = Answer(status=302, headers={"Location": "file:///etc/passwd"})
    fund.entries = []
    for name in ("old", "trap", "file"):
        fund.list_source(name, f"/{name}")

    report = fund.sync()

    assert [o.verdict for o in report.outcomes] == ["new", "failed", "failed"]
    assert "not public" in (report.outcomes[1].reason or "")
    assert fund.publisher.paths() == ["/old", "/fund", "/trap", "/file"]


def test_redirects_in_a_circle_or_without_end_are_given_up(office: Office) -> None:
    office.publisher.pages["/a"] = Answer(status=302, headers={"Location": "/b"})
    office.publisher.pages["/b"] = Answer(status=302, headers={"Location": "/a"})
    for number in range(9):
        office.publisher.pages[f"/{number}"] = Answer(status=302, headers={"Location": f"/{number + 1}"})
    office.list_source("circle", "/a")
    office.list_source("endless", "/0")

    reasons = [o.reason or "" for o in office.sync().outcomes]

    assert "circle" in reasons[0]
    assert "more than 5" in reasons[1]
    assert len(office.publisher.paths()) == 2 + 6


def test_a_redirect_to_another_host_asks_that_hosts_robots_txt(fund: Office) -> None:
    with open_publisher() as other:
        other.pages["/robots.txt"] = Answer(b"User-agent: *\nDisallow: /\n", content_type="text/plain")
        fund.guard = replace(fund.guard, ports=fund.guard.ports | {other.port})
        fund.publisher.pages["/fund"] = Answer(status=302, headers={"Location": other.url("/fund")})

        assert fund.sync_one().verdict == "refused"
        assert other.paths() == []


def test_what_is_too_large_is_not_kept_whether_it_says_so_or_not(fund: Office) -> None:
    fund.limits = replace(QUICK, largest_bytes=10_000)
    fund.publisher.pages["/fund"] = Answer(page("word " * 5000))

    outcome = fund.sync_one()

    assert (outcome.verdict, fund.places.originals.exists()) == ("failed", False)
    assert "larger than 0.01 MB" in (outcome.reason or "")
    assert not list((fund.places.state / "parts").glob("*"))


def test_a_small_body_that_unpacks_to_a_huge_one_is_not_kept(fund: Office) -> None:
    fund.limits = replace(QUICK, largest_bytes=1_000_000)
    bomb = gzip.compress(b"0" * 50_000_000)
    fund.publisher.pages["/fund"] = Answer(bomb, headers={"Content-Encoding": "gzip"})

    assert len(bomb) < 1_000_000
    assert "larger than 1 MB" in (fund.sync_one().reason or "")


def test_a_packed_page_is_kept_unpacked(fund: Office) -> None:
    fund.publisher.pages["/fund"] = Answer(gzip.compress(page(WORDS)), headers={"Content-Encoding": "gzip"})

    fund.sync()

    assert fund.file("fund--original.html").read_bytes() == page(WORDS)


def test_a_body_that_breaks_off_is_gone_on_with(fund: Office) -> None:
    whole = page(*(f"{number}. {WORDS}" for number in range(200)))

    def answer(asked: Asked) -> Answer:
        headers = {"ETag": '"whole"'}
        if "range" not in asked.headers:
            return Answer(whole, headers=headers, cut=7000)
        assert asked.headers["if-range"] == '"whole"'
        begin = int(asked.headers["range"].removeprefix("bytes=").rstrip("-"))
        span = {"Content-Range": f"bytes {begin}-{len(whole) - 1}/{len(whole)}"}
        return Answer(whole[begin:], 206, headers | span)

    fund.publisher.pages["/fund"] = answer

    assert fund.sync_one().verdict == "new"
    assert fund.file("fund--original.html").read_bytes() == whole
    assert len(fund.publisher.paths()) == 2


def test_a_body_that_broke_off_in_one_sync_is_gone_on_with_in_the_next(fund: Office) -> None:
    whole = page(WORDS * 100)
    fund.limits = replace(QUICK, tries=1)
    fund.publisher.pages["/fund"] = Answer(whole, headers={"ETag": '"whole"'}, cut=5000)
    assert fund.sync_one().verdict == "failed"
    assert not fund.file("fund--original.html").exists()

    fund.publisher.pages["/fund"] = lambda asked: (
        Answer(whole[5000:], 206, {"ETag": '"whole"', "Content-Range": f"bytes 5000-{len(whole) - 1}/{len(whole)}"})
        if asked.headers.get("range") == "bytes=5000-"
        else Answer(b"", 500)
    )

    assert fund.sync_one().verdict == "new"
    assert fund.file("fund--original.html").read_bytes() == whole


@pytest.mark.parametrize("headers", [{}, {"ETag": 'W/"weak"'}])
def test_without_a_firm_version_a_broken_body_is_fetched_from_its_beginning(
    fund: Office, headers: dict[str, str]
) -> None:
    fund.publisher.pages["/fund"] = in_turn(Answer(page(WORDS * 50), headers=headers, cut=900), Answer(page(WORDS)))

    assert fund.sync_one().verdict == "new"
    assert fund.file("fund--original.html").read_bytes() == page(WORDS)
    assert not any("range" in asked.headers for asked in fund.publisher.asked)


def test_a_document_that_changed_between_two_parts_is_not_patched_together(fund: Office) -> None:
    fresh = page("Something else altogether now stands here for all to read.")
    fund.publisher.pages["/fund"] = in_turn(
        Answer(page(WORDS * 50), headers={"ETag": '"old"'}, cut=900), Answer(fresh, headers={"ETag": '"new"'})
    )

    assert fund.sync_one().verdict == "new"
    assert fund.file("fund--original.html").read_bytes() == fresh


def test_an_interrupted_sync_goes_on_where_it_stopped(office: Office) -> None:
    for number in range(4):
        office.publisher.pages[f"/{number}"] = Answer(page(f"{number}. {WORDS}"))
        office.list_source(f"page-{number}", f"/{number}")

    def stop(outcome: Outcome) -> None:
        if outcome.id == "page-1--original":
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        office.sync(tell=stop)
    assert office.publisher.paths() == ["/0", "/1"]

    report = office.sync()

    assert [o.verdict for o in report.outcomes] == ["new"] * 4
    assert office.publisher.paths() == ["/0", "/1", "/2", "/3"]
    office.sync()
    assert len(office.publisher.paths()) == 8


def test_force_fetches_what_an_interrupted_sync_has_done_too(fund: Office) -> None:
    def stop(_outcome: Outcome) -> None:
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        fund.sync(tell=stop)

    fund.sync(SyncOptions(force=True))

    assert fund.publisher.paths() == ["/fund", "/fund"]


def test_two_syncs_do_not_run_in_one_home(fund: Office) -> None:
    def another(_outcome: Outcome) -> None:
        with pytest.raises(ConfigurationError, match="another `sources sync`"):
            fund.sync()

    assert fund.sync(tell=another).outcomes


def test_the_links_of_an_index_page_are_fetched_and_missed_when_they_go(office: Office) -> None:
    links = (
        '<p>Our papers</p><a href="/papers/plan.html#top">The plan</a> <a href="papers/survey.html">Survey</a>'
        ' <a href="/about">About</a>'
    )
    office.publisher.pages["/index"] = Answer(page(WORDS + links))
    for name in ("plan", "survey"):
        office.publisher.pages[f"/papers/{name}.html"] = Answer(page(f"The {name} says this and that.", title=name))
    office.list_source("papers", "/index", links=r"/papers/", publisher="The council")

    report = office.sync()

    assert [o.id for o in report.outcomes] == ["papers--original", "papers-plan--original", "papers-survey--original"]
    plan = read_document(office.file("papers-plan--original.html")).metadata
    assert (plan.title, plan.publisher) == ("The plan", "The council")

    office.publisher.pages["/index"] = Answer(page(WORDS + links.replace("survey", "other")))
    office.publisher.pages["/papers/other.html"] = Answer(page("Another paper entirely."))
    again = {o.id: o for o in office.sync().outcomes}

    assert again["papers-other--original"].verdict == "new"
    assert again["papers-survey--original"].verdict == "gone"
    assert office.file("papers-survey--original.html").exists()


def test_an_index_page_that_has_not_changed_still_has_its_links_looked_at(office: Office) -> None:
    body = page(WORDS + '<a href="/papers/plan.html">The plan</a>')
    office.publisher.pages["/index"] = lambda asked: (
        Answer(status=304) if "if-none-match" in asked.headers else Answer(body, headers={"ETag": '"1"'})
    )
    office.publisher.pages["/papers/plan.html"] = in_turn(
        Answer(page("First words of it.")), Answer(page("Second words of it."))
    )
    office.list_source("papers", "/index", links=r"/papers/")
    office.sync()

    assert [o.verdict for o in office.sync().outcomes] == ["unchanged", "changed"]


def test_a_changed_page_is_told_paragraph_by_paragraph(fund: Office) -> None:
    stays = "You must be based in West Yorkshire to apply for it."
    fund.publisher.pages["/fund"] = in_turn(
        Answer(page("Grants go up to £5,000 for each small firm.", stays, "Ask the helpline for advice.")),
        Answer(page("Grants go up to £8,000 for each small firm.", stays, "A new round is planned.")),
    )
    fund.sync()

    outcome = fund.sync_one()

    assert outcome.verdict == "changed"
    marked = [change.marked for change in outcome.changes]
    assert "Grants go up to [-£5,000-] {+£8,000+} for each small firm." in marked
    assert "{+A new round is planned.+}" in marked
    assert "[-Ask the helpline for advice.-]" in marked
    assert not any(stays in text for text in marked)


def test_a_page_that_differs_in_its_markup_only_is_unchanged(fund: Office) -> None:
    fund.publisher.pages["/fund"] = in_turn(
        Answer(page(WORDS)), Answer(page(WORDS, head="<script>var nonce='7f'</script>"))
    )
    fund.sync()

    outcome = fund.sync_one()

    assert (outcome.verdict, outcome.reason) == ("unchanged", "the file differs, its text does not")


@pytest.mark.parametrize("status", [404, 410])
def test_what_is_gone_is_said_and_kept_until_its_removal_is_asked_for(fund: Office, status: int) -> None:
    fund.sync()
    fund.publisher.pages["/fund"] = Answer(b"", status)

    kept = fund.sync_one()
    assert (kept.verdict, kept.file) == ("gone", "fund--original.html")
    assert fund.file("fund--original.html").exists()

    removed = fund.sync_one(SyncOptions(remove_gone=True))
    assert (removed.verdict, removed.file) == ("gone", None)
    assert list(fund.places.originals.iterdir()) == []


def test_what_the_list_no_longer_names_is_gone_too(fund: Office) -> None:
    fund.list_source("other", "/other")
    fund.publisher.pages["/other"] = Answer(page(WORDS))
    fund.sync()
    fund.entries.pop()

    report = fund.sync()

    assert [(o.id, o.verdict) for o in report.outcomes][1] == ("other--original", "gone")
    assert [o.id for o in fund.sync(SyncOptions(ids=("fund",))).outcomes] == ["fund--original"]


@pytest.mark.parametrize(
    ("answer", "reason"),
    [
        (Answer(page("Sorry, we could not find that.", title="Page not found")), "error page"),
        (Answer(page("<form><input type=password name=p></form>Please sign in.", title="Sign in")), "login page"),
        (Answer(page("Little is left.")), "shrank"),
        (Answer(b"<!doctype html><title>App</title><div id=root></div><script>run()</script>"), "no text"),
        (Answer(status=302, headers={"Location": "/"}), "front page"),
    ],
)
def test_what_only_looks_like_success_does_not_replace_the_page(fund: Office, answer: Answer, reason: str) -> None:
    fund.publisher.pages["/fund"] = Answer(page(*[WORDS] * 10))
    fund.sync()
    fund.publisher.pages["/"] = Answer(page(*["Welcome to the council."] * 50))
    fund.publisher.pages["/fund"] = answer

    outcome = fund.sync_one()

    assert outcome.verdict == "suspicious"
    assert reason in (outcome.reason or "")
    assert fund.file("fund--original.html").read_bytes() == page(*[WORDS] * 10)
    assert (fund.places.state / "aside" / "fund--original.html").exists()


def test_a_suspicious_page_can_be_accepted(fund: Office) -> None:
    fund.publisher.pages["/fund"] = in_turn(Answer(page(*[WORDS] * 10)), Answer(page("The fund is closed.")))
    fund.sync()

    assert fund.sync_one().verdict == "suspicious"
    assert fund.sync_one(SyncOptions(ids=("fund",), accept=True)).verdict == "changed"


def test_a_web_page_in_place_of_a_pdf_is_suspicious_the_first_time_too(office: Office) -> None:
    office.publisher.pages["/plan.pdf"] = Answer(page(WORDS), content_type="application/pdf")
    office.list_source("plan", "/plan.pdf")

    outcome = office.sync_one()

    assert (outcome.verdict, office.places.originals.exists()) == ("suspicious", False)
    assert "PDF" in (outcome.reason or "")


def printed(*lines: str) -> bytes:
    target = io.BytesIO()
    paper = canvas.Canvas(target)
    for number, line in enumerate(lines):
        paper.drawString(72, 760 - 40 * number, line)
    paper.save()
    return target.getvalue()


def test_a_pdf_is_kept_and_its_changes_are_told(office: Office) -> None:
    first = printed("The plan has three priorities.", "Skills come first of all.")
    second = printed("The plan has four priorities.", "Skills come first of all.")
    office.publisher.pages["/get"] = in_turn(
        Answer(first, content_type="application/octet-stream"),
        Answer(second, content_type="application/pdf"),
        Answer(first[:300], content_type="application/pdf"),
    )
    office.list_source("plan", "/get")

    outcomes = [office.sync_one() for _ in range(3)]

    assert [o.verdict for o in outcomes] == ["new", "changed", "suspicious"]
    assert "{+four+}" in " ".join(change.marked for change in outcomes[1].changes)
    assert office.file("plan--original.pdf").read_bytes() == second


def test_the_bytes_say_what_a_file_is_and_an_unknown_kind_is_said(office: Office) -> None:
    office.publisher.pages["/fund"] = Answer(page(WORDS), content_type="application/octet-stream")
    office.publisher.pages["/film"] = Answer(b"\0\0\0 ftypmp42", content_type="video/mp4")
    office.list_source("fund", "/fund")
    office.list_source("film", "/film")

    report = office.sync()

    assert [o.verdict for o in report.outcomes] == ["new", "failed"]
    assert "video/mp4" in (report.outcomes[1].reason or "")


def test_a_page_in_another_character_set_is_read_rightly(office: Office) -> None:
    polish = "<!doctype html><html><body><main><p>Wsparcie dla małych firm: złożyć wniosek.</p></main></body></html>"
    office.publisher.pages["/pl"] = Answer(polish.encode("iso-8859-2"), content_type="text/html; charset=iso-8859-2")
    office.list_source("polish", "/pl")

    outcome = office.sync_one()

    assert "złożyć wniosek" in read_document(office.file("polish--original.html")).text
    assert "iso-8859-2" in (outcome.reason or "")


def test_a_dry_run_reports_the_same_and_writes_nothing(fund: Office) -> None:
    before = sorted(fund.places.state.parent.rglob("*"))

    report = fund.sync(SyncOptions(dry_run=True))

    assert [o.verdict for o in report.outcomes] == ["new"]
    assert sorted(fund.places.state.parent.rglob("*")) == before


def test_a_dry_run_over_a_kept_file_leaves_it_as_it_is(fund: Office) -> None:
    fund.sync()
    files = [p for p in fund.places.state.parent.rglob("*") if p.is_file()]
    before = {path: path.read_bytes() for path in files}
    fund.publisher.pages["/fund"] = Answer(page(WORDS, "A paragraph more."))

    assert fund.sync_one(SyncOptions(dry_run=True, remove_gone=True)).verdict == "changed"
    assert {p: p.read_bytes() for p in fund.places.state.parent.rglob("*") if p.is_file()} == before


def test_dates_of_a_scheme_are_proposed_with_their_sentence_and_not_applied(fund: Office) -> None:
    sentence = "Applications opened on 1 June 2022 and close at 5pm on Friday 30 September 2022."
    fund.publisher.pages["/fund"] = Answer(page(WORDS, sentence))

    outcome = fund.sync_one()

    assert {(p.field, p.value) for p in outcome.proposals} == {("valid_from", "2022-06-01"), ("valid_to", "2022-09-30")}
    assert {p.sentence for p in outcome.proposals} == {sentence}
    assert read_document(fund.file("fund--original.html")).metadata.valid_to is None


def test_the_date_of_the_page_fills_a_gap_only(office: Office) -> None:
    head = '<meta property="article:published_time" content="2023-04-05T10:00:00Z">'
    office.publisher.pages["/fund"] = Answer(page(WORDS, head=head))
    office.list_source("undated", "/fund")
    office.list_source("dated", "/fund", published="2022")

    office.sync()

    dates = [read_document(office.file(f"{i}--original.html")).metadata.published for i in ("undated", "dated")]
    assert dates == ["2023-04-05", "2022"]


def test_what_a_person_wrote_in_a_sidecar_stays_and_the_rest_follows_the_list(fund: Office) -> None:
    fund.sync()
    sidecar = fund.file("fund--original.meta.yaml")
    sidecar.write_text(sidecar.read_text().replace("valid_to: null", "") + "valid_to: '2022-09-30'\ntitle: By hand\n")
    fund.entries = []
    fund.list_source("fund", "/fund", kind="support-scheme", licence="CC BY 4.0")

    fund.sync()

    metadata = read_document(fund.file("fund--original.html")).metadata
    assert (metadata.valid_to, metadata.title, metadata.licence) == ("2022-09-30", "By hand", "CC BY 4.0")
    assert "fetched" not in yaml.safe_load(sidecar.read_text())


def test_the_report_is_kept_beside_the_state(fund: Office) -> None:
    report = fund.sync()

    (kept,) = fund.places.state.glob("report-*.json")
    assert SyncReport.model_validate_json(kept.read_bytes()) == report
    assert json.loads((fund.places.state / "state.json").read_text())["unfinished"] == []


@pytest.fixture
def shelf(fund: Office, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A corpus folder whose list names the fund, and settings that allow this machine."""
    corpus = tmp_path / "shelf"
    corpus.mkdir()
    url = fund.publisher.url("/fund")
    (corpus / "sources.toml").write_text(f'[[source]]\nid = "fund"\ntitle = "Fund"\nurl = "{url}"\n', "utf-8")
    monkeypatch.setenv("STRATEGYBOT_CORPUS", str(corpus))
    monkeypatch.setenv("STRATEGYBOT_SYNC_PRIVATE_HOSTS", '["127.0.0.1"]')
    monkeypatch.setenv("STRATEGYBOT_SYNC_PORTS", f"[{fund.publisher.port}]")
    monkeypatch.setenv("STRATEGYBOT_SYNC_INTERVAL_S", "0")
    return tmp_path / "home"


def test_the_command_fetches_and_says_what_to_run_next(shelf: Path) -> None:
    shown = CliRunner().invoke(app, ["--home", str(shelf), "sources", "sync"])

    assert shown.exit_code == 0
    assert "1/1 fund--original: new" in shown.stderr
    assert f"strategybot --home {shelf} ingest {shelf / 'fetched'}" in shown.stdout
    assert (shelf / "fetched" / "fund--original.html").exists()


def test_the_command_prints_a_report_that_can_be_read_back(shelf: Path) -> None:
    shown = CliRunner().invoke(app, ["--home", str(shelf), "sources", "sync", "fund", "--json", "--dry-run"])

    assert [o.verdict for o in SyncReport.model_validate_json(shown.stdout).outcomes] == ["new"]
    assert not shelf.exists()


def test_the_command_ends_with_3_when_something_failed(shelf: Path, publisher: Publisher) -> None:
    publisher.pages["/fund"] = Answer(b"", 403)

    shown = CliRunner().invoke(app, ["--home", str(shelf), "sources", "sync"])

    assert shown.exit_code == 3
    assert "the server answers 403" in shown.stdout


def test_the_command_refuses_to_accept_everything(shelf: Path) -> None:
    shown = CliRunner().invoke(app, ["--home", str(shelf), "sources", "sync", "--accept"])

    assert isinstance(shown.exception, ConfigurationError)
