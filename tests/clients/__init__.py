"""Real clients of npm against a served hub, and the linters of the schema."""
