"""The computing of the desk: data in, data out."""
