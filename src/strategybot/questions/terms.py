"""Words: stems, stop words, and what the field's vocabulary file says stands for what."""

import re
import tomllib
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cache, cached_property, lru_cache
from importlib.resources import files

from snowballstemmer import stemmer

WORD = re.compile(r"£?\d[\d,.]*\d%?|£?\d%?|[^\W\d_]+(?:[&'’.-][^\W_]+)*|[^\W_]+", re.UNICODE)


AMOUNT = re.compile(r"£\s?\d[\d,.]* (?:million|billion|thousand)\b|£\d[\d,.]*\d")


@dataclass(frozen=True)
class Vocabulary:
    """What stands for what.

    Attributes:
        abbreviations: Short form to long form, both in lower case.
        in_capitals: The same for short forms that count only when typed in capitals.
        synonyms: Stem to the stems of the other words of its groups.
        places: Town to the council district that it lies in, both in lower case.
        other_names: Another name to the word that documents use, both in lower case.
    """

    abbreviations: Mapping[str, str]
    in_capitals: Mapping[str, str]
    synonyms: Mapping[str, frozenset[str]]
    places: Mapping[str, str]
    other_names: Mapping[str, str]

    @cached_property
    def long_stems(self) -> Mapping[str, frozenset[str]]:
        """Short form, as its stem, to the stems of its long form."""
        forms = {**self.abbreviations, **self.in_capitals}
        return {stem(short): stems(long) for short, long in forms.items() if " " not in short}

    @cached_property
    def _short_forms(self) -> tuple[re.Pattern[str], Mapping[str, str]]:
        """A pattern for all long forms and other names, and what each is shortened to."""
        forms = {**self.abbreviations, **self.in_capitals}
        single = {long: short for short, long in forms.items() if " " not in short}
        short = {**single, **{form: single[long] for form, long in forms.items() if " " in form}, **self.other_names}
        longest = sorted(short, key=len, reverse=True)
        anyhow = "|".join(r"\W+".join(re.escape(word) for word in form.split()) for form in longest)
        return re.compile(rf"\b(?:{anyhow})\b", re.I), {_run_on(form): word for form, word in short.items()}

    def shorten(self, text: str) -> str:
        """Return the text with every long form and other name replaced by its short form."""
        pattern, short = self._short_forms
        return pattern.sub(lambda found: short[_run_on(found[0])], text)

    def short_forms(self, text: str) -> frozenset[str]:
        """Return the stems of the short forms whose long forms a text holds."""
        pattern, short = self._short_forms
        return frozenset(stem(short[_run_on(found)]) for found in pattern.findall(text))

    def expand(self, text: str) -> str:
        """Return the text followed by the long forms, short forms and districts that it implies."""
        return " ".join([text, *self.implied(text)])

    def implied(self, text: str) -> tuple[str, ...]:
        """Return the long forms, short forms and districts that a text implies and does not say."""
        folded = f" {' '.join(_plain(text))} "
        both = {**self.abbreviations, **self.in_capitals}
        pairs = [*self.abbreviations.items(), *((b, a) for a, b in both.items() if " " in b)]
        implied = [other for one, other in pairs if f" {' '.join(_plain(one))} " in folded]
        implied += [other for one, other in self.in_capitals.items() if re.search(rf"\b{one.upper()}\b", text)]
        implied += [word for name, word in self.other_names.items() if f" {name} " in folded]
        implied += [district for town, district in self.places.items() if f" {town} " in folded]
        return tuple(dict.fromkeys(p for p in implied if f" {' '.join(_plain(p))} " not in folded))


def words(text: str) -> list[str]:
    """Return the words of a text in lower case, numbers with their £ and % signs and without thousands commas."""
    return [re.sub(r"(?<=\d),(?=\d{3})", "", word).replace("’", "'") for word in WORD.findall(text.lower())]


def content_words(text: str) -> list[str]:
    """Return the words that carry meaning: no stop words, possessives undone."""
    plain = (word.removesuffix("'s").replace("'", "") for word in words(text))
    return [word for word in plain if word and word not in stop_words()]


def lexical_terms(text: str) -> list[str]:
    """Return what to search words for: the words that carry meaning, and amounts as a phrase (£130 billion)."""
    return [*content_words(text), *AMOUNT.findall(text.lower())]


def ordered_stems(text: str) -> list[str]:
    """Return the stems of all words of a text in order, hyphenated words as their parts."""
    return [stem(part) for word in words(text) for part in word.removesuffix("'s").split("-") if part]


def longest_run(wanted: str, text: str) -> int:
    """Return how many words in a row of one text, by their stems, stand in a row in the other too."""
    a, b = ordered_stems(wanted), ordered_stems(text)
    best, before = 0, [0] * (len(b) + 1)
    for one in a:
        row = [0] * (len(b) + 1)
        for n, other in enumerate(b, 1):
            row[n] = before[n - 1] + 1 if one == other else 0
            best = max(best, row[n])
        before = row
    return best


def stems(text: str) -> frozenset[str]:
    """Return the stems of a text's content words, parts of hyphenated words included."""
    found = content_words(text)
    return frozenset(stem(part) for word in found for part in {word, *word.split("-")} if part)


@lru_cache(maxsize=50_000)
def said_stems(text: str) -> frozenset[str]:
    """Return the stems of a text of the documents, with the short forms of what it writes out."""
    return stems(text) | load_vocabulary().short_forms(text)


@cache
def stem(word: str) -> str:
    """Return the Porter stem of a word in lower case, as the lexical index cuts it."""
    return _stemmer().stemWord(word)  # type: ignore[no-any-return]  # the library is untyped


@cache
def stop_words() -> frozenset[str]:
    """Return the words that carry no meaning of their own."""
    text = files(__package__).joinpath("stopwords.txt").read_text("utf-8")
    return frozenset(text.split())


@cache
def load_vocabulary() -> Vocabulary:
    """Load the field's vocabulary."""
    table = tomllib.loads(files(__package__).joinpath("vocabulary.toml").read_text("utf-8"))
    places = {town: district for district, towns in table["places"].items() for town in towns}
    return Vocabulary(
        table["abbreviations"],
        table["abbreviations_in_capitals"],
        _synonyms(table["synonyms"]["groups"]),
        places,
        table["other_names"],
    )


def soft_matches(wanted: str, found: Iterable[str]) -> bool:
    """Tell whether one of the found stems is the wanted one or a synonym of it."""
    near = load_vocabulary().synonyms.get(wanted, frozenset())
    return any(each == wanted or each in near for each in found)


def _synonyms(groups: Sequence[Sequence[str]]) -> dict[str, frozenset[str]]:
    near: dict[str, frozenset[str]] = {}
    for group in groups:
        single = frozenset(stem(word) for word in group if " " not in word)
        for each in single:
            near[each] = near.get(each, frozenset()) | (single - {each})
    return near


@cache
def _stemmer() -> "stemmer":
    return stemmer("porter")


def _run_on(form: str) -> str:
    return re.sub(r"\W+", "", form.lower())


def _plain(text: str) -> list[str]:
    return re.findall(r"[^\W_]+(?:[&.][^\W_]+)*", text.lower())
