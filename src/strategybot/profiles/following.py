"""Following: what follows from what is told, and from what is left unsaid."""

from collections.abc import Mapping, Sequence

from strategybot.profiles.cues import cue_word
from strategybot.schemes import Known, Profile

STAYS_CERTAINTY = 0.8


def with_staying(profile: Profile, texts: Sequence[str] = ()) -> Profile:
    """Return a profile in which a business of which no move is told stays where it is.

    Args:
        profile: What is told; a place that was told for a move is kept.
        texts: The messages that it was read from; a word of moving, opening or growing elsewhere leaves it open.
    """
    known = {name: each for name, each in profile.root.items() if name != "new_place" or not each.assumed}
    place = known.get("district")
    if place and "new_place" not in known and not any(_is_moving(each) for each in texts):
        return Profile(_after_district(known, _staying(place)))
    return Profile(known)


def _staying(place: Known) -> Known:
    certainty = min(STAYS_CERTAINTY, place.certainty)
    text = f"stays in {place.text} (no move told)"
    return place.model_copy(update={"text": text, "certainty": certainty, "assumed": True})


def _after_district(known: Mapping[str, Known], staying: Known) -> dict[str, Known]:
    ordered: dict[str, Known] = {}
    for name, each in known.items():
        ordered[name] = each
        if name == "district":
            ordered["new_place"] = staying
    return ordered


def _is_moving(text: str) -> bool:
    return bool(cue_word("places", "moving").search(text.lower()))
