"""The kinds of source systems, a module each: its options, its reader, and its declaration."""
