"""Creation and removal of the demo data on a site, through the controllers."""
