"""What the room writes: plans, sessions, what comes of them, lectures in turn."""
