"""Bullets that were typed as characters rather than made by a list."""

import re

TYPED_BULLET = re.compile(r"\s*(?:[•▪◦‣●○■□➢\uf0b7\uf0a7·][\s\t]*|[*–—-]\t\s*)(?=\S)")


def split_bullet(text: str) -> tuple[bool, str]:
    """Tell whether a paragraph begins with a bullet that was typed, and return its text without it."""
    found = TYPED_BULLET.match(text)
    return (True, text[found.end() :]) if found else (False, text)
