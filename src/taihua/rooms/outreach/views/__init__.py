"""The pages of the room: translate, one call into queries or actions, translate back."""
