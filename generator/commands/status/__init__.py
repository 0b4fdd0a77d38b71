"""What the commands share that tell customers something: `tocsin incident` and `tocsin maintenance`."""
