"""Drafts (草稿): what somebody typed into a form and has not handed in yet, seen by nobody else."""
