"""`tocsin incident`: an incident is opened, told of and resolved, each step one commit."""
