"""`tocsin maintenance`: planned work is announced, begun, ended and called off, each step one commit."""
