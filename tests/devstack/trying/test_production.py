"""Production has nothing of /try/: no address, no account, no script, no command."""

import json
import os
import subprocess
import sys

from django.urls import get_resolver

from devstack.embedded.paths import ROOT
from scripts.check_deployment import MADE_UP

LOOK = """
import json, django
django.setup()
from django.conf import settings
from django.contrib.staticfiles.finders import get_finders
from django.core.management import get_commands
from django.template.loader import get_template
from django.urls import Resolver404, resolve
try:
    opens = resolve("/try/").view_name
except Resolver404:
    opens = ""
print(json.dumps({
    "opens": opens,
    "apps": [name for name in settings.INSTALLED_APPS if name.startswith("devstack")],
    "commands": [name for name, app in get_commands().items() if app.startswith("devstack")],
    "static": [name for finder in get_finders() for name, _ in finder.list([])
               if "sample" in name or "trying" in name],
    "base": get_template("base.html").origin.name,
}))
"""


def seen_under(settings: str) -> dict:
    done = subprocess.run(  # noqa: S603 - our own program
        [sys.executable, "-c", LOOK],
        env=os.environ | MADE_UP | {"DJANGO_SETTINGS_MODULE": settings},
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=True,
    )
    return json.loads(done.stdout)


def test_production_knows_nothing_of_it():
    assert seen_under("dopa_portal.settings.base") == {
        "opens": "",
        "apps": [],
        "commands": [],
        "static": [],
        "base": str(ROOT / "templates" / "base.html"),
    }


def test_the_sample_system_has_all_of_it():
    """So that the test above looks for what is there."""
    seen = seen_under("devstack.settings.test")
    assert seen["opens"] == "trying:index"
    assert {"codes", "specimen", "seed_demo"} <= set(seen["commands"])
    assert "js/sample-camera.js" in seen["static"]
    assert seen["base"] == str(ROOT / "devstack" / "trying" / "templates" / "base.html")
    assert "trying" in get_resolver().namespace_dict
