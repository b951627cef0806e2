"""Sums rounded so that they never tell what one person said (R2)."""


def outwards(low: float, high: float) -> tuple[float, float]:
    """A range of hours, rounded outwards to two figures: the true one always lies inside.

    A sum that grows by one report then changes by a step or not at all, and the report cannot be read from the difference.
    """
    return _rounded(low, up=False), _rounded(high, up=True)


def _rounded(value: float, *, up: bool) -> float:
    step = 10 ** max(0, len(str(int(value))) - 2)
    whole = -(-value // step) if up else value // step
    return float(whole * step)
