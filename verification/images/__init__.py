"""Opening pictures that strangers send.

The header is read by a walk over the file's own parts before any decoder sees it, and only the
parts that make the picture are handed on: metadata, text, profiles, thumbnails, further frames and
what is glued to the end never reach a decoder.
"""

from verification.images.decoding import decode, encode, inspect, reencode
from verification.images.errors import BadImage
from verification.images.headers import ImageInfo

__all__ = ["BadImage", "ImageInfo", "decode", "encode", "inspect", "reencode"]
