"""The kinds of connectors, a module each."""
