"""What can be read in the room, as far as somebody may see it."""
