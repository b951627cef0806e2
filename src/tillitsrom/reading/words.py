"""Word lists, written as text."""


def wordlist(text: str) -> frozenset[str]:
    """The words of a text as a set."""
    return frozenset(text.split())
