"""What a comparison showed, for people and for programs."""
