"""How old the pages of figures may be, beyond the log's counting every second or two."""

from datetime import timedelta

FIGURES_KEPT_FOR = timedelta(seconds=1)  # drawn once for all who look meanwhile
