"""What a person does not see on a web page: hidden by attributes, inline styles or simple rules of its style sheets."""

import re
from collections.abc import Iterable, Iterator, Mapping

from lxml import etree

BRACE = re.compile(r"[{}]")
SIMPLE = re.compile(r"(?:[a-z][a-z0-9]*)?[.#][\w-]+", re.I)
PANEL = re.compile(
    r"accordion|collaps|panel|tab|toggle|expand|disclos|details|dropdown-content|show-?hide|reveal", re.I
)
NO_PANEL = re.compile(r"modal|dialog|cookie|consent|nav|menu|popup|tooltip|search", re.I)
COLOURED = re.compile(
    r"hero|banner|dark|bg|background|inverse|invert|cover|btn|button|badge|callout|highlight|panel|box|card|alert"
    r"|header|masthead|primary|secondary|black|blue|green|red|purple|tag|label|strip|band|masthead",
    re.I,
)
READERS_ONLY = re.compile(
    r"(?:^|\s)(?:[\w-]*visually-?hidden|sr-only|screen-?reader(?:-text|-only)?|element-invisible|assistive-text|"
    r"u-hidden-visually|show-for-sr|visuallyhidden|a11y-hidden|accessibly-hidden)(?:\s|$)",
    re.I,
)
NAMED = {"white": "ffffff", "black": "000000", "transparent": ""}
AWAY_PIXELS = -500
TINY_PIXELS = 2
LENGTH = re.compile(r"(-?[\d.]+)\s*(px|pt|em|rem|%|vw|vh)?")
POSITIONED = ("absolute", "fixed", "relative")
TAG_CHARS = range(0xE0020, 0xE007F)
Style = Mapping[str, str]


def parse_style(text: str) -> dict[str, str]:
    """Parse declarations; names and values are in lower case."""
    pairs = (part.split(":", 1) for part in text.lower().split(";") if ":" in part)
    return {name.strip(): value.replace("!important", "").strip() for name, value in pairs}


def read_rules(sheet: str) -> Iterator[tuple[str, str]]:
    """Yield selectors and declarations of a style sheet's rules; those for some media or widths are left out."""
    depth, start, opened, selectors = 0, 0, 0, ""
    for brace in BRACE.finditer(sheet):
        if brace[0] == "{":
            if depth == 0:
                selectors, opened = sheet[start : brace.start()].rsplit("*/", 1)[-1], brace.end()
            depth += 1
        elif depth > 0:
            depth -= 1
            start = brace.end()
            if depth == 0 and not selectors.lstrip().startswith("@"):
                yield selectors.rsplit(";", 1)[-1], sheet[opened : brace.start()]


class Visibility:
    """Tells what on one page can be seen."""

    def __init__(self, page: etree._Element) -> None:
        """Read the page's own style sheets, and which elements are switched on by others."""
        self._rules: dict[str, dict[str, str]] = {}
        for sheet in page.iter("style"):
            for selectors, body in read_rules(sheet.text or ""):
                for selector in selectors.split(","):
                    name = selector.strip()
                    if SIMPLE.fullmatch(name):
                        self._rules.setdefault(re.sub(r"^\w+(?=[.#])", "", name), {}).update(parse_style(body))
        self._switched = {
            target
            for element in page.iter(etree.Element)
            for name in ("aria-controls", "href", "data-target", "data-bs-target", "for")
            for target in element.get(name, "").lstrip("#").split()[:4]
            if name != "href" or element.get(name, "").startswith("#")
        }

    def style(self, element: etree._Element) -> Style:
        """Return an element's declarations: its classes', its id's, then its own."""
        found: dict[str, str] = {}
        if self._rules:
            for name in element.get("class", "").split():
                found |= self._rules.get(f".{name}", {})
            found |= self._rules.get(f"#{element.get('id', '')}", {})
        if element.tag == "font" and element.get("color"):
            found["color"] = element.get("color", "").lower()
        if element.get("bgcolor"):
            found["background-color"] = element.get("bgcolor", "").lower()
        return found | parse_style(element.get("style", ""))

    def is_for_readers(self, element: etree._Element) -> bool:
        """Tell whether an element is for screen readers only, or an ornament that they leave out."""
        return bool(READERS_ONLY.search(element.get("class", ""))) or (
            element.get("aria-hidden") == "true" and not self.is_panel(element)
        )

    def is_hidden(self, element: etree._Element) -> bool:
        """Tell whether an element cannot be seen, unless it is a panel that a person opens."""
        style = self.style(element)
        shut = element.get("hidden") is not None or style.get("display") == "none"
        shut = shut or style.get("visibility") in ("hidden", "collapse")
        return (shut and not self.is_panel(element)) or _is_conjured(style) or self._is_pale(element, style)

    def is_panel(self, element: etree._Element) -> bool:
        """Tell whether an element is the content of an accordion, tab or the like."""
        names = f"{element.get('class', '')} {element.get('id', '')} {element.get('role', '')}"
        if NO_PANEL.search(names):
            return False
        parent = element.getparent()
        around = "" if parent is None else f"{parent.get('class', '')} {parent.get('id', '')}"
        return (
            element.get("hidden") == "until-found"
            or element.get("role") == "tabpanel"
            or element.get("id", "\0") in self._switched
            or bool(PANEL.search(names))
            or bool(PANEL.search(around))
        )

    def _is_pale(self, element: etree._Element, style: Style) -> bool:
        """Tell whether words have the colour of what is known to be behind them."""
        colour = _colour(style.get("color", ""))
        if not colour:
            return False
        around: etree._Element | None = element
        while around is not None and around.tag != "html":
            own = self.style(around)
            shown = own.get("background-color") or own.get("background") or ""
            behind = _colour(shown.split()[0]) if shown.split() else ""
            if behind:
                return behind == colour
            if shown or (around.tag != "body" and COLOURED.search(around.get("class", ""))):
                return False
            around = around.getparent()
        return colour == NAMED["white"]


def _is_conjured(style: Style) -> bool:
    """Tell whether words are too small, transparent, or moved or cut away."""
    size = style.get("font-size", "")
    small = bool(size) and _pixels(size, TINY_PIXELS + 1) < TINY_PIXELS
    clear = style.get("opacity", "") in ("0", "0.0", "0%", ".0", "0.00") or _is_clear(style.get("color", ""))
    away = _pixels(style.get("text-indent", ""), 0) <= AWAY_PIXELS
    if style.get("position") in POSITIONED:
        away = away or any(
            _pixels(style.get(side, ""), 0) <= AWAY_PIXELS for side in ("left", "top", "right", "bottom")
        )
        away = away or style.get("clip", "").replace(" ", "").replace(",", "").startswith(
            ("rect(0000", "rect(0px0px0px0px")
        )
    flat = style.get("overflow", "") == "hidden" and any(
        name in style and _pixels(style[name], 9) <= 0 for name in ("height", "width", "max-height", "max-width")
    )
    scaled = bool(re.search(r"scale\(0(?:\.0+)?[,)]", style.get("transform", "").replace(" ", "")))
    return small or clear or away or flat or scaled


def _is_clear(colour: str) -> bool:
    compact = colour.replace(" ", "")
    return compact == "transparent" or bool(
        re.fullmatch(r"(?:rgba|hsla)\(.*[,/]0(?:\.0+)?%?\)|#[0-9a-f]{6}00|#[0-9a-f]{3}0", compact)
    )


def _pixels(text: str, default: float) -> float:
    found = LENGTH.match(text)
    if not found:
        return default
    try:
        number = float(found[1])
    except ValueError:
        return default
    if found[2] in ("em", "rem"):
        return number * 16
    return number * 10 if found[2] in ("%", "vw", "vh") else number


def _colour(text: str) -> str:
    """Return a colour as six hexadecimal digits, empty if it is not one that is known."""
    compact = text.strip().replace(" ", "")
    if compact in NAMED:
        return NAMED[compact]
    digits = compact.removeprefix("#")
    if re.fullmatch(r"[0-9a-f]{3}", digits) and compact.startswith("#"):
        return "".join(char * 2 for char in digits)
    if re.fullmatch(r"[0-9a-f]{6}", digits):
        return digits
    found = re.fullmatch(r"rgba?\((\d+),(\d+),(\d+)(?:,[\d.]+)?\)", compact)
    return "".join(f"{min(int(part), 255):02x}" for part in found.groups()) if found else ""


def tag_words(texts: Iterable[str]) -> str:
    """Return the words written in invisible tag characters."""
    return "".join(chr(ord(char) - 0xE0000) for text in texts for char in text if ord(char) in TAG_CHARS)
