"""Whether the process lives, and whether the service can answer."""

from django.db import Error, connection
from django.http import HttpRequest, HttpResponse
from django.views.decorators.http import require_safe

from netledger.installation.home import home_from_environment
from netledger.server.beat import beats
from netledger.system_api.answers import RETRY_AFTER_S


@require_safe
def healthz(_request: HttpRequest) -> HttpResponse:
    """Answer: the process lives."""
    return _line(200, "alive")


@require_safe
def readyz(_request: HttpRequest) -> HttpResponse:
    """Answer 200 if the database answers and the ticker ticks, else 503 with what does not."""
    if not _database_answers():
        return _line(503, "the database does not answer")
    if not beats(home_from_environment()):
        return _line(503, "the ticker does not tick")
    return _line(200, "ready")


def _database_answers() -> bool:
    try:
        with connection.cursor() as cursor:
            cursor.execute("SELECT 1")
    except Error:
        return False
    return True


def _line(status: int, text: str) -> HttpResponse:
    answer = HttpResponse(f"{text}\n", status=status, content_type="text/plain; charset=utf-8")
    answer["Cache-Control"] = "no-store"
    if status == 503:
        answer["Retry-After"] = str(RETRY_AFTER_S)
    return answer
