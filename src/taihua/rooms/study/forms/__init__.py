"""What the pages of the room ask, as clean values; nothing is saved here."""
