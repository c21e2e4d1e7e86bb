"""Lines to sections: what stands where in a deck file, before it means anything."""
