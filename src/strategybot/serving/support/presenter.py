"""What the page “Find support” shows: what people tell, translated into changes of its components."""

import logging
from collections.abc import Mapping
from dataclasses import replace
from datetime import date
from typing import Any

import gradio as gr

from strategybot.eligibility.facts import load_facts
from strategybot.errors import StrategyBotError
from strategybot.schema import Asking
from strategybot.serving.conversation import parse_day
from strategybot.serving.seam import Answering
from strategybot.serving.support.cards import Sheet, lay_out_sheet
from strategybot.serving.support.export import write_markdown_sheet, write_plain_sheet
from strategybot.serving.support.layout import FactField, SupportPage
from strategybot.serving.support.render import (
    render_found,
    render_rest,
    render_results,
    render_sources,
    say_count,
    say_rest,
)
from strategybot.serving.support.taking import Wording, take
from strategybot.serving.support.told import CARDS, Chip, Told, chips_of
from strategybot.serving.support.words import upper_first

logger = logging.getLogger(__name__)

Updates = dict[Any, Any]
"""What changes on the page, by component: Gradio's own form."""
MOST_CHARS = 10_000
UNEXPECTED = "Something went wrong here and nothing was looked up. Please try again."
INVITATION = "Write a sentence about your business, or fill in one of the fields, first."
FLAG = (("Yes", "yes"), ("No", "no"))


class SupportPresenter:
    """Turns what people tell into what the page shows."""

    def __init__(self, assistant: Answering, page: SupportPage) -> None:
        """Put together who matches and what is shown."""
        self._assistant = assistant
        self.page = page

    def update(self, values: Mapping[Any, Any], site: str, *, more: bool = False) -> Updates:
        """Look again at all that stands in the fields; trouble is told beside them, and what was typed stays."""
        page = self.page
        before: Told = values[page.told]
        try:
            told = take(self._assistant, before, self._edits(before, values), _wording(page, values))
            told = replace(told, cards=before.cards + CARDS if more else before.cards)
            return self._show(told, values, site)
        except (ValueError, StrategyBotError) as error:
            return {page.note: render_found(upper_first(str(error)))}
        except Exception:  # the page must say that nothing comes, whatever broke
            logger.exception("nothing was matched")
            return {page.note: render_found(UNEXPECTED)}

    def invite(self, updates: Updates) -> Updates:
        """Say what to do where support was sought and nothing is told; else change nothing."""
        told: Told | None = updates.get(self.page.told)
        empty = told is not None and told.matching is None and not told.faults
        return {**updates, self.page.note: render_found(INVITATION)} if empty else updates

    def begin_anew(self) -> Updates:
        """Show the page as at first."""
        page = self.page
        empty = dict.fromkeys((page.situation, page.as_of, page.answer), "")
        values: dict[Any, Any] = {**empty, page.with_rest: False, page.choice: None, page.told: Told()}
        # Whatever stands in a field differs from what is put there now.
        values |= dict.fromkeys((field.box for field in page.facts), None)
        return {**self._show(Told(), values, ""), **empty}

    def _edits(self, told: Told, values: Mapping[Any, Any]) -> dict[str, str]:
        page = self.page
        typed = dict(told.typed([values[field.box] or "" for field in page.facts]))
        asked = told.matching.clarifying_question if told.matching else None
        answer = (values[page.choice] if asked and _choices(asked) else values[page.answer]) or ""
        return {**typed, asked.fact: answer.strip()} if asked and answer.strip() else typed

    def _show(self, told: Told, values: Mapping[Any, Any], site: str) -> Updates:
        page = self.page
        with_rest = bool(values[page.with_rest])
        sheet = lay_out_sheet(told.matching, cards=told.cards, with_rest=with_rest) if told.matching else None
        updates: Updates = {page.told: told, page.note: render_found(_note(told, sheet), found=not told.faults)}
        chips = chips_of(told)
        for field, chip in zip(page.facts, chips, strict=True):
            updates |= _show_field(field, chip, values[field.box])
        updates[page.examples] = gr.update(visible=bool(page.example_buttons) and sheet is None)
        updates[page.fresh] = gr.update(visible=sheet is not None)
        return updates | self._show_question(told, values) | self._show_sheet(sheet, told, site)

    def _show_question(self, told: Told, values: Mapping[Any, Any]) -> Updates:
        page = self.page
        asked = told.matching.clarifying_question if told.matching else None
        if asked is None:
            return {page.asking: gr.update(visible=False), page.answer: gr.update(value=""), page.choice: None}
        before: Told = values[page.told]
        same = before.matching is not None and before.matching.clarifying_question == asked
        emptied: dict[str, Any] = {} if same else {"value": ""}
        choices = _choices(asked)
        return {
            page.asking: gr.update(visible=True),
            page.answer: gr.update(label=asked.text, visible=not choices, **emptied),
            page.choice: gr.update(label=asked.text, visible=bool(choices), choices=list(choices), value=None),
        }

    def _show_sheet(self, sheet: Sheet | None, told: Told, site: str) -> Updates:
        page = self.page
        left, rest = (sheet.left, len(sheet.groups.rest)) if sheet else (0, 0)
        return {
            page.results: render_results(sheet, told),
            page.more: gr.update(visible=left > 0, value=f"Show more ({left} left)"),
            page.with_rest: gr.update(visible=rest > 0, **({"label": say_rest(sheet)} if sheet else {"value": False})),
            page.rest: render_rest(sheet),
            page.sources: render_sources(sheet, site=site),
            page.keep: gr.update(visible=sheet is not None),
            page.copy: write_plain_sheet(sheet, told, site=site) if sheet else "",
            page.markdown: write_markdown_sheet(sheet, told, site=site) if sheet else "",
        }


def _wording(page: SupportPage, values: Mapping[Any, Any]) -> Wording:
    as_of = parse_day(values[page.as_of] or "", today=date.today())
    return Wording((values[page.situation] or "")[:MOST_CHARS], as_of)


def _note(told: Told, sheet: Sheet | None) -> str:
    if told.faults:
        return " ".join(f"{fault}." if not fault.endswith(".") else fault for fault in told.faults.values())
    return f"{say_count(sheet)}." if sheet else ""


def _show_field(field: FactField, chip: Chip, typed: str | None) -> Updates:
    classes = ["guessed"] if chip.guessed else ["wrong"] if chip.wrong else []
    # What is being typed elsewhere meanwhile is left alone.
    filled: dict[str, Any] = {"value": chip.text} if chip.text != typed and not chip.wrong else {}
    return {
        field.row: gr.update(visible=chip.shown),
        field.box: gr.update(label=chip.label, info=chip.info, elem_classes=classes, **filled),
        field.remove: gr.update(value=f"Take away: {chip.label}", visible=bool(chip.text)),
    }


def _choices(asked: Asking) -> tuple[tuple[str, str], ...]:
    """Return the answers that a question allows; none if it is answered in words."""
    fact = load_facts().get(asked.fact)
    if fact is None or fact.kind not in ("flag", "choice"):
        return ()
    return FLAG if fact.kind == "flag" else tuple((upper_first(v.replace("-", " ")), v) for v in fact.values)
