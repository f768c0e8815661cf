"""Tries are counted by account and origin (core.guard): those by the account alone locked it."""

from django.db import migrations


class Migration(migrations.Migration):
    dependencies = [("offices", "0005_proposals")]
    operations = [migrations.DeleteModel(name="SignInTries")]
