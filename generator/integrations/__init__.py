"""The only code that talks to the network: one module an outside system, its client library imported inside it."""
