"""What a supervisor oversees: workload, reviews in bulk, and the right to hand over."""
