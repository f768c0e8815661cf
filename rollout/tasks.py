from celery import shared_task

from rollout.line.moving import move_line


@shared_task
def set_the_lines_speed() -> None:
    move_line()
