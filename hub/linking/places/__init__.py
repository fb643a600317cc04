"""Which records of homes, stations, groups and handling bodies are of one."""
