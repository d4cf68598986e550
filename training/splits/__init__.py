"""Who is trained on, validated on and tested, and whether the sides are kept apart."""
