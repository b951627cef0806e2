"""The browser, how it is started, and what each page leaves behind when a test fails."""

import io
import os
import shutil
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from django.core.cache import cache
from playwright.sync_api import Browser, BrowserContext, ConsoleMessage, Page, expect

from tillitsrom.corpus.build import build
from tillitsrom.corpus.engines import Processes
from tillitsrom.people.models import User
from tillitsrom.reading.sources import DEFAULT_LIMITS

from . import story

LETTERS = Path(__file__).resolve().parents[1] / "src/tillitsrom/demo/letters"
RESULTS = Path(__file__).resolve().parents[1] / "test-results"
QUIET = [
    "--no-sandbox",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-default-apps",
    "--disable-domain-reliability",
    "--disable-extensions",
    "--disable-features=OptimizationHints,MediaRouter,Translate,AutofillServerCommunication",
    "--disable-sync",
    "--metrics-recording-only",
    "--no-default-browser-check",
    "--no-first-run",
    "--no-pings",
    # Nothing but this machine has an address.
    "--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE 127.0.0.1, EXCLUDE localhost",
    "--force-color-profile=srgb",
    "--font-render-hinting=none",
]
DESKTOP = {"width": 1280, "height": 900}
PHONE = {"width": 390, "height": 844}
# Milliseconds: a page is never this slow, but a machine that does much else at once may be.
PATIENCE = 20_000
expect.set_options(timeout=PATIENCE)


@pytest.fixture(scope="session", autouse=True)
def _database_beside_the_browser() -> None:
    """Playwright's own event loop makes Django think that the tests are asynchronous."""
    os.environ.setdefault("DJANGO_ALLOW_ASYNC_UNSAFE", "1")


@pytest.hookimpl(tryfirst=True)
def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Everything in this folder drives a browser, also what somebody forgot to mark."""
    here = Path(__file__).parent
    for item in items:
        if here in item.path.parents:
            item.add_marker(pytest.mark.e2e)


@pytest.fixture(scope="session")
def browser_type_launch_args(browser_type_launch_args: dict[str, Any]) -> dict[str, Any]:
    """The distribution's Chromium, silent towards the world."""
    chromium = shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("google-chrome")
    if chromium is None:
        pytest.fail("Chromium is missing. On Debian: apt-get install chromium")
    return {**browser_type_launch_args, "executable_path": chromium, "args": QUIET}


@pytest.hookimpl(wrapper=True)
def pytest_runtest_makereport(item: pytest.Item) -> Any:
    """Let the fixtures know how the test itself went."""
    report = yield
    if report.when == "call":
        item.stash[_FAILED] = report.failed
    return report


_FAILED = pytest.StashKey[bool]()
OpenPage = Callable[..., Page]


@pytest.fixture
def complaints() -> list[str]:
    """What the browser complained about: errors in the console, breaches of the security policy, requests that failed."""
    return []


@pytest.fixture
def open_page(
    browser: Browser, live_server: Any, request: pytest.FixtureRequest, complaints: list[str]
) -> Iterator[OpenPage]:
    """Open a page as somebody, in a browser of their own. After a failure its trace and picture stay in test-results."""
    opened: list[tuple[BrowserContext, Page, bool]] = []
    cache.clear()

    def open_as(
        user: User | None = None, *, viewport: dict[str, int] = DESKTOP, trace: bool = True, **options: Any
    ) -> Page:
        context = browser.new_context(
            base_url=live_server.url, viewport=viewport, locale="nb-NO", reduced_motion="reduce", **options
        )
        context.set_default_timeout(PATIENCE)
        if trace:
            context.tracing.start(screenshots=True, snapshots=True)
        if user is not None:
            cookie = {"name": "sessionid", "value": story.session_cookie(user), "url": live_server.url}
            context.add_cookies([cookie])
        page = context.new_page()
        listen(page, complaints)
        opened.append((context, page, trace))
        return page

    yield open_as
    failed = request.node.stash.get(_FAILED, False)
    name = request.node.name.replace("/", "-")[:100]
    for number, (context, page, trace) in enumerate(opened):
        if failed:
            RESULTS.mkdir(exist_ok=True)
            page.screenshot(path=RESULTS / f"{name}-{number}.png", full_page=True)
            if trace:
                context.tracing.stop(path=RESULTS / f"{name}-{number}.zip")
        context.close()


def listen(page: Page, complaints: list[str]) -> None:
    """Write down every complaint of the page."""

    def console(message: ConsoleMessage) -> None:
        # An answer of 4xx is told as an error too; where a test asks for one it is what it wants.
        if message.type == "error" and "the server responded with a status of 4" not in message.text:
            complaints.append(f"{page.url}: {message.text}")

    page.on("console", console)
    page.on("pageerror", lambda error: complaints.append(f"{page.url}: {error}"))


@pytest.fixture
def demo(live_server: Any) -> story.Demo:
    """The story, built anew for each test."""
    return story.build()


@pytest.fixture(scope="session")
def corpus(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A corpus of the letters of the demo, so that the pages that show one can be looked at."""
    path = tmp_path_factory.mktemp("corpus") / "corpus.parquet"
    build(LETTERS, path, Processes(1, DEFAULT_LIMITS), out=io.StringIO())
    return path


@pytest.fixture(autouse=True)
def _files_in_folders_of_their_own(settings: Any, tmp_path: Path, corpus: Path) -> None:
    settings.DOCUMENTS_DIR = tmp_path / "documents"
    settings.CORPUS = str(corpus)
