"""PostgreSQL and Valkey out of Python wheels, and one process that keeps the whole portal running.

For trying, developing and testing; production gives DATABASE_URL and REDIS_URL instead. Nothing here
imports Django, for the settings are made of what this package starts.
"""
