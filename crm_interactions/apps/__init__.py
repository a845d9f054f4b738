"""Look-ups in other apps' records: what is installed, organisation, employees, holidays, exchange rates."""
