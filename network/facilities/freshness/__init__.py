"""Asking owners whether their facilities are still right, and what happens when nobody says so."""
