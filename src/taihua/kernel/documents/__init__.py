"""Documents: what the house drafts and issues; issued, it never changes again."""
