"""Other apps and their document types, one module for each; nothing here runs unless they are installed."""
