"""How each kind of system is read, and the manifest that describes one system."""
