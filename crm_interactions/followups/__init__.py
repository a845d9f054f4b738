"""Next steps: their date, their responsible user, and the one follow-up of each activity."""
