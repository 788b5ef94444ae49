"""Kinds: what sort of answer a question wants, and which values it asks for."""

import re
from typing import Literal

Kind = Literal["lookup", "comparison", "eligibility", "status", "drafting"]
Want = Literal["amount", "percentage", "count", "date", "who", "where", "duration", "range", "extent"]

KINDS: tuple[tuple[Kind, re.Pattern[str]], ...] = (
    (
        "drafting",
        re.compile(
            r"\b(draft|write|prepare|compose|word)\b.{0,60}\b(repl|e-?mail|letter|note|paragraph|summary|"
            r"answer|response|tweet|thread|briefing|statement|lines|post)|^\W*(draft|reply to|write (?:a|an|"
            r"to)|prepare|summari[sz]e)\b",
            re.I,
        ),
    ),
    (
        "comparison",
        re.compile(
            r"\b(compare|compared|comparison|versus|vs?\.?|difference|differ|differs|disagree|which is right|"
            r"rather than|higher rate|change between|changed? (?:from|between))\b",
            re.I,
        ),
    ),
    (
        "eligibility",
        re.compile(
            r"\b(i run|i own|we run|we own|we make|\d+[- ](?:person|people|staff|employees?)|sole trader|"
            r"rateable value|turn(?:over|s over|ing over)\b.{0,12}£|hiring an?)\b",
            re.I,
        ),
    ),
    (
        "status",
        re.compile(
            r"\b(still|already|yet|currently|open|closed|available|running|up to date|in force|replaced|"
            r"expired?|current)\b|\bnow\b|\b(is|are|was|has|have)\b.{0,80}\b(over|ended|published|finalised|"
            r"adopted|finished)\b|\bcan i (?:still )?apply\b",
            re.I,
        ),
    ),
    (
        "eligibility",
        re.compile(
            r"\b(eligib\w*|qualif\w*|entitled?|apply to me|can (?:i|we|my|our|a|an)\b|could (?:i|we)|do (?:i|"
            r"we) (?:get|need|qualify)|what (?:can (?:i|we)|could (?:i|we)|support|help|fits?)|am i|are we|"
            r"i run|i own|i have been|we are|we're|we make|we take|we pay|i am an?|i'm an?|i work|(?:i|"
            r"we)(?:'d| would) like|(?:i|we) (?:need|want)|(?:my|our|one)\b.{0,25}\b(?:firm|company|business|"
            r"shop|group|practice|showroom|charity)|\d+[- ](?:person|people|staff|employees?)|sole trader|"
            r"start-?up|wants?)\b",
            re.I,
        ),
    ),
    ("comparison", re.compile(r"\bbetter\b|\b\w+ or (?:the )?\w+.{0,40}\b(which|\?)", re.I)),
)
WANTS: tuple[tuple[Want, re.Pattern[str]], ...] = (
    (
        "amount",
        re.compile(
            r"(?<!by )how much(?! of\b)|how large|how big|\b(max|maximum|min|minimum|budget|value|worth|cost|costs|pot|"
            r"size|amount|price|fee|salary|pay|pays|grant range)\b",
            re.I,
        ),
    ),
    (
        "percentage",
        re.compile(r"%|\b(percent|per cent|percentage|rate|rates|share|proportion)\b", re.I),
    ),
    ("count", re.compile(r"\bhow many\b|\bnumbers? of\b|\bhow often\b|\bnumbers\b", re.I)),
    (
        "date",
        re.compile(r"\bwhen\b|\b(date|dates|deadline|closing|opening|until|what year|target year)\b", re.I),
    ),
    (
        "who",
        re.compile(r"\bwho\b|\bwhich (body|chamber|organisation|company|bank|council)\b|\bname of\b", re.I),
    ),
    ("where", re.compile(r"\bwhere\b", re.I)),
    ("duration", re.compile(r"\bhow long\b|\blength\b|\bhow old\b", re.I)),
    ("extent", re.compile(r"\bby how much\b|\bhow much of\b|\bhow far\b", re.I)),
    (
        "range",
        re.compile(
            r"\b(?:grant|loan|size|price|pay|salary) range\b|\brange of\b|\bmin\w*\b.{0,12}\bmax|\bfrom what to\b", re.I
        ),
    ),
)
VALUE_WORDS = (
    "amount big budget cost costs count date day deadline figure how large length level long many maximum minimum "
    "money month much name named number numbers old paid pay pays percent percentage price proportion rate share size "
    "sum sums total value when where who worth year years "
    "aim aims commit commits contain contains cover covers happen happened involve mean plan plans propose state want"
)
"""Words that name the sort of value wanted, or ask what a document is about: what answers need not repeat them."""
HELD: dict[Want, re.Pattern[str]] = {
    "amount": re.compile(r"[£$€]\s?\d|\d\s?(p|pence)\b|\bfree\b"),
    "percentage": re.compile(
        r"\d\s?%|per ?cent|\b(half|third|quarter|quarters|fifth|sixth|tenth)s?\b|\bone in\b|\d(\.\d)?p\b|"
        r"\b(one|two|three)-(third|quarter|fifth|sixth)s?\b"
    ),
    "count": re.compile(
        r"\d|\b(two|three|four|five|six|seven|eight|nine|ten|monthly|quarterly|annually|weekly)\b", re.I
    ),
    "date": re.compile(
        r"\b(19|20)\d\d\b|\b(january|february|march|april|may|june|july|august|september|october|november|december)\b|\b(spring|summer|autumn|winter)\b",
        re.I,
    ),
    "who": re.compile(
        r"(?<!^)\b[A-Z][\w&-]+(\s+(and|of|the|for|&)\s+|\s+)[A-Z][\w&-]+|\b(mayor|chair|council|authority|provider|"
        r"government|organisations|businesses|firms|companies|employers|people|residents|apprentices|applicants|SMEs)\b"
    ),
    "where": re.compile(r"\b(at|in|from|near|across|to) (the )?[A-Z][a-z]+"),
    "extent": re.compile(r"[£$€]\s?\d|\d\s?%|per ?cent|\b(half|third|quarter|fifth|all)s?\b", re.I),
    "range": re.compile(r"[\d.]+(?:k|m| million)? ?(?:to|and|-|–) ?£?\d"),
    "duration": re.compile(
        r"\b(\d+|one|two|three|four|five|six|seven|eight|nine|ten|twelve)[- ](day|week|month|year|hour)|"
        r"\b(19|20)\d\d\b",
        re.I,
    ),
}


LISTING = tuple(
    re.compile(pattern, re.I)
    for pattern in (
        r"\b(?:what|which|list|name|give|tell|its|all)\b[^?]*?"
        r"\b(?:two|three|four|five|six|seven|eight|nine|ten|[2-9]|1\d) (?:[\w-]+ ){0,2}?([a-z]+s)\b",
        r"\b(?:list|name) (?:the|all|its) (?:[\w-]+ ){0,2}?([a-z]+s)\b",
        r"\bwhat (?:are|were) (?:the|its|their) (?:[\w-]+ ){0,2}?([a-z]+s)\b",
    )
)


def find_listed(text: str) -> str | None:
    """Return the noun of which a question asks for several, e.g. missions in "what are the five missions of ..."."""
    found = next((match for pattern in LISTING if (match := pattern.search(text))), None)
    return found[1].lower() if found else None


def classify(text: str) -> Kind:
    """Return the kind of a question; ``lookup`` when nothing says otherwise."""
    return next((kind for kind, pattern in KINDS if pattern.search(text)), "lookup")


def asks_about_now(text: str) -> bool:
    """Tell whether a question asks how something stands now: open, replaced, in force."""
    return any(kind == "status" and pattern.search(text) for kind, pattern in KINDS)


def wanted_values(text: str) -> frozenset[Want]:
    """Return the sorts of value that a question asks for; empty if none is named."""
    return frozenset(want for want, pattern in WANTS if pattern.search(text))


def share_held(wants: frozenset[Want], text: str) -> float:
    """Return the share (0 to 1) of the wanted sorts of value that a text holds; 0.5 if none is wanted."""
    if not wants:
        return 0.5
    return sum(bool(HELD[want].search(text)) for want in wants) / len(wants)
