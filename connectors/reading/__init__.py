"""What every connector is, and the rows that it hands over."""
