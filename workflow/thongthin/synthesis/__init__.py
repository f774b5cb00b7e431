"""Both strands together."""
