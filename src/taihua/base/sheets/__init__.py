"""Spreadsheets as offices keep them: any file in, a clean table out, or a refusal with its reason."""
