"""Sends this morning's summary now to those who want it and have not had it. Once is enough."""

import uuid
from argparse import ArgumentParser

from django.core.management.base import BaseCommand

from dashboards.pages.overview import overview
from dashboards.summary.sending import compose, plan_summaries, readers


class Command(BaseCommand):
    help = __doc__

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument(
            "--dry-run", action="store_true", help="show a mail of each language, send nothing"
        )

    def handle(self, *, dry_run: bool, **_options: object) -> None:
        if not dry_run:
            self.stdout.write(f"{plan_summaries(readers())} summaries are on their way.")
            return
        by_language = {subscription.language: subscription for subscription in readers()}
        self.stdout.write(f"{readers().count()} want the summary.")
        for subscription in by_language.values():
            message = compose(subscription, figures=overview(), key=uuid.uuid4())
            told = message.text.replace(message.unsubscribe, "(the reader's own link)")
            self.stdout.write(f"\n{message.subject}\n\n{told}")
