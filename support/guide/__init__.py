"""The guide for everybody, in a merchant's words. What it says of papers, times and prices is read from the tables."""
