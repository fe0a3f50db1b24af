"""The pages of the desk: translate, one call into queries or actions, translate back."""
