"""A fresh process answers its first request: no module needs another one to have been there first.

Other tests import REST framework by its test client, and would not see it.
"""

import subprocess
import sys

import pytest


@pytest.mark.parametrize("first", ["dopa_portal.urls", "rest_framework.views"])
def test_each_may_be_the_first_to_be_imported(first):
    command = [sys.executable, "-c", f"import django; django.setup(); import {first}"]
    done = subprocess.run(command, check=False, capture_output=True, text=True)  # noqa: S603 - our own words
    assert [done.returncode, done.stderr[-300:]] == [0, ""]
