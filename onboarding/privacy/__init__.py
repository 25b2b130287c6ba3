"""What everybody may do about their own data: read, take along, withdraw a consent, ask for deletion."""
