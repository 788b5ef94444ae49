"""Follow-ups: a message that leans on the conversation becomes a question that stands alone."""

import re
from collections.abc import Sequence

from strategybot.questions.terms import content_words, load_vocabulary
from strategybot.schema import Turn

OPENERS = re.compile(
    r"^\W*(and|or|but|so|ok(ay)?|then|also|what about|how about|same|what else|which of|why|who else|when was that)\b",
    re.I,
)
POINTERS = re.compile(
    r"\b(it|its|that|this|they|them|their|those|these|there|he|she|his|her|the same|the (first|"
    r"second|last|other) one|one)\b",
    re.I,
)
OWN_NAME = re.compile(r"(?<!^)(?<![.?!] )\b[A-Z][\w&-]+ [A-Z][\w&-]+")
SHORT_WORDS = 4
TURNS_BACK = 3


def leans_on_history(text: str) -> bool:
    """Tell whether a message cannot be understood without what was said before it."""
    if OPENERS.search(text):
        return True
    named = bool(OWN_NAME.search(text) or load_vocabulary().implied(text))
    if POINTERS.search(text) and not named:
        return True
    return len(content_words(text)) < SHORT_WORDS and not named


def lacks_subject(text: str) -> bool:
    """Tell whether a message points at something that it does not name."""
    pointing = bool(OPENERS.search(text) or POINTERS.search(text))
    return len(content_words(text)) < SHORT_WORDS and (pointing or not content_words(text))


def user_turns(history: Sequence[Turn]) -> tuple[str, ...]:
    """Return what the user said, oldest first."""
    return tuple(turn.content.strip() for turn in history if turn.role == "user" and turn.content.strip())


def resolve_follow_up(text: str, history: Sequence[Turn]) -> str:
    """Return a question that stands alone.

    A message that leans on the conversation is put behind the question that it leans on, and so on back, at most
    three turns; any other message is returned as it is.
    """
    chain = [text]
    for earlier in reversed(user_turns(history)[-TURNS_BACK:]):
        if not leans_on_history(chain[0]):
            break
        chain.insert(0, earlier)
    return " ".join(chain)
