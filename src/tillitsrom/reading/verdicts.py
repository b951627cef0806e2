"""What judging a sentence takes and gives."""

from dataclasses import dataclass, field

from tillitsrom.reading.addressee import Addressee


@dataclass(frozen=True, slots=True)
class Verdict:
    """What a sentence was found to be: the name of the rule, how sure it is, and whether it only gives room."""

    rule: str
    confidence: float
    authority: bool = False


@dataclass(frozen=True, slots=True)
class Setting:
    """Where a sentence stands, as far as it matters for judging it.

    `opening` is the part of an assignment before anything was demanded; `common` is a list of rules that hold for all
    agencies (fellesføringer).
    """

    who: Addressee
    in_assignment: bool = False
    background: bool = False
    reporting: bool = False
    opening: bool = False
    common: bool = False
    # The last sentences judged here: a stem, or the sentence after a title, is asked about more than once.
    judged: "dict[str, Verdict | None]" = field(default_factory=dict, compare=False, repr=False)
