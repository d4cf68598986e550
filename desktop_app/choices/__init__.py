"""What a person chooses: source, vocabulary, picture, speed, files."""
