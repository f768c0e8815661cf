"""The word of an app's platform, that it is the app, on a device that is what it says."""


class NotAttested(Exception):
    """What was sent vouches for nothing; the message says why, for a log."""
