"""What can be done in the room: whole or not at all, on record, time as an argument."""
