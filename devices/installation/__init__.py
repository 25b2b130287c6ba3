"""The technician: today's visits, and one page per visit that works with a thumb and without JavaScript."""
