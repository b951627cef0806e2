"""Two kinds of notice that exist only in these tests."""

import pytest

from tillitsrom.notices import kinds


@pytest.fixture(autouse=True)
def known_kinds(monkeypatch):
    extra = (
        kinds.NoticeKind("test.happened", "It happened at %(name)s."),
        kinds.NoticeKind("test.secret", "Something has come.", batched=True),
    )
    monkeypatch.setattr(kinds, "KINDS", {**kinds.KINDS, **{kind.code: kind for kind in extra}})
    monkeypatch.setattr("tillitsrom.notices.actions.KINDS", kinds.KINDS)
