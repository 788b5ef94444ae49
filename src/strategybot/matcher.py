"""The matcher: situations and questions in, schemes held against them out; the part of the assistant that matches."""

from collections.abc import Sequence
from datetime import date

from strategybot.answering.support import Support, draft_support
from strategybot.eligibility.asking import find_question
from strategybot.eligibility.matching import match_schemes
from strategybot.eligibility.naming import find_named
from strategybot.grounding.matches import cite_anew, write_matches
from strategybot.grounding.register import Register, build_register
from strategybot.index.live import Snapshot
from strategybot.profiles.conversation import read_conversation
from strategybot.profiles.reading import is_situation, read_profile
from strategybot.profiles.setting import set_facts
from strategybot.questions.followups import user_turns
from strategybot.questions.kinds import find_listed
from strategybot.questions.understanding import Question
from strategybot.retrieval.retriever import Encode
from strategybot.schema import Draft, Matching, Query, Reply, Situation
from strategybot.schemes import Profile

TOLD_FIRST = 3
"""Facts, purposes aside, from which a message is taken to ask how schemes fit, whatever else it asks."""


class Matcher:
    """Holds the schemes of an index against what people tell; keeps no profile. Safe to use from several threads."""

    def __init__(self, encode: Encode) -> None:
        """Remember how texts are embedded; the schemes are read at first use."""
        self._encode = encode
        self._kept: tuple[str, Register] | None = None

    def read(self, situation: Situation, snapshot: Snapshot) -> Profile:
        """Return what is understood of a situation; facts that only schemes of the index know can be set as well.

        Raises:
            ConfigurationError: A fact that was set is unknown or its value cannot be read.
        """
        turns = [situation.text] if situation.text.strip() else []
        read = read_conversation(turns, encode=self._encode, today=situation.as_of)
        return set_facts(read, situation.facts, also=self._register(snapshot).facts, today=situation.as_of)

    def match(self, profile: Profile, snapshot: Snapshot, *, as_of: date) -> Matching:
        """Hold a profile against every scheme of an index."""
        register = self._register(snapshot)
        fits = match_schemes(profile, register.schemes, as_of=as_of)
        return Matching(
            as_of=as_of,
            index=snapshot.version,
            profile=profile,
            matches=write_matches(fits, register),
            citations=register.citations,
            clarifying_question=find_question(fits),
        )

    def support(
        self, draft: Draft, question: Question, *, query: Query, found: Sequence[str], snapshot: Snapshot
    ) -> Draft:
        """Put in front of a draft how schemes fit, where a query tells a situation or asks whether a scheme fits.

        The matches go with it: of all schemes where a situation is told, else of those that the query names.

        Args:
            draft: What the documents say by themselves.
            question: The query, understood.
            query: As asked.
            found: Ids of the documents that were found for it, best first.
            snapshot: The index.
        """
        if question.refusal:
            return draft
        turns = [*user_turns(query.history), query.text]
        profile = read_conversation(turns, today=query.as_of)
        register = self._register(snapshot)
        named = find_named(question.standalone, register.names)
        asks = _asks_for_support(question, profile, named=bool(named))
        if not asks and not named:
            return draft
        if asks and "sector" not in profile:
            # A guess by likeness costs encoding, so that it waits until the profile is needed.
            profile = read_conversation(turns, encode=self._encode, today=query.as_of)
        fits = match_schemes(profile, register.schemes, as_of=query.as_of)
        names = [held.scheme.id for held in named]
        of_names = [fit for fit in fits if fit.held.scheme.id in names]
        if asks:
            told = len(profile) - ("need" in profile)
            asked = question.kind == "eligibility" or told >= TOLD_FIRST
            first = asked and find_listed(question.asking) is None
            asking = find_question(of_names if names else fits)
            found_fits = Support(
                fits, names, found, register.sources, asking, wants=question.wants, told=told, first=first
            )
            draft = draft_support(draft, found_fits)
        matches = write_matches(fits if asks and len(profile) else of_names, register)
        return draft.model_copy(update={"matches": matches, "profile": profile})

    def cite(self, reply: Reply, snapshot: Snapshot) -> Reply:
        """Return a reply whose matches are numbered by its own citations."""
        if not reply.matches:
            return reply
        return reply.model_copy(update={"matches": cite_anew(reply.matches, self._register(snapshot), reply.citations)})

    def _register(self, snapshot: Snapshot) -> Register:
        """Return the register of an index; it is built once for each."""
        kept = self._kept
        if kept is None or kept[0] != snapshot.version:
            register = build_register(
                snapshot.described, find_document=snapshot.find_document, find_passage=snapshot.find_passage
            )
            kept = self._kept = (snapshot.version, register)
        return kept[1]


def _asks_for_support(question: Question, profile: Profile, *, named: bool) -> bool:
    """Tell whether a question tells a situation, or asks whether a scheme fits."""
    if not len(profile):
        return named and question.kind == "eligibility"
    if is_situation(profile, question.text) or question.kind == "eligibility":
        return True
    leaning = named and question.text != question.standalone
    return leaning and any(fact != "need" for fact in read_profile(question.text))
