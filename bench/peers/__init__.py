"""What the hub is measured against: servers that answer the same questions by other means."""
