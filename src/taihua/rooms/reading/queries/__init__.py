"""What can be read out of the room; access is in the query."""
