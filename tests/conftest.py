"""What every test may use: real servers, and the rule about skips."""

pytest_plugins = ["tests.servers.fixtures", "tests.servers.no_skips"]
