"""The words by which a web page's furniture is known: names of its boxes, its headings and lines."""

import re


def _any(*patterns: str) -> re.Pattern[str]:
    return re.compile(rf"\W*(?:{'|'.join(patterns)})\W*", re.I)


WORDS = frozenset(
    [
        "cookie", "cookies", "consent", "gdpr", "ccpa", "breadcrumb", "breadcrumbs", "nav", "navbar", "navigation",
        "menu", "skip", "skiplink", "skiplinks", "share", "sharing", "sharebar", "addthis", "footer",
        "masthead", "pagination", "pager", "toolbar", "sitemap", "backtotop", "advert", "adverts", "popup", "modal",
    ]
)  # fmt: skip
SMALL_WORDS = frozenset(["feedback", "survey", "newsletter", "login", "comments", "respond", "social", "subscribe"])
LINKED_WORDS = frozenset(
    [
        "related", "sidebar", "aside", "links", "toc", "contents", "promo", "tags", "recommended", "more", "print",
        "search", "sub", "siblings", "section",
    ]
)  # fmt: skip
PARTS = re.compile(r"(?<![\w-])(?:widget-area|ms-quicklaunch|ms-cui-ribbon|page-tools)(?![\w-])", re.I)
"""What WordPress, SharePoint and others call the boxes around a page's own words."""
OTHER_SOCIAL = re.compile(
    r"social-?(?:housing|care|value|work|enterprise|prescri|security|isolation|impact|mobil|econ)", re.I
)
BOX_ENDS = frozenset(
    [
        "banner", "bar", "box", "container", "wrapper", "wrap", "link", "links", "list", "message", "block", "icons",
        "form", "area", "region", "section", "inner", "outer", "panel", "popup", "notice", "c", "js",
    ]
)  # fmt: skip
RELATED = _any(
    r"related(?: \w+){0,3}",
    r"see also",
    r"you (?:might|may) also (?:like|be interested in)",
    r"explore the topic",
    r"more (?:like this|in this section|from .*)",
    r"in this section",
    r"share(?: this)?(?: \w+)?",
    r"follow us",
    r"(?:table of )?contents",
    r"(?:on this page|page contents)",
    r"most popular",
    r"(?:quick|useful) links",
    r"(?:is|was) this page (?:useful|helpful)",
    r"did you find .*",
    r"help us improve .*",
    r"sign up .*newsletter.*",
    r"popular (?:pages|services|links)",
    r"latest news",
    r"(?:site )?navigation",
    r"menu",
)
ACCEPT = re.compile(
    r"\W*(?:accept|allow|agree|reject|got it|ok|okay|i understand|continue|hide|dismiss|manage|close)\b.*", re.I
)
NOISE = _any(
    r"skip to (?:the )?(?:main )?(?:content|navigation|search|footer)",
    r"(?:back|return) to (?:the )?top(?: of (?:the )?page)?",
    r"top of page",
    r"print(?: (?:this|the|entire|full|whole))* ?(?:page|guide|document|article)?",
    r"print (?:or|and) (?:save|share|download).*",
    r"share this (?:page|article|story).*",
    r"share (?:on|via|by) .*",
    r"tweet",
    r"e-?mail this page",
    r"(?:is|was) this page (?:useful|helpful).*",
    r"did you find this (?:page )?(?:useful|helpful).*",
    r"yes,? this page is (?:useful|helpful).*",
    r"no,? this page is not (?:useful|helpful).*",
    r"report a problem with this page",
    r"there is something wrong with this page",
    r"(?:show|hide|expand|collapse|open|close)(?: all)?(?: sections?)?",
    r"toggle (?:menu|navigation)",
    r"menu",
    r"breadcrumbs?",
    r"you are here:?.*",
)
TOGGLE = _any(r"(?:show|hide|expand|collapse|open|close|toggle|copy|print|save|download|search|menu)\b.{0,20}")
