#!/bin/sh
# Signs Alice on at the plain provider and off again, with curl alone, by submitting its forms.
# Usage: walkthrough-oidc.sh http://127.0.0.1:8080
set -eu

ISSUER=$1/main
CALLBACK=https://a.example/callback
JAR=$(mktemp)
trap 'rm -f "$JAR"' EXIT
browser() { curl -sS -b "$JAR" -c "$JAR" "$@"; }
field() { sed -n "s/.*name=\"$1\" value=\"\([^\"]*\)\".*/\1/p"; }
member() { echo "$(sed -n "s/.*\"$1\":\"\([^\"]*\)\".*/\1/p")"; }
parameter() { sed -n "s/.*[?&]$1=\([^&]*\).*/\1/p"; }

# 1. Ask for a code. The answer is the sign-in form.
TRANSACTION=$(browser -G "$ISSUER/authorize" -d client_id=client-a -d response_type=code \
    -d scope=openid --data-urlencode redirect_uri=$CALLBACK | field transaction)

# 2. Submit it. The answer leads back to the client, with the code.
CODE=$(browser -o /dev/null -w '%{redirect_url}' "$ISSUER/sign-in" -d "transaction=$TRANSACTION" \
    -d username=alice -d password=password-of-alice | parameter code)

# 3. Redeem the code.
TOKENS=$(curl -sS -u client-a:secret-a "$ISSUER/token" \
    -d grant_type=authorization_code -d "code=$CODE" --data-urlencode redirect_uri=$CALLBACK)
ID_TOKEN=$(echo "$TOKENS" | member id_token)
ACCESS_TOKEN=$(echo "$TOKENS" | member access_token)
curl -sS -H "Authorization: Bearer $ACCESS_TOKEN" "$ISSUER/userinfo" | member sub

# 4. Sign off. The answer is a question with a value that is good once, in this browser.
CONFIRMATION=$(browser -G "$ISSUER/end-session" --data-urlencode "id_token_hint=$ID_TOKEN" \
    --data-urlencode post_logout_redirect_uri=https://a.example/signed-off -d state=bye | field confirmation)

# 5. Say yes. The answer leads back to the client.
browser -o /dev/null -w '%{http_code} %{redirect_url}\n' "$ISSUER/end-session/confirm" \
    -d "confirmation=$CONFIRMATION" -d answer=yes

# 6. Nobody is signed on any more: without asking there is no code.
browser -o /dev/null -w '%{redirect_url}\n' -G "$ISSUER/authorize" -d client_id=client-a -d response_type=code \
    -d prompt=none -d scope=openid --data-urlencode redirect_uri=$CALLBACK
