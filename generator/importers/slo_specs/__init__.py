"""What the importers of SLO specifications share: reading without loss, names, PromQL, and gathering by service."""
