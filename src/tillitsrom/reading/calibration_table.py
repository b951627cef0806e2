"""Made by `python -m benchmarks.calibration --write`: what each rule found in annotated documents, and how much was right."""

# (what the rules say, what was right), rising; for letters, and for laws and regulations.
CURVE: tuple[tuple[float, float], ...] = ()
LAW_CURVE: tuple[tuple[float, float], ...] = ()

# rule: (found, right, what it says on average)
RULES: dict[str, tuple[int, int, float]] = {}

# class: (found, right, what its rules alone would promise on average)
CLASSES: dict[str, tuple[int, int, float]] = {}
