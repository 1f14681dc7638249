"""Running the register: keys, counts, tidying up."""
