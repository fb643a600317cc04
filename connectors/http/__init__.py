"""Sources behind HTTP."""
