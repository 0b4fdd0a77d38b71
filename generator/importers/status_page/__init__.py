"""What importers of status pages share: the page as one picture, its texts, and the sources that come of it."""
