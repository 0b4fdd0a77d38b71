"""`tocsin import`: what a team already has becomes sources."""
