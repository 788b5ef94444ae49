"""Paragraphs that go on in the next column, over the page, or after what interrupts them."""

from collections.abc import Sequence

from strategybot.reading.pdf.markers import CAPTION
from strategybot.reading.pdf.paragraphs import DATE, Draft, Setting, ends, has_room, starts_small

FARTHEST = 8  # drafts back
JUSTIFIED = 1.0  # points


def join_drafts(pages: Sequence[Sequence[Draft]], setting: Setting) -> list[Draft]:
    """Return the drafts of all pages as one sequence, a paragraph's parts put together where it begins."""
    found: list[Draft] = []
    for page in pages:
        for draft in page:
            partner = _find_partner(found, draft, setting)
            if partner is None:
                found.append(draft)
                continue
            partner.lines.extend(draft.lines)
            partner.last, partner.edge = draft.last, draft.edge
            partner.joins.append(draft.page)
    return found


def _find_partner(found: Sequence[Draft], draft: Draft, setting: Setting) -> Draft | None:
    """Return the draft that goes on with this one."""
    if draft.note or draft.table is not None or draft.marker:
        return None
    between: list[Draft] = []
    for other in reversed(found[-FARTHEST * 3 :]):
        page = other.joins[-1] if other.joins else other.page
        if draft.page - page > 1:
            break
        if _interrupts(other) and not (other.apart and draft.apart):
            between.append(other)
            continue
        if other.apart == draft.apart and _alike(other, draft) and _goes_on(other, draft, between, setting):
            return other
        if _alike(other, draft) or len(between) > FARTHEST:
            break
        between.append(other)
    return None


def _interrupts(draft: Draft) -> bool:
    return draft.note or draft.table is not None or draft.apart or bool(CAPTION.match(draft.text))


def _alike(one: Draft, other: Draft) -> bool:
    a, b = one.lines[-1], other.lines[0]
    return abs(a.size - b.size) < 0.06 * a.size and a.bold == b.bold and a.color == b.color


def _goes_on(one: Draft, other: Draft, between: Sequence[Draft], setting: Setting) -> bool:
    last, first = one.lines[-1], other.lines[0]
    hyphen = last.text[-1:] in "-‐" and len(last.text) > 1 and last.text[-2].isalpha()
    if hyphen or (not ends(last) and starts_small(first.text)):
        return True
    strangers = [draft for draft in between if not _interrupts(draft)]
    over = one.last and other.first and not strangers
    running = abs(one.size - setting.size) < 0.5 and not DATE.fullmatch(first.text)  # noqa: PLR2004  # points
    if not over or not running or has_room(one, first) or last.bold:
        return False
    if not ends(last):
        return True
    return len(one.lines) > 1 and _is_justified(one) and not _is_indented(other)


def _is_justified(draft: Draft) -> bool:
    """Say whether all lines of a paragraph, the last too, end at the same place: it has not ended."""
    rights = [line.right for line in draft.lines[-4:]]
    return max(rights) - min(rights) < JUSTIFIED


def _is_indented(draft: Draft) -> bool:
    return len(draft.lines) > 1 and draft.lines[0].left > draft.lines[1].left + 0.6 * draft.size
