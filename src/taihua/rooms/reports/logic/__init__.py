"""The pure parts of the report: its outline, its placeholders, merging, claims, four marks."""
