"""Who may draft, review and issue articles."""
