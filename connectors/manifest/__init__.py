"""What a manifest may hold."""
