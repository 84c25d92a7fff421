"""Canaille as a target: loopback only, a fresh database and key at each start. Two clients, two users, its own pages."""

import os
import tempfile
from pathlib import Path

from canaille import create_app
from canaille.app import models
from canaille.backends import Backend
from canaille.oidc import provider
from cryptography.hazmat.primitives import serialization
from cryptography.hazmat.primitives.asymmetric import rsa
from werkzeug.security import gen_salt
from werkzeug.serving import WSGIRequestHandler, make_server

PORT = int(os.environ.get("PORT", "4108"))
# Not its backend in memory, which answers a query for two attributes with what has either of them, so that one code is
# taken for another. It is meant for tests.
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


# Access tokens of one person at one client are the same text within a second, and the second of them meets 500, because
# the column is unique. The harness signs in faster than that. The package makes its tokens for clients like this.
provider.generate_access_token = lambda client, grant_type, user, scope: gen_salt(48)

app = create_app(
    {
        "SECRET_KEY": "of-a-target-on-loopback",
        "SERVER_NAME": f"127.0.0.1:{PORT}",
        "PREFERRED_URL_SCHEME": "http",
        "CANAILLE": {"DATABASE": "sql", "SMTP": None, "LOGGING": {"version": 1}},
        # A slow hash protects passwords that somebody has; these are in the target file.
        "CANAILLE_SQL": {
            "DATABASE_URI": f"sqlite:///{DATABASE}",
            "PASSWORD_HASH_PARAMS": {"pbkdf2_sha512__rounds": 1},
        },
                "CANAILLE_OIDC": {
            "ACTIVE_JWKS": [signing_key()],
            "REQUIRE_NONCE": False,
            "DYNAMIC_CLIENT_REGISTRATION_OPEN": True,
        },
    }
)

with app.app_context():
    for name in ("alice", "bob"):
        user = models.User(
            user_name=name,
            formatted_name=name.title(),
            family_name=name.title(),
            emails=[f"{name}@target.test"],
            password=f"password-of-{name}",
        )
        Backend.instance.save(user)
    for client_id, tail in (("rp-a", ""), ("rp-b", "-b")):
        after = f"http://127.0.0.1:9999/signed-out{tail}"
        client = models.Client(
            client_id=client_id,
            client_name=client_id,
            # A client at a trusted domain is asked for no consent.
            client_uri="http://127.0.0.1:9999",
            client_secret=f"secret-of-{client_id}-0123456789abcdef",
            redirect_uris=[f"http://127.0.0.1:9999/callback{tail}"],
            post_logout_redirect_uris=[after, f"{after}?from=signoff&lang=en"],
            grant_types=["authorization_code", "refresh_token"],
            response_types=["code"],
            scope=["openid"],
            token_endpoint_auth_method="client_secret_basic",
        )
        Backend.instance.save(client)
        client.audience = [client]
        Backend.instance.save(client)


class Quiet(WSGIRequestHandler):
    """Without a line for each request."""

    def log_request(self, *_arguments) -> None:
        pass


if __name__ == "__main__":
    make_server("127.0.0.1", PORT, app, threaded=True, request_handler=Quiet).serve_forever()
