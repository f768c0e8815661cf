"""PostgreSQL and Valkey out of Python wheels, and one process that keeps the whole portal running.

For trying, developing and testing; production gives DATABASE_URL and REDIS_URL instead. Only
`prepare` imports Django, in a process of its own: settings are made of what this package starts.
"""
