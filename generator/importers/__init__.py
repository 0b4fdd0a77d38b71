"""What a team already has, turned into sources: one module a format."""
