"""What the commands in `bin/` share. Standard library only: it runs on a bare machine."""
