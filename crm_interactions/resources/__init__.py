"""Rooms, cars and equipment that activities reserve, never two at the same time (R14)."""
