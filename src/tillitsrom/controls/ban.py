"""The hard ban on measuring a person (R1): which words of a text do it, if any. Asked of everything that a measure says."""

from dataclasses import dataclass

from . import house


@dataclass(frozen=True, slots=True)
class Banned:
    """The words that were found: one that always measures a person, or one for the person and one for the output."""

    words: tuple[str, ...]


def measures_a_person(text: str) -> Banned | None:
    """Whether what is collected measures single persons. Field names and plain sentences alike.

    Looks at one line at a time: what stands on a line of its own is one thing that is collected.
    """
    found = house.rules()
    for line in text.splitlines() or [text]:
        words = house.plain(line)
        always = next((one for one in found.never if one in words), None)
        if always:
            return Banned((always,))
        person = next((one for one in found.person if one in words), None)
        output = next((one for one in found.output if one in words), None)
        if person and output:
            return Banned((person, output))
    return None
