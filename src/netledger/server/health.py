"""Whether the process lives, and whether the service can answer."""

from collections.abc import Iterator

from django.db import Error, connection
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.views.decorators.http import require_safe

from netledger.installation.full_disk import is_nearly_full, room_of
from netledger.installation.home import home_from_environment
from netledger.server.beat import FRESH_S, beat_age_s
from netledger.system_api.answers import RETRY_AFTER_S

JSON = "application/json"


@require_safe
def healthz(_request: HttpRequest) -> HttpResponse:
    """Answer: the process lives."""
    return _uncached(HttpResponse("alive\n", content_type="text/plain; charset=utf-8"))


@require_safe
def readyz(request: HttpRequest) -> HttpResponse:
    """Answer 200 if the database answers, the ticker ticks and the disk has room, else 503 with what does not.

    A line each; to who accepts JSON alone, `{"ready": …, "wrong": {what: sentence}}`.
    """
    wrong = dict(_wrong())
    status = 503 if wrong else 200
    if request.headers.get("Accept") == JSON:
        return _uncached(JsonResponse({"ready": not wrong, "wrong": wrong}, status=status))
    text = "".join(f"{sentence}\n" for sentence in wrong.values()) or "ready\n"
    return _uncached(HttpResponse(text, status=status, content_type="text/plain; charset=utf-8"))


def _wrong() -> Iterator[tuple[str, str]]:
    """What keeps the service from answering, by its name, with a sentence."""
    home = home_from_environment()
    if not _database_answers():
        yield "database", "the database does not answer"
    lag_s = beat_age_s(home)
    if lag_s is None:
        yield "ticker", "the ticker does not tick"
    elif lag_s > FRESH_S:
        yield "ticker", f"the ticker is {lag_s:.0f} s late"
    if is_nearly_full(home.path):
        yield "disk", f"the disk is nearly full: {room_of(home.path).free_bytes // 2**20} MiB are left"


def _database_answers() -> bool:
    try:
        with connection.cursor() as cursor:
            cursor.execute("SELECT 1")
    except Error:
        return False
    return True


def _uncached(answer: HttpResponse) -> HttpResponse:
    answer["Cache-Control"] = "no-store"
    if answer.status_code == 503:
        answer["Retry-After"] = str(RETRY_AFTER_S)
    return answer
