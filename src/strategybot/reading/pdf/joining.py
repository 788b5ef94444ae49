"""Paragraphs that go on in the next column, over the page, or after what interrupts them."""

from collections.abc import Sequence

from strategybot.reading.pdf.lines import Line
from strategybot.reading.pdf.markers import CAPTION
from strategybot.reading.pdf.paragraphs import DATE, Draft, ends, starts_small
from strategybot.reading.pdf.setting import Setting

FARTHEST = 8  # drafts back
JUSTIFIED = 1.0  # points
LARGER = 1.08  # than the body's text, as headings are
SAME_SIZE = 0.5  # points


def join_drafts(pages: Sequence[Sequence[Draft]], setting: Setting) -> list[Draft]:
    """Return the drafts of all pages as one sequence, a paragraph's parts put together where it begins."""
    found: list[Draft] = []
    indents = _are_indented(pages, setting)
    for page in pages:
        for draft in page:
            partner = _find_partner(found, draft, setting, indents=indents)
            if partner is None:
                found.append(draft)
                continue
            partner.lines.extend(draft.lines)
            partner.last, partner.edge, partner.column = draft.last, draft.edge, draft.column
            partner.joins.append(draft.page)
    return found


def _are_indented(pages: Sequence[Sequence[Draft]], setting: Setting) -> bool:
    """Say whether the document's paragraphs begin with an indent, as a rule."""
    flow = [d for page in pages for d in page if len(d.lines) > 1 and not d.item and not d.note and not d.apart]
    body = [draft for draft in flow if abs(draft.size - setting.size) < SAME_SIZE]
    return sum(_is_indented(draft) for draft in body) > 0.5 * len(body)


def _find_partner(found: Sequence[Draft], draft: Draft, setting: Setting, *, indents: bool) -> Draft | None:
    """Return the draft that goes on with this one."""
    if draft.note or draft.table is not None or draft.item or CAPTION.match(draft.text):
        return None
    between: list[Draft] = []
    for other in reversed(found[-FARTHEST * 3 :]):
        page = other.joins[-1] if other.joins else other.page
        if draft.page - page > 1:
            break
        if _interrupts(other) and not (other.apart and draft.apart):
            between.append(other)
            continue
        if (
            other.apart == draft.apart
            and _alike(other, draft)
            and _goes_on(other, draft, between, setting, indents=indents)
        ):
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


def _goes_on(one: Draft, other: Draft, between: Sequence[Draft], setting: Setting, *, indents: bool) -> bool:
    over = one.last and other.first
    if not between and not over:
        return False  # neighbours in one column: the room between them has parted them
    strangers = [draft for draft in between if not _interrupts(draft)]
    headed = any(draft.bold or draft.size > LARGER * setting.size for draft in strangers)
    if not headed and not ends(one.lines[-1]) and starts_small(other.lines[0].text):
        return True
    return over and not strangers and _is_cut_off(one, other, setting) and _runs_on(one, other, indents=indents)


def _is_cut_off(one: Draft, other: Draft, setting: Setting) -> bool:
    """Say whether a column's last paragraph is running text whose last line has no room for the next word."""
    last, first = one.lines[-1], other.lines[0]
    running = abs(one.size - setting.size) < SAME_SIZE and not DATE.fullmatch(first.text) and not last.bold
    astray = one.item and first.left < other.column[0] + 0.5 * first.size
    measured = len(one.lines) > 1 or last.right < one.column[1] - 1  # else nothing shows where lines end
    return running and measured and not astray and not _has_ended(one, first)


def _runs_on(one: Draft, other: Draft, *, indents: bool) -> bool:
    """Say whether the next column's first lines carry such a paragraph on; ``indents``: paragraphs begin with one."""
    if _is_indented(other):
        return False
    if indents and not one.item:
        return True
    return not ends(one.lines[-1]) or _is_justified(one) or _is_too_full_to_end(one, other.lines[0])


def _has_ended(draft: Draft, following: Line) -> bool:
    """Say whether the next word would have had room at a paragraph's end."""
    edge = draft.edge if len(draft.lines) > 2 else draft.column[1]  # noqa: PLR2004  # lines that show where they end
    return edge - draft.lines[-1].right > following.first_width + 0.5 * following.size


def _is_justified(draft: Draft) -> bool:
    """Say whether all lines of a paragraph, the last too, end at the same place: it has not ended."""
    rights = [line.right for line in draft.lines[-4:]]
    return len(rights) > 2 and max(rights) - min(rights) < JUSTIFIED  # noqa: PLR2004  # two may do so by chance


def _is_too_full_to_end(draft: Draft, following: Line) -> bool:
    """Say whether a last line has less room left than the last lines of paragraphs mostly have.

    A sentence ends at a line's end in about one line of sixteen, and a paragraph in about two of five at a column's
    end; a paragraph's last line leaves any room from none to a whole line. So a next word of less than a tenth of
    the line that has no room speaks for a paragraph that goes on.
    """
    left, right = draft.column
    return following.first_width + 0.25 * following.size < 0.09 * (right - left)


def _is_indented(draft: Draft) -> bool:
    step = 0.6 * draft.size
    if len(draft.lines) > 1:
        return draft.lines[0].left > draft.lines[1].left + step
    return draft.lines[0].left > draft.column[0] + step
