"""Build hook: the wheel carries the compiled front end and translations, where the machine can make them."""

import shutil
import subprocess
import sys
from pathlib import Path
from typing import Any

from hatchling.builders.hooks.plugin.interface import BuildHookInterface


class CustomBuildHook(BuildHookInterface):  # type: ignore[type-arg]  # hatchling gives the hook no parameters
    """Without Node.js the command line still installs; the web application then has no style until it is built."""

    def initialize(self, version: str, build_data: dict[str, Any]) -> None:
        root = Path(self.root)
        sys.path.insert(0, str(root))
        from tools.messages import compile_all

        compile_all()
        if version == "editable":
            return
        static = root / "src/tillitsrom/web/static/build"
        if not (static / "app.css").exists():
            self._build(root)
        build_data["artifacts"] += ["src/tillitsrom/web/static/build/**", "src/tillitsrom/**/*.mo"]

    def _build(self, root: Path) -> None:
        npm = shutil.which("npm")
        if npm is None:
            self.app.display_warning(
                "Node.js is missing: the package is built without the web application's style."
            )
            return
        subprocess.run([npm, "ci", "--no-audit", "--no-fund"], cwd=root, check=True)  # noqa: S603
        subprocess.run([npm, "run", "build"], cwd=root, check=True)  # noqa: S603
