"""The rules in the browser: read, explained, edited, adopted."""
