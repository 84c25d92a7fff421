#!/bin/sh
# IdentityServer's page "End Session Endpoint", sentence by sentence, with curl alone.
# Usage: walkthrough-seed-004.sh http://127.0.0.1:8080
set -eu

ORIGIN=$1
HOME_PAGE=http://localhost:7017/index.html
JAR=$(mktemp)
trap 'rm -f "$JAR"' EXIT
browser() { curl -sS -b "$JAR" -c "$JAR" "$@"; }
leads_to() { browser -o /dev/null -w '%{redirect_url}\n' "$@"; }
member() { echo "$(sed -n "s/.*\"$1\":\"\([^\"]*\)\".*/\1/p")"; }
hidden() { echo "$PAGE" | sed -n "s/.*name=\"$1\" value=\"\([^\"]*\)\".*/\1/p" | sed 's/&amp;/\&/g'; }
question() { grep -o 'Would you like to log out of IdentityServer?' || echo 'no question'; }
link() { sed -n 's/.*class="PostLogoutRedirectUri" href="\([^"]*\)".*/\1/p' | sed 's/&amp;/\&/g'; }
frames() { grep -o "src=['\"][^'\"]*" | sed "s/src=['\"]//; s/&amp;/\&/g"; }
# Takes out of the jar what an answer lets expire. Some versions of curl forget only the last of two such cookies.
forget() {
    for name in $(sed -n 's/^[Ss]et-[Cc]ookie: \([^=]*\)=.* 1970 .*/\1/p'); do
        grep -v "$(printf '\t%s\t' "$name")" "$JAR" > "$JAR.kept" || true
        mv "$JAR.kept" "$JAR"
    done
}

# Asks for a code for a client; prints where that leads.
authorize() {
    leads_to -G "$ORIGIN/connect/authorize" -d client_id="$1" --data-urlencode "redirect_uri=$2" \
        -d response_type=code -d scope=openid -d "prompt=${3-}"
}

# Bob signs in to two applications in one browser, the second time without a password.
PAGE=$(browser "$(authorize js_oidc http://localhost:7017/callback.html)")
BACK=$(leads_to "$ORIGIN/Account/Login" \
    -d Input.Username=bob -d Input.Password=password-of-bob -d Input.Button=login \
    --data-urlencode "Input.ReturnUrl=$(hidden Input.ReturnUrl)" \
    --data-urlencode "__RequestVerificationToken=$(hidden __RequestVerificationToken)")
CODE=$(leads_to "$BACK" | sed 's/.*[?&]code=\([^&]*\).*/\1/')
ID_TOKEN=$(curl -sS "$ORIGIN/connect/token" -d grant_type=authorization_code -d client_id=js_oidc \
    -d "code=$CODE" --data-urlencode redirect_uri=http://localhost:7017/callback.html | member id_token)
authorize mvc https://b.example/callback | sed 's/code=.*/code=.../'

# "The URL for the end session endpoint is available via the discovery endpoint."
END_SESSION=$(curl -sS "$ORIGIN/.well-known/openid-configuration" | member end_session_endpoint)
echo "$END_SESSION"

# "They will be prompted if they really want to sign-out": nothing ends by the request itself.
browser -L "$END_SESSION" | question
authorize js_oidc http://localhost:7017/callback.html none | sed 's/code=.*/code=.../'

# The sample request as it stands. Its ID token was issued on a day in 2017 by somebody else, so the person is asked, and
# the redirect URI goes nowhere.
SAMPLE="/connect/endsession?id_token_hint=eyJhbGciOiJSUzI1NiIsImtpZCI6IjdlOGFkZmMzMjU1OTEyNzI0ZDY4NWZmYmIwOThjNDEyIiwidHlwIjoiSldUIn0.eyJuYmYiOjE0OTE3NjUzMjEsImV4cCI6MTQ5MTc2NTYyMSwiaXNzIjoiaHR0cDovL2xvY2FsaG9zdDo1MDAwIiwiYXVkIjoianNfb2lkYyIsIm5vbmNlIjoiYTQwNGFjN2NjYWEwNGFmNzkzNmJjYTkyNTJkYTRhODUiLCJpYXQiOjE0OTE3NjUzMjEsInNpZCI6IjI2YTYzNWVmOTQ2ZjRiZGU3ZWUzMzQ2ZjFmMWY1NTZjIiwic3ViIjoiODg0MjExMTMiLCJhdXRoX3RpbWUiOjE0OTE3NjUzMTksImlkcCI6ImxvY2FsIiwiYW1yIjpbInB3ZCJdfQ.STzOWoeVYMtZdRAeRT95cMYEmClixWkmGwVH2Yyiks9BETotbSZiSfgE5kRh72kghN78N3-RgCTUmM2edB3bZx4H5ut3wWsBnZtQ2JLfhTwJAjaLE9Ykt68ovNJySbm8hjZhHzPWKh55jzshivQvTX0GdtlbcDoEA1oNONxHkpDIcr3pRoGi6YveEAFsGOeSQwzT76aId-rAALhFPkyKnVc-uB8IHtGNSyRWLFhwVqAdS3fRNO7iIs5hYRxeFSU7a5ZuUqZ6RRi-bcDhI-djKO5uAwiyhfpbpYcaY_TxXWoCmq8N8uAw9zqFsQUwcXymfOAi2UF3eFZt02hBu-shKA&post_logout_redirect_uri=http%3A%2F%2Flocalhost%3A7017%2Findex.html"
leads_to "$ORIGIN$SAMPLE"
browser -L "$ORIGIN$SAMPLE" | question

# "This prompt can be bypassed by a client sending the original id_token", which "is passed as a query string parameter".
# "The client may also send a post_logout_redirect_uri", and "a state": the sample with this browser's own token.
# The endpoint leads to the logout page, which signs off and leads on.
LOGOUT=$(leads_to -G "$END_SESSION" --data-urlencode "id_token_hint=$ID_TOKEN" \
    --data-urlencode "post_logout_redirect_uri=$HOME_PAGE" --data-urlencode 'state=a b&c')
ANSWER=$(browser -o /dev/null -D - "$LOGOUT")
echo "$ANSWER" | forget
PAGE=$(browser "$(echo "$ANSWER" | sed -n 's/^[Ll]ocation: \([^[:cntrl:]]*\).*/\1/p')")
echo "$PAGE" | question

# "This will be returned back to the client as a query string parameter after the user redirects back to the client."
echo "$PAGE" | link

# "All applications that the user has logged into via the browser during the user's session can participate."
browser "$(echo "$PAGE" | frames)" | frames | sed 's/sid=[0-9a-f]*/sid=.../'
authorize js_oidc http://localhost:7017/callback.html none | sed 's/&.*//'

# "The value must match one of the client's pre-configured PostLogoutRedirectUris": otherwise there is no way back.
browser -L -G "$END_SESSION" --data-urlencode "id_token_hint=$ID_TOKEN" \
    --data-urlencode post_logout_redirect_uri=https://b.example/signed-off | link | grep . || echo 'no link'
