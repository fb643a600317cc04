"""The stewards' desk: verdicts, pins, priorities, and what is taken back."""
