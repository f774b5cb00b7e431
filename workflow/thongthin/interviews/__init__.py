"""What the coded interviews say."""
