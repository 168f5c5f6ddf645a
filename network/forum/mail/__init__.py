"""Answers by e-mail: where they are sent, and how they become posts."""
