"""How long to wait for a database that does not answer."""

# Whoever waits for a page is told; a connection into nothing ends within fifteen seconds, so that
# no thread stands behind a machine that is gone. libpq's names, seconds and milliseconds.
OF_CONNECTIONS = {
    "connect_timeout": 3,
    "keepalives_idle": 5,
    "keepalives_interval": 5,
    "keepalives_count": 2,
    "tcp_user_timeout": 15_000,
}
