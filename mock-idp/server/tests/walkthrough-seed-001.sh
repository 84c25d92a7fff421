#!/bin/sh
# PingOne's page "signoff": what it requires and what it leaves optional, request by request, at the product's own
# addresses. curl is told to find all of them at the mock.
# Usage: walkthrough-seed-001.sh https://127.0.0.1:8443
set -eu

MOCK=$1
CA=$(mktemp)
HEAD=$(mktemp)
trap 'rm -f "$CA" "$HEAD"' EXIT
curl -sS --insecure -o "$CA" "$MOCK/__mock/ca.pem"
ask() { curl -sS --cacert "$CA" --connect-to "::127.0.0.1:${MOCK##*:}" "$@"; }
control() { ask -o /dev/null -H 'Content-Type: application/json' "$MOCK/__mock/$1" -d "$2"; }
member() { echo "$(sed -n "s/.*\"$1\":\"\([^\"]*\)\".*/\1/p")"; }

envID=5f1c7d2e-4a0b-4c3d-9e8f-7a6b5c4d3e2f
DEFAULT=https://auth.pingone.com/$envID
CUSTOM=https://login.example.com
EUROPE=https://auth.pingone.eu/e0000000-0000-4000-8000-0000000000e0
APP=a1000000-0000-4000-8000-00000000000a
OUT=https://a.example/signed-off
CALLBACK=https://a.example/callback

# Signs somebody on below an address: sets sessionToken (a Cookie header's value) and idToken.
sign_on() {
    base=$1 who=$2
    ask -D "$HEAD" -o "$HEAD.flow" -G "$base/as/authorize" -d client_id=$APP -d response_type=code \
        -d response_mode=pi.flow -d scope=openid --data-urlencode redirect_uri=$CALLBACK
    resume=$(member resumeUrl < "$HEAD.flow")
    rm -f "$HEAD.flow"
    cookie
    ask -D "$HEAD" -o /dev/null "$base/flows/${resume##*flowId=}" -H "Cookie: $sessionToken" \
        -H 'Content-Type: application/vnd.pingidentity.usernamePassword.check+json' \
        -d '{ "username": "'"$who"'", "password": "password-of-'"$who"'" }'
    cookie
    code=$(ask "$base/as/resume?flowId=${resume##*flowId=}" -H "Cookie: $sessionToken" | member code)
    idToken=$(ask -u $APP:secret-a "$base/as/token" -d grant_type=authorization_code -d "code=$code" \
        --data-urlencode redirect_uri=$CALLBACK | member id_token)
}
cookie() { sessionToken=$(sed -n 's/^[Ss]et-[Cc]ookie: \(ST=[^;]*\);.*/\1/p' "$HEAD"); }

# Sends a sign-off with the session's cookie; says where it led, and whether the session is over.
sign_off() {
    said=$1 base=$2
    shift 2
    led=$(ask -o /dev/null -w '%{http_code} %{redirect_url}' -H "Cookie: $sessionToken" "$base/as/signoff" "$@")
    case $led in *'?error='*)
        led="error $(echo "$led" | sed -n 's/.*target%22%3A%22\([a-z_]*\)%22.*/\1/p')" ;;
    esac
    probe=$(ask -o /dev/null -w '%{redirect_url}' -H "Cookie: $sessionToken" -G "$base/as/authorize" \
        -d client_id=b1000000-0000-4000-8000-00000000000b -d response_type=code -d prompt=none -d scope=openid \
        --data-urlencode redirect_uri=https://b.example/callback)
    case $probe in *code=*) state=alive ;; *error=login_required*) state=over ;; *) state="?" ;; esac
    echo "$said: $led, $state" | cut -c 1-160
}

# Every parameter is optional, and each goes with each.
sign_on $DEFAULT alice; sign_off 'nothing but the cookie' $DEFAULT -G
sign_on $DEFAULT alice; sign_off 'hint' $DEFAULT -G -d "id_token_hint=$idToken"
sign_on $DEFAULT alice; sign_off 'redirect URI' $DEFAULT -G --data-urlencode post_logout_redirect_uri=$OUT
sign_on $DEFAULT alice; sign_off 'state' $DEFAULT -G -d state=s
sign_on $DEFAULT alice; sign_off 'hint, state' $DEFAULT -G -d "id_token_hint=$idToken" -d state=s
sign_on $DEFAULT alice; sign_off 'redirect URI, state' $DEFAULT -G \
    --data-urlencode post_logout_redirect_uri=$OUT -d state=s
sign_on $DEFAULT alice; sign_off 'hint, redirect URI' $DEFAULT -G -d "id_token_hint=$idToken" \
    --data-urlencode post_logout_redirect_uri=$OUT
sign_on $DEFAULT alice; sign_off 'hint, redirect URI, state' $DEFAULT -G -d "id_token_hint=$idToken" \
    --data-urlencode post_logout_redirect_uri=$OUT -d state=s
sign_on $DEFAULT alice; sign_off 'the same by POST' $DEFAULT -d "id_token_hint=$idToken" \
    --data-urlencode post_logout_redirect_uri=$OUT -d state=s

# A hint past its expiry is accepted.
sign_on $DEFAULT alice; control clock '{ "advance_seconds": 86400 }'
sign_off 'expired hint' $DEFAULT -G -d "id_token_hint=$idToken"

# The user of the hint must be the session's.
sign_on $DEFAULT bob; ofBob=$idToken
sign_on $DEFAULT alice; sign_off "another user's hint" $DEFAULT -G -d "id_token_hint=$ofBob"

# The hint must be signed here.
sign_off 'altered hint' $DEFAULT -G -d "id_token_hint=${idToken%????}AAAA"

# Its application must not be disabled, and must exist.
control clients/$envID/$APP '{ "enabled": false }'
sign_off "disabled application's hint" $DEFAULT -G -d "id_token_hint=$idToken"
control clients/$envID/$APP '{ "enabled": true }'

# Its issuer must be the address that the request is sent to: region and environment, or the custom domain.
sign_on $EUROPE alice; ofEurope=$idToken
sign_off "Europe's hint in Europe" $EUROPE -G -d "id_token_hint=$ofEurope"
sign_on $CUSTOM alice; ofCustom=$idToken
sign_off "the custom domain's hint there" $CUSTOM -G -d "id_token_hint=$ofCustom"
sign_on $DEFAULT alice; sign_off "Europe's hint in North America" $DEFAULT -G -d "id_token_hint=$ofEurope"
sign_off "the custom domain's hint at the region" $DEFAULT -G -d "id_token_hint=$ofCustom"
ofDefault=$idToken
sign_on $CUSTOM alice; sign_off "the region's hint at the custom domain" $CUSTOM -G -d "id_token_hint=$ofDefault"

# Redirect URI and state together must have fewer than 8192 characters.
of_length() { awk -v n="$1" 'BEGIN { while (n-- > 0) printf "s" }'; }
sign_on $DEFAULT alice; sign_off 'too long by one' $DEFAULT -G -d "state=$(of_length $((8192 - ${#OUT})))" \
    --data-urlencode post_logout_redirect_uri=$OUT
sign_off 'as long as may be' $DEFAULT -G -d "state=$(of_length $((8191 - ${#OUT})))" \
    --data-urlencode post_logout_redirect_uri=$OUT
