"""Whether somebody is called when somebody should be, and who."""
