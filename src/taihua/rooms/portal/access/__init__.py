"""Who may do what in the portal."""
