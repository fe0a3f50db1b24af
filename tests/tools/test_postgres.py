import psycopg


def test_a_real_postgresql_answers_for_as_long_as_tests_run(postgres):
    with psycopg.connect(postgres) as connection:
        version = connection.execute("SHOW server_version_num").fetchone()

    assert int(version[0]) >= 180000
