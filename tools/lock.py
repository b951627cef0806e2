"""Compile the lock files in `requirements/` from `pyproject.toml`: versions and hashes, never an address.

python tools/lock.py            (needs uv: pip install uv)
"""

import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
LOCKS = {
    "server.txt": ["pyproject.toml", "--extra", "server", "--group", "build"],
    "dev.txt": [
        "pyproject.toml",
        "--extra",
        "server",
        "--extra",
        "distributed",
        "--group",
        "build",
        "--group",
        "dev",
        "--group",
        "e2e",
    ],
    "node.txt": ["--group", "node"],
}


def main() -> int:
    for name, sources in LOCKS.items():
        command = [
            "uv",
            "pip",
            "compile",
            "--quiet",
            "--universal",
            "--python-version",
            "3.11",
            "--generate-hashes",
        ]
        command += [
            "--no-emit-index-url",
            "--no-header",
            "--no-annotate",
            *sources,
            "-o",
            f"requirements/{name}",
        ]
        print("locking", name)
        subprocess.run(command, cwd=ROOT, check=True)
    return 0


if __name__ == "__main__":
    sys.exit(main())
