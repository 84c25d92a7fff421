#!/bin/sh
# Signs Alice on at a PingOne environment and off again, with curl alone.
# Usage: walkthrough-pingone.sh http://127.0.0.1:8080
set -eu

ORIGIN=$1
ENVIRONMENT=$ORIGIN/5f1c7d2e-4a0b-4c3d-9e8f-7a6b5c4d3e2f
CLIENT=a1000000-0000-4000-8000-00000000000a
CALLBACK=https://a.example/callback
JAR=$(mktemp)
trap 'rm -f "$JAR"' EXIT
browser() { curl -sS -b "$JAR" -c "$JAR" "$@"; }
member() { echo "$(sed -n "s/.*\"$1\":\"\([^\"]*\)\".*/\1/p")"; }

# 1. Ask for a code. With response_mode=pi.flow the answer is the flow, as JSON, and its cookie.
FLOW=$(browser -G "$ENVIRONMENT/as/authorize" \
    -d client_id=$CLIENT -d response_type=code -d response_mode=pi.flow \
    --data-urlencode 'scope=openid profile' --data-urlencode redirect_uri=$CALLBACK)
RESUME=$(echo "$FLOW" | member resumeUrl)
FLOW_ID=${RESUME##*flowId=}

# 2. Give name and password to the flow.
browser "$ENVIRONMENT/flows/$FLOW_ID" \
    -H 'Content-Type: application/vnd.pingidentity.usernamePassword.check+json' \
    -d '{"username": "alice", "password": "password-of-alice"}' | member status

# 3. Resume it, which gives the code, and redeem that.
CODE=$(browser "$RESUME" | member code)
TOKENS=$(curl -sS -u $CLIENT:secret-a "$ENVIRONMENT/as/token" \
    -d grant_type=authorization_code -d "code=$CODE" --data-urlencode redirect_uri=$CALLBACK)
ID_TOKEN=$(echo "$TOKENS" | member id_token)
ACCESS_TOKEN=$(echo "$TOKENS" | member access_token)
curl -sS -H "Authorization: Bearer $ACCESS_TOKEN" "$ENVIRONMENT/as/userinfo" | member preferred_username

# 4. Sign off. The answer leads back to the application.
browser -o /dev/null -w '%{http_code} %{redirect_url}\n' -G "$ENVIRONMENT/as/signoff" \
    --data-urlencode "id_token_hint=$ID_TOKEN" \
    --data-urlencode post_logout_redirect_uri=https://a.example/signed-off -d state=bye

# 5. Nobody is signed on any more: without asking there is no code.
browser -o /dev/null -w '%{redirect_url}\n' -G "$ENVIRONMENT/as/authorize" \
    -d client_id=$CLIENT -d response_type=code -d prompt=none \
    -d scope=openid --data-urlencode redirect_uri=$CALLBACK
