"""The digital IDs that offices issued during the pilot: taken over, compared, welcomed back."""
