"""What several outputs need and nobody may calculate twice: pure, over the catalog."""
