"""What is read of the portal."""
