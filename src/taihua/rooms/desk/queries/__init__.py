"""What the desk shows: read from the kernel alone."""
