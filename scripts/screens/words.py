"""What do we say about a picture, and what do we say instead of it?

The caption, the text for those who do not see the picture, and the legend, all from the spec, so that they cannot say
anything else than what is drawn. Nothing here says more than we know: a drawing shows what its sources describe, and
the caption says so. Pure functions.
"""

from __future__ import annotations

from collections.abc import Iterator

from markupsafe import Markup

from scripts.facts.days import Day
from scripts.facts.fields import sentences
from scripts.facts.prose import markup, plain
from scripts.screens.model import Mark, Spec

KIND = {"schematic": "Schematic re-creation", "screenshot": "Screenshot"}
SURFACE = {"web": "web", "app": "app"}
LANGUAGE = {
    "de": "German",
    "en": "English",
    "es": "Spanish",
    "fr": "French",
    "it": "Italian",
    "nl": "Dutch",
    "pt": "Portuguese",
}
SITE = "en"  # the language of our own words

# Shorter texts say too little; longer ones are hard to follow when they are read aloud in one go.
ALT_LEAST, ALT_MOST = 40, 150


def alt(spec: Spec) -> str:
    """The text for those who do not see the picture: the spec's own, else the fullest of ours that fits."""
    if spec.alt:
        return spec.alt
    begin = f"{KIND[spec.kind]} of {plain(spec.title)}"
    count = len(spec.marks)
    marked = "; ".join(f"{number} {_in_short(mark)}" for number, mark in enumerate(spec.marks, 1))
    marks = "one numbered mark" if count == 1 else f"{count} numbered marks"
    forms = (f"{begin}. Marked: {marked}.", f"{begin}, with {marks} that a list explains.", f"{begin}, with {marks}.")
    return next((form for form in forms if len(form) <= ALT_MOST), f"{begin}.")


def _in_short(mark: Mark) -> str:
    """What a mark points at: its label, else what its line in the legend says first."""
    return mark.label or plain(sentences(mark.say)[0]).rstrip(".")


def faults(spec: Spec) -> Iterator[tuple[str, str, str]]:
    """What cannot be said: the key of the spec to blame, what is wrong, and the cure."""
    length = len(alt(spec))
    if not ALT_LEAST <= length <= ALT_MOST:
        key = "alt" if spec.alt else "title"
        cure = f"change {key} so that it has {ALT_LEAST} to {ALT_MOST}"
        yield key, f"the text for those who do not see the picture has {length} characters", cure
    elif KIND[spec.kind].casefold() not in alt(spec).casefold():
        yield "alt", f'the text does not say "{KIND[spec.kind]}"', f'begin it with "{KIND[spec.kind]} of"'
    if spec.language not in LANGUAGE:
        known = ", ".join(LANGUAGE)
        yield "language", f'"{spec.language}" has no name here', f"use one of {known}, or add it to {__name__}"


def legend(spec: Spec) -> list[Markup]:
    """The line of each mark, in order. Labels in another language say so to whoever reads them aloud."""
    lines = [markup(mark.say) for mark in spec.marks]
    if spec.language == SITE or spec.labels == "translated":
        return lines
    return [Markup(str(line).replace("<strong>", f'<strong lang="{spec.language}">')) for line in lines]


def where(spec: Spec, platform: str) -> str:
    """What the picture shows, as far as one word each can say it: "LinkedIn, web, English"."""
    return ", ".join((platform, SURFACE[spec.surface], LANGUAGE[spec.language]))


def dated(spec: Spec) -> str:
    """How old our knowledge is: of what date a drawing's sources are, or when a screenshot was taken."""
    if spec.kind == "screenshot":
        return f"Taken {_on(spec.captured)}."
    one = len(spec.sources) == 1
    if spec.verified is None:
        told = "an undated source" if one else "undated sources"
    else:
        told = f"a source of {spec.verified}" if one else f"sources up to {spec.verified}"
    return f"Drawn from {told}, not from the live {'site' if spec.surface == 'web' else 'app'}."


def _on(day: Day) -> str:
    return f"on {day}" if day.day else f"in {day}"


def labels(spec: Spec, platform: str) -> str:
    """How far to trust the words on the picture."""
    return {
        "own": f"The labels are {platform}'s own words.",
        "reported": "We have the labels from others.",
        "translated": "We translated the labels, so the real ones may differ.",
        "unseen": "No source that we read shows the labels.",
    }[spec.labels]
