"""The portal's worker as it was before anybody was turned away, to be measured beside it."""

import math

from core import front
from core.lanes import LanesDispatcher


class PatientDispatcher(LanesDispatcher):
    def __init__(self) -> None:
        super().__init__()
        self.queue.light.patience = self.queue.heavy.patience = math.inf


class PatientWorker(front.BufferingWorker):
    dispatcher_class = PatientDispatcher
