"""What puts the story into a site and takes it out again, through the platform's controllers."""
