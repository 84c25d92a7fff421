"""A Django site with django-oauth-toolkit as its OpenID provider: loopback only, a fresh database and key at each start.

Two clients, two users, the package's own pages; the sign-in page is Django's own view with the least of templates.
"""

import os
import sqlite3
import tempfile
from pathlib import Path
from socketserver import ThreadingMixIn
from wsgiref.simple_server import WSGIRequestHandler, WSGIServer, make_server

import django
from cryptography.hazmat.primitives import serialization
from cryptography.hazmat.primitives.asymmetric import rsa
from django.conf import settings

HERE = Path(__file__).resolve().parent
PORT = int(os.environ.get("PORT", "4105"))
DATABASE = Path(tempfile.mkdtemp(prefix="signoff-target-")) / "db.sqlite3"


def signing_key() -> str:
    """A new key. The harness may be given it: it unlocks hints that only the provider could sign."""
    key = rsa.generate_private_key(public_exponent=65537, key_size=2048)
    pem = key.private_bytes(
        serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption()
    )
    if file := os.environ.get("KEY_FILE"):
        with open(os.open(file, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600), "wb") as out:
            out.write(pem)
    return pem.decode()


settings.configure(
    SECRET_KEY="of-a-target-on-loopback",
    ALLOWED_HOSTS=["127.0.0.1"],
    ROOT_URLCONF=__name__,
    USE_TZ=True,
    DATABASES={"default": {"ENGINE": "django.db.backends.sqlite3", "NAME": str(DATABASE), "OPTIONS": {"timeout": 20}}},
    INSTALLED_APPS=[
        "django.contrib.auth",
        "django.contrib.contenttypes",
        "django.contrib.sessions",
        "django.contrib.messages",
        "oauth2_provider",
    ],
    MIDDLEWARE=[
        "django.middleware.security.SecurityMiddleware",
        "django.contrib.sessions.middleware.SessionMiddleware",
        "django.middleware.common.CommonMiddleware",
        "django.middleware.csrf.CsrfViewMiddleware",
        "django.contrib.auth.middleware.AuthenticationMiddleware",
        "django.contrib.messages.middleware.MessageMiddleware",
        "django.middleware.clickjacking.XFrameOptionsMiddleware",
    ],
    TEMPLATES=[
        {
            "BACKEND": "django.template.backends.django.DjangoTemplates",
            "APP_DIRS": True,
            "DIRS": [str(HERE / "templates")],
            "OPTIONS": {
                "context_processors": [
                    "django.template.context_processors.request",
                    "django.contrib.auth.context_processors.auth",
                    "django.contrib.messages.context_processors.messages",
                ]
            },
        }
    ],
    LOGIN_URL="/login/",
    DEFAULT_AUTO_FIELD="django.db.models.BigAutoField",
    # A slow hash protects passwords that somebody has; these are in the target file.
    PASSWORD_HASHERS=["django.contrib.auth.hashers.MD5PasswordHasher"],
    OAUTH2_PROVIDER={
        "OIDC_ENABLED": True,
        "OIDC_RSA_PRIVATE_KEY": signing_key(),
        "OIDC_RP_INITIATED_LOGOUT_ENABLED": True,
        "OIDC_RP_INITIATED_LOGOUT_ALWAYS_PROMPT": os.environ.get("PROMPT", "1") == "1",
        "PKCE_REQUIRED": False,
        "SCOPES": {"openid": "OpenID", "offline_access": "Access while you are away"},
        "OAUTH2_BACKEND_CLASS": f"{__name__}.Core",
        "OAUTH2_VALIDATOR_CLASS": f"{__name__}.Validator",
    },
)
django.setup()

from django.contrib.auth import views  # noqa: E402
from django.core.management import call_command  # noqa: E402
from django.http import HttpResponse  # noqa: E402
from django.urls import include, path  # noqa: E402
from oauth2_provider.oauth2_backends import OAuthLibCore  # noqa: E402
from oauth2_provider.oauth2_validators import OAuth2Validator  # noqa: E402


class Core(OAuthLibCore):
    """Tells the validator whether somebody is signed in, which it is not told while it looks at a request."""

    def extract_headers(self, request):
        return super().extract_headers(request) | {"signed_in": request.user.is_authenticated}


class Validator(OAuth2Validator):
    """Answers `prompt=none`. The package leaves these two methods to the site, and answers 500 without them."""

    def validate_silent_login(self, request):
        return request.headers["signed_in"]

    def validate_silent_authorization(self, request):
        return True  # Both clients skip the question.


urlpatterns = [
    path("o/", include("oauth2_provider.urls", namespace="oauth2_provider")),
    path("login/", views.LoginView.as_view(template_name="login.html")),
    path("", lambda request: HttpResponse(front_page(request.user))),
]


def front_page(user) -> str:
    """Where the package leads when no target was asked for. It tells who is signed in, as most sites do."""
    return f"<p>You are signed in as {user}.</p>" if user.is_authenticated else "<p>You are signed out.</p>"


def seed() -> None:
    """Two users and two clients."""
    from django.contrib.auth.models import User
    from oauth2_provider.models import Application

    call_command("migrate", verbosity=0)
    for name in ("alice", "bob"):
        User.objects.create_user(name, f"{name}@target.test", f"password-of-{name}")
    for client_id, tail in (("rp-a", ""), ("rp-b", "-b")):
        after = f"http://127.0.0.1:9999/signed-out{tail}"
        Application.objects.create(
            client_id=client_id,
            name=client_id,
            client_secret=f"secret-of-{client_id}-0123456789abcdef",
            client_type="confidential",
            authorization_grant_type="authorization-code",
            redirect_uris=f"http://127.0.0.1:9999/callback{tail}",
            post_logout_redirect_uris=f"{after} {after}?from=signoff&lang=en",
            algorithm="RS256",
            skip_authorization=True,
        )
    sqlite3.connect(DATABASE).execute("PRAGMA journal_mode=WAL").close()


class Server(ThreadingMixIn, WSGIServer):
    """A thread for each request."""

    daemon_threads = True


class Quiet(WSGIRequestHandler):
    """Without a line for each request."""

    def log_message(self, *_arguments) -> None:
        pass


if __name__ == "__main__":
    seed()
    from django.core.wsgi import get_wsgi_application

    make_server("127.0.0.1", PORT, get_wsgi_application(), Server, Quiet).serve_forever()
