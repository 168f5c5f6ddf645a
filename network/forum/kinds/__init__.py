"""What makes a question, a need and a policy matter more than a conversation."""
