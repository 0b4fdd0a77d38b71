"""What importers of schedules share: instants and hours as people write them here."""
