"""A small OpenID Connect provider on this machine, with a key of its own: it lets in whoever it is told of."""

import base64
import hashlib
import json
import secrets
import threading
import time
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from urllib.parse import parse_qs, urlencode, urlsplit

from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import padding, rsa

CLIENT, SECRET = "foodlots", "kept-between-the-two"


def encoded(data: bytes) -> str:
    return base64.urlsafe_b64encode(data).rstrip(b"=").decode()


def number(value: int) -> str:
    return encoded(value.to_bytes((value.bit_length() + 7) // 8, "big"))


class Provider:
    """Its key, the codes it gave out, and whom a visitor may say to be: an address each, verified or not."""

    def __init__(self, people: dict[str, bool]):
        self.people, self.codes, self.address = people, {}, ""
        self.key = rsa.generate_private_key(public_exponent=65537, key_size=2048)

    def metadata(self) -> dict:
        ways = {name: f"{self.address}/{name}" for name in ("authorize", "token", "keys", "end")}
        return {
            "issuer": self.address, "authorization_endpoint": ways["authorize"], "token_endpoint": ways["token"],
            "jwks_uri": ways["keys"], "end_session_endpoint": ways["end"], "response_types_supported": ["code"],
            "subject_types_supported": ["public"], "id_token_signing_alg_values_supported": ["RS256"],
            "code_challenge_methods_supported": ["S256"],
        }  # fmt: skip

    def keys(self) -> dict:
        of = self.key.public_key().public_numbers()
        return {
            "keys": [{"kty": "RSA", "alg": "RS256", "use": "sig", "kid": "1", "n": number(of.n), "e": number(of.e)}]
        }

    def choice(self, asked: dict[str, str]) -> str:
        """The page on which a visitor says who they are."""
        links = "".join(
            f'<p><a href="/come?{urlencode(asked | {"who": who})}">{who}</a></p>'.replace("&", "&amp;")
            for who in self.people
        )
        return f"<!doctype html><title>Who are you?</title><h1>Who are you?</h1>{links}"

    def let_in(self, asked: dict[str, str]) -> str:
        """Where a visitor who said so goes back to, with a code to be used once."""
        code = secrets.token_urlsafe(16)
        self.codes[code] = asked
        return f"{asked['redirect_uri']}?{urlencode({'code': code, 'state': asked['state']})}"

    def token(self, given: dict[str, str], authorization: str) -> dict:
        """The signed word who it was. Raises KeyError or ValueError where code, client or challenge are not right."""
        asked = self.codes.pop(given["code"])
        client = base64.b64decode(authorization.removeprefix("Basic ")).decode()
        challenge = encoded(hashlib.sha256(given["code_verifier"].encode()).digest())
        wanted = (f"{CLIENT}:{SECRET}", asked["code_challenge"], asked["redirect_uri"])
        if (client, challenge, given["redirect_uri"]) != wanted:
            raise ValueError(client)
        now = int(time.time())
        return {
            "access_token": secrets.token_urlsafe(16), "token_type": "Bearer", "expires_in": 3600,
            "id_token": self._signed({
                "iss": self.address, "aud": CLIENT, "sub": asked["who"], "email": asked["who"], "nonce": asked["nonce"],
                "email_verified": self.people[asked["who"]], "iat": now, "exp": now + 3600,
            }),
        }  # fmt: skip

    def _signed(self, claims: dict) -> str:
        head = {"alg": "RS256", "typ": "JWT", "kid": "1"}
        told = ".".join(encoded(json.dumps(part).encode()) for part in (head, claims))
        return f"{told}.{encoded(self.key.sign(told.encode(), padding.PKCS1v15(), hashes.SHA256()))}"


class Answers(BaseHTTPRequestHandler):
    """What the provider says to a browser and to the server that asks who came."""

    provider: Provider

    def do_GET(self):
        path, asked = urlsplit(self.path).path, query(urlsplit(self.path).query)
        if path == "/.well-known/openid-configuration":
            self._say(json.dumps(self.provider.metadata()))
        elif path == "/keys":
            self._say(json.dumps(self.provider.keys()))
        elif path == "/authorize":
            self._say(self.provider.choice(asked), "text/html")
        elif path == "/come":
            self._send_to(self.provider.let_in(asked))
        elif path == "/end":
            self._send_to(asked["post_logout_redirect_uri"])
        else:
            self.send_error(404)

    def do_POST(self):
        given = query(self.rfile.read(int(self.headers["Content-Length"])).decode())
        try:
            self._say(json.dumps(self.provider.token(given, self.headers["Authorization"])))
        except (KeyError, ValueError):
            self.send_error(400)

    def _say(self, text: str, kind: str = "application/json") -> None:
        self.send_response(200)
        self.send_header("Content-Type", kind)
        self.end_headers()
        self.wfile.write(text.encode())

    def _send_to(self, address: str) -> None:
        self.send_response(302)
        self.send_header("Location", address)
        self.end_headers()

    def log_message(self, *_):
        pass


def query(text: str) -> dict[str, str]:
    return {name: values[0] for name, values in parse_qs(text).items()}


@contextmanager
def provider(people: dict[str, bool]):
    """The provider at work; gives its address."""
    at_work = Provider(people)
    server = ThreadingHTTPServer(("127.0.0.1", 0), type("Answers", (Answers,), {"provider": at_work}))
    at_work.address = f"http://127.0.0.1:{server.server_port}"
    threading.Thread(target=server.serve_forever, daemon=True).start()
    try:
        yield at_work.address
    finally:
        server.shutdown()
        server.server_close()
