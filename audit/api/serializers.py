from typing import Any

from rest_framework import serializers

LARGEST = 2**62


class UnderSerializer(serializers.Serializer[Any]):
    under = serializers.IntegerField(
        min_value=1,
        max_value=LARGEST,
        required=False,
        help_text="Size of the head to prove under; the newest without it.",
    )


class GrowthSerializer(UnderSerializer):
    since = serializers.IntegerField(
        min_value=1, max_value=LARGEST, help_text="Size of the earlier head."
    )


class HeadSerializer(serializers.Serializer[Any]):
    """TreeHeadDataV2 of RFC 9162, 4.10, and its Ed25519 signature."""

    tree_size = serializers.IntegerField()
    timestamp = serializers.IntegerField(help_text="Milliseconds since 1970.")
    root_hash = serializers.CharField()
    log_id = serializers.CharField(help_text="SHA-256 of the public key.")
    signature = serializers.CharField()


class PublishedHeadSerializer(serializers.Serializer[Any]):
    head = HeadSerializer()
    public_key = serializers.CharField(help_text="Ed25519, raw. Keep it from the first time on.")


class ConsistencySerializer(PublishedHeadSerializer):
    old_head = HeadSerializer()
    consistency_path = serializers.ListField(child=serializers.CharField())


class InclusionSerializer(PublishedHeadSerializer):
    leaf = serializers.CharField(help_text="The entry's fields, joined by U+001F.")
    leaf_index = serializers.IntegerField(help_text="From 0.")
    inclusion_path = serializers.ListField(child=serializers.CharField())
