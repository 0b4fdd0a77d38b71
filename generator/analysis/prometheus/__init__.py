"""What the repository says about its Prometheus servers: settings, several of them, metrics that there are."""
