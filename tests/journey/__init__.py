"""The people of the journey and the pages as they meet them: one small module per person."""
