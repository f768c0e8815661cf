from celery import shared_task

from audit import alerts, config_drift, heads, months, sequencer, witnesses


@shared_task
def publish_tree_head() -> None:
    sequencer.sequence_all()
    head = heads.publish()
    if head:
        witnesses.deliver(head)


@shared_task
def note_settings() -> None:
    config_drift.note_changes()


@shared_task
def make_months() -> None:
    months.make_months()


@shared_task
def note_alerts() -> None:
    alerts.note_alerts()
