"""Embeds the kept faces of older models with the one that FACE_EMBEDDER names."""

from django.core.management.base import BaseCommand

from registration.reembedding import embed_again

SAY_EVERY = 1000


class Command(BaseCommand):
    help = __doc__

    def handle(self, **_options: object) -> None:
        counts = embed_again(progress=self.say)
        self.stdout.write(
            f"{counts['embedded']} embedded; {counts['no_picture']} have no picture left with a "
            "face in it and keep their older vector."
        )

    def say(self, done: int) -> None:
        if done % SAY_EVERY == 0:
            self.stderr.write(f"{done:,} done")
