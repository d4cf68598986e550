"""Signs of any set as the sign encoder learns from them."""
