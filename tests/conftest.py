"""What every test may use: real servers, a search of its own, and the rule about skips."""

pytest_plugins = [
    "tests.servers.fixtures",
    "tests.servers.no_skips",
    "tests.searching",
    "tests.network_data",
    "tests.remembering",
]
