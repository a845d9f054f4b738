"""Scripts that run in a bench's Python, with the sites folder as the working directory."""
