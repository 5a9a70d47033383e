"""A list of few subscribers among very many costs what it shows."""

from django.db import connection

from backoffice.browser import Browser
from given import a_plan


def test_it_reads_an_index_and_does_not_ask_of_everybody(administrator: Browser) -> None:
    plans: list[str] = []

    def explained(execute, text, parameters, many, context):  # noqa: ANN001, ANN202
        if "below" in text:
            with connection.cursor() as cursor:
                cursor.cursor.execute(f"EXPLAIN {text}", parameters)
                plans.extend(line for (line,) in cursor.fetchall())
        return execute(text, parameters, many, context)

    with connection.execute_wrapper(explained):
        administrator.get(f"/admin/subscribers/?state=blocked&plan={a_plan().id}")

    assert plans and not [line for line in plans if "Filter" in line and "SubPlan" in line]
