"""Importing this makes Django ready for a script that stands outside it."""

import os
import sys
from pathlib import Path

import django

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))
os.environ.setdefault("DJANGO_SETTINGS_MODULE", "dopa_portal.settings.development")
django.setup()
