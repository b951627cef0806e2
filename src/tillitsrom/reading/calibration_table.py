"""Made by `python -m benchmarks.calibration --write`: what was found in annotated documents, and how much was right."""

# (what the rules say, what was right), rising; for letters, and for laws and regulations.
CURVE: tuple[tuple[float, float], ...] = (
    (0.5, 0.6),
    (0.684, 0.697),
    (0.782, 0.831),
    (0.82, 0.876),
    (0.874, 0.885),
    (0.957, 0.892),
)
LAW_CURVE: tuple[tuple[float, float], ...] = (
    (0.733, 0.841),
    (0.862, 0.883),
    (0.95, 0.957),
)

# rule: (found, right, what it says on average)
RULES: dict[str, tuple[int, int, float]] = {
    "assigned": (6, 6, 0.95),
    "bound": (2, 2, 0.7),
    "calendar_row": (31, 29, 0.85),
    "deadline_demand": (1, 1, 0.7),
    "expectation": (15, 15, 0.893),
    "goal_heading": (3, 3, 0.8),
    "instructing_present": (24, 22, 0.733),
    "item_infinitive": (5, 5, 0.6),
    "law_bearer": (212, 203, 0.95),
    "law_item": (83, 65, 0.859),
    "law_may_not": (4, 4, 0.75),
    "law_passive": (113, 103, 0.85),
    "law_responsible": (8, 8, 0.85),
    "law_state": (39, 38, 0.7),
    "law_thing": (55, 45, 0.75),
    "list_goals": (35, 27, 0.927),
    "list_item": (108, 100, 0.915),
    "list_item_whole": (1, 1, 0.6),
    "list_key_figures": (9, 9, 0.93),
    "list_steering": (11, 11, 0.901),
    "modal_addressee": (103, 88, 0.951),
    "modal_impersonal": (21, 17, 0.842),
    "modal_involve": (10, 10, 0.75),
    "modal_necessary": (1, 1, 0.7),
    "modal_passive": (81, 66, 0.806),
    "modal_thing": (41, 33, 0.775),
    "modal_thing_state": (25, 17, 0.722),
    "parameter": (1, 0, 0.75),
    "reminder": (1, 0, 0.7),
    "request": (9, 6, 0.97),
    "request_passive": (16, 15, 0.96),
    "responsibility": (10, 5, 0.825),
    "table_item": (1, 1, 0.5),
    "table_parameter": (13, 13, 0.85),
}

# class: (found, right, what its rules alone would promise on average)
CLASSES: dict[str, tuple[int, int, float]] = {
    "activity": (109, 80, 0.842),
    "assignment": (163, 154, 0.859),
    "duty": (413, 387, 0.91),
    "goal": (38, 30, 0.808),
    "guideline": (93, 78, 0.849),
    "key_figure": (9, 9, 0.937),
    "prohibition": (18, 17, 0.853),
    "reporting": (147, 128, 0.862),
    "steering_parameter": (25, 24, 0.933),
}
