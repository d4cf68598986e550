"""Commands about the sign encoder."""
