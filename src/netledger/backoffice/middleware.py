"""What every answer of the pages goes through."""

from collections.abc import Callable

from django.http import HttpRequest, HttpResponse


class SecureCookies:
    """Keeps cookies that were given over https from ever being sent over plain http."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Answer, and mark the cookies: whether the way is safe is known with the request alone."""
        answer = self.get_response(request)
        if request.is_secure():
            for cookie in answer.cookies.values():
                cookie["secure"] = True
        return answer
