"""The measurements of `bin/bench`: what the site must reach, against a floor of the same run."""
