"""Working groups: who is in them, what they meet about, and what they keep."""
