"""The computing of the reading room: data in, data out."""
