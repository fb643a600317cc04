"""The systems, one module each: what it holds, in the form in which such a system keeps it."""
