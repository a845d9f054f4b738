"""Look-ups in other apps' records: installed apps, organisation, employees, holidays, exchange rates."""
