"""What the room works out: plain data in, plain data out."""
