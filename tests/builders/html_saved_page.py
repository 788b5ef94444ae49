"""A council's page as a browser saves it: banner, menus, breadcrumbs, the text, related links, feedback, footer."""

from html import escape
from random import Random

from tests.builders.content import Report, make_report
from tests.builders.expectation import BuiltDocument, Expected
from tests.builders.html_extras import SHOW_ALL, UPDATED, write_extras
from tests.builders.html_pieces import FIGURE_WORDS, Marker
from tests.builders.prose import Writer

SEARCH = "Search this website"
SKIP = "Skip to main content"
COOKIES = (
    "Cookies on this website", "We use some essential cookies to make this website work.",
    "We’d like to set additional cookies to understand how you use the site.", "Accept additional cookies",
    "Reject additional cookies", "View cookies",
)  # fmt: skip
MENU = (
    "Bins and recycling", "Council tax", "Schools and learning", "Planning and building control", "Housing advice",
    "Parking and travel permits", "Births, deaths and ceremonies", "Jobs and careers", "Licences and permits",
)  # fmt: skip
CRUMBS = ("Home", "Your council", "Plans and policies")
RELATED = (
    "Related content", "How your money is spent", "Meetings, agendas and minutes", "Have your say on local plans",
    "Previous versions of this plan",
)  # fmt: skip
FEEDBACK = (
    "Was this page useful?", "Yes, this page was useful", "No, this page was not useful",
    "Report a problem with this page",
)  # fmt: skip
FOOTER = (
    "Accessibility statement", "Privacy notice", "Terms and conditions", "Contact us", "Follow us on social media",
    "All content is available under the open licence, except where otherwise stated",
)  # fmt: skip
SHARE = ("Share this page", "Print this page", "Sign up for email alerts about this topic")
NOT_SHOWN = "This draft wording was withdrawn and is not shown to visitors."
STYLE = ".nav,.footer{color:#333} .visually-hidden{position:absolute;left:-9999px} .js-hidden{display:none}"


def build_html_saved_page(seed: int = 0) -> BuiltDocument:
    """Return a saved page; odd seeds have no ``main`` and mark their parts by class names only."""
    random = Random(f"html {seed}")
    report = make_report(2000 + seed, chapters=2)
    body = f"{report.publisher.removeprefix('The ')}"
    marker = Marker(random, accordion=random.choice(("none", "details")))
    marker.expected.append(Expected("heading", report.title, level=1))
    intro = f"{report.subtitle}. Published by {body}, {report.date_text}."
    marker.expected.append(Expected("paragraph", intro))
    article = f'<h1>{escape(report.title)}</h1>\n<p class="summary">{escape(intro)}</p>\n'
    article += "\n".join(marker.chapter(chapter) for chapter in report.chapters)
    extras, items = write_extras(Writer(random), 2)
    marker.expected += items
    article += extras + marker.footnotes() + f'<p style="display:none">{NOT_SHOWN}</p>'
    page = _semantic(report, body, article) if seed % 2 == 0 else _soup(report, body, article)
    return BuiltDocument(
        name=f"saved-page-{seed}", suffix=".html", data=page.encode("utf-8"), expected=tuple(marker.expected),
        furniture=(SKIP, *COOKIES, *MENU, *CRUMBS, *RELATED, *FEEDBACK, *FOOTER, *SHARE, SHOW_ALL, SEARCH),
        indifferent=(FIGURE_WORDS, UPDATED), hidden=(NOT_SHOWN,), title=report.title,
        published=f"{report.published}-15",
    )  # fmt: skip


def _head(report: Report, body: str) -> str:
    return (
        f"<!DOCTYPE html>\n<!-- saved from url=(0042)https://council.example/plans/{report.published} -->\n"
        f'<html lang="en-GB"><head><meta charset="utf-8"><title>{escape(report.title)} | {escape(body)}</title>'
        f'<meta name="dcterms.issued" content="{report.published}-15">'
        f'<meta name="dcterms.title" content="{escape(report.title)}">'
        f'<meta name="author" content="{escape(body)}"><style>{STYLE}</style>'
        '<script>window.dataLayer=[{"event":"Accept additional cookies"}];document.write("<p>no</p>")</script></head>'
    )


def _links(words: tuple[str, ...]) -> str:
    return "<ul>" + "".join(f'<li><a href="/{n}">{escape(word)}</a></li>' for n, word in enumerate(words)) + "</ul>"


def _cookies(tag: str = "section") -> str:
    title, first, second, *buttons = COOKIES
    inside = f"<h2>{title}</h2><p>{first}</p><p>{second}</p>" + "".join(f"<button>{b}</button>" for b in buttons)
    return f'<{tag} id="global-cookie-message" class="cookie-banner" aria-label="Cookies">{inside}</{tag}>'


def _feedback() -> str:
    question, *answers = FEEDBACK
    buttons = "".join(f'<button type="button">{answer}</button>' for answer in answers)
    return f'<form class="feedback"><h2>{question}</h2>{buttons}</form>'


def _semantic(report: Report, body: str, article: str) -> str:
    crumbs = "".join(f'<li><a href="/">{word}</a></li>' for word in CRUMBS)
    title, *related = RELATED
    return (
        f'{_head(report, body)}<body class="js-enabled"><a class="skip-link visually-hidden" href="#main">{SKIP}</a>'
        f'{_cookies()}<header role="banner"><a href="/">{escape(body)}</a>'
        '<form role="search"><label for="q">Search this website</label><input id="q"></form>'
        f'<nav aria-label="Main">{_links(MENU)}</nav></header>'
        f'<nav class="breadcrumb" aria-label="Breadcrumb"><ol>{crumbs}</ol></nav>'
        f'<div class="layout"><main id="main">{article}<div class="share">{_links(SHARE)}</div></main>'
        f"<aside><h2>{title}</h2>{_links(tuple(related))}</aside></div>{_feedback()}"
        f'<footer role="contentinfo">{_links(FOOTER)}</footer><noscript>Turn on scripts.</noscript></body></html>'
    )


def _soup(report: Report, body: str, article: str) -> str:
    crumbs = " &gt; ".join(f'<a href="/">{word}</a>' for word in CRUMBS)
    title, *related = RELATED
    return (
        f'{_head(report, body)}<body><div id="skiplinks"><a href="#content">{SKIP}</a></div>{_cookies("div")}'
        f'<div id="header" class="site-header"><div class="logo"><a href="/">{escape(body)}</a></div>'
        f'<div class="search"><label>Search this website</label></div>'
        f'<div class="mega-menu navigation">{_links(MENU)}</div></div>'
        f'<div class="breadcrumbs">{crumbs}</div>'
        f'<div id="content" class="page-content"><div class="editor">{article}</div>'
        f'<div class="social-share">{_links(SHARE)}</div></div>'
        f'<div class="sidebar related-links"><h2>{title}</h2>{_links(tuple(related))}</div>'
        f'<div id="page-feedback">{_feedback()}</div>'
        f'<div id="footer" class="site-footer">{_links(FOOTER)}</div></body></html>'
    )
