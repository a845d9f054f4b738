"""Handing over: what somebody is responsible for goes to a colleague in one step, and no history is lost (R26)."""
