"""Write the OpenAPI that the tests compare with: `python -m tools.openapi`. Run it when the API was changed on purpose."""

import json
import os
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
SNAPSHOT = ROOT / "tests" / "openapi.json"


def current() -> str:
    """The OpenAPI as text, with the keys in order, so that a change shows as the lines it changes."""
    import django
    from django.utils import translation

    sys.path.insert(0, str(ROOT / "src"))
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "tillitsrom.settings.test")
    django.setup()
    from ninja.responses import NinjaJSONEncoder

    from tillitsrom.api import api

    with translation.override("en"):
        schema = api.get_openapi_schema()
        return json.dumps(schema, cls=NinjaJSONEncoder, ensure_ascii=False, indent=1, sort_keys=True) + "\n"


if __name__ == "__main__":
    SNAPSHOT.write_text(current(), encoding="utf-8")
    print(f"wrote {SNAPSHOT.relative_to(ROOT)}")
