"""Importing this makes Django ready for a script that stands outside it."""

import os
from pathlib import Path

import django

ROOT = Path(__file__).resolve().parent.parent.parent

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "devstack.settings.development")
django.setup()
