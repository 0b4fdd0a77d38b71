"""The public state of things: components, incidents and maintenances at a moment, and uptime."""
