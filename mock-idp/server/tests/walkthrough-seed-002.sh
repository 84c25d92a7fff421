#!/bin/sh
# PingOne's older guide "Work with signoff actions", step by step, with both landings and the redirect error.
# Usage: walkthrough-seed-002.sh http://127.0.0.1:8080
set -eu

MOCK=$1
environmentId=5f1c7d2e-4a0b-4c3d-9e8f-7a6b5c4d3e2f
BASE=$MOCK/$environmentId
JAR=$(mktemp)
trap 'rm -f "$JAR"' EXIT
browser() { curl -sS -b "$JAR" -c "$JAR" "$@"; }
member() { echo "$(sed -n "s/.*\"$1\":\"\([^\"]*\)\".*/\1/p")"; }

# Signs Alice on to an application (a or b): sets ID_TOKEN and COOKIE.
sign_on() {
    app=${1}1000000-0000-4000-8000-00000000000$1
    flow=$(browser -G "$BASE/as/authorize" -d client_id="$app" -d response_type=code -d response_mode=pi.flow \
        -d scope=openid --data-urlencode "redirect_uri=https://$1.example/callback" | member resumeUrl)
    browser -o /dev/null "$BASE/flows/${flow##*flowId=}" \
        -H 'Content-Type: application/vnd.pingidentity.usernamePassword.check+json' \
        -d '{ "username": "alice", "password": "password-of-alice" }'
    code=$(browser "$flow" | member code)
    ID_TOKEN=$(curl -sS -u "$app:secret-$1" "$BASE/as/token" -d grant_type=authorization_code -d "code=$code" \
        --data-urlencode "redirect_uri=https://$1.example/callback" | member id_token)
    COOKIE=$(awk '$6 == "ST" { print "ST=" $7 }' "$JAR")
}
# The request of step 1. Prints status, where it leads, and the expiry of the cookie.
sign_off() {
    curl -sS -o /dev/null -D - -X GET -H 'Cache-Control: no-cache' -H "Cookie: $COOKIE" -G "$BASE/as/signoff" "$@" |
        tr -d '\r' | sed -n -e 's/^HTTP[^ ]* \([0-9]*\).*/\1/p' -e 's/^[Ll]ocation: \(.*\)?error=.*/\1?error=/p' \
            -e '/?error=/d' -e 's/^[Ll]ocation: //p' -e 's/^[Ss]et-[Cc]ookie: \(ST=.*\)/\1/p'
}

# With the sample's empty redirect URI, the hosted page "signedOut".
sign_on a
sign_off -d "id_token_hint=$ID_TOKEN" -d post_logout_redirect_uri=

# Step 2 is between PingOne's services: the journal of the mock shows it, before the session ends.
curl -sS "$MOCK/__mock/journal" | tr '{' '\n' | sed -n \
    -e 's/.*"event":"internal_call","method":"\([A-Z]*\)","endpoint":"\([^"]*\)","cookie":"\([^"]*\)","status":\([0-9]*\).*/\1 \2 \3 \4/p' \
    -e 's/.*"event":"\(session_ended\)".*/\1/p'

# The application with a custom UI gets its user back, with the environment.
sign_on b
sign_off -d "id_token_hint=$ID_TOKEN"

# A redirect URI, and state.
sign_on a
sign_off -d "id_token_hint=$ID_TOKEN" -d state=a%20b --data-urlencode post_logout_redirect_uri=https://a.example/signed-off

# A redirect URI of any application of the environment.
sign_on a
sign_off -d "id_token_hint=$ID_TOKEN" --data-urlencode post_logout_redirect_uri=https://b.example/signed-off

# Nobody's redirect URI is a redirect error, and a missing hint is one, too.
sign_on a
sign_off -d "id_token_hint=$ID_TOKEN" --data-urlencode post_logout_redirect_uri=https://c.example/signed-off
sign_off

# The endpoint of flow orchestration itself.
curl -sS -o /dev/null -D - -X DELETE -H "Cookie: $COOKIE" "$BASE/session" |
    tr -d '\r' | sed -n -e 's/^HTTP[^ ]* \([0-9]*\).*/\1/p' -e 's/^[Ss]et-[Cc]ookie: \(ST=.*\)/\1/p'
