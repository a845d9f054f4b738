"""Rooms, cars and equipment that activities book; a resource is never booked twice at the same time (R14)."""
