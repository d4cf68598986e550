"""What several commands share: options, the console, how a command is interrupted."""
