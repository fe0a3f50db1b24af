"""The pure parts of the portal."""
