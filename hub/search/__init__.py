"""Search by name, address and pinyin: folding, readings, the index and what is asked of it."""
