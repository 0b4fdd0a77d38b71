"""What a change of a rotation does, and how it is made without a reshuffle."""
