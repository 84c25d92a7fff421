#!/bin/sh
# PingOne's workflow "Sign-Off User Session" with the "Simple Login - Username and Password" that it builds on,
# request by request. The variables are those of its collection; only the two paths point elsewhere.
# Usage: walkthrough-seed-000.sh AUTH_PATH API_PATH ADMIN_ENV_ID ADMIN_APP_ID ADMIN_APP_SECRET ENV_ID
#   as in  http://127.0.0.1:8080 http://127.0.0.1:8080/v1 ...; at the product the paths are
#   https://auth.pingone.com and https://api.pingone.com/v1.
set -eu

authPath=$1 apiPath=$2 adminEnvID=$3 adminAppID=$4 adminAppSecret=$5 envID=$6
AS=$authPath/$envID/as
ENVIRONMENT=$apiPath/environments/$envID
CALLBACK=https://example.com/callback
JAR=$(mktemp)
trap 'rm -f "$JAR"' EXIT
browser() { curl -sS -b "$JAR" -c "$JAR" "$@"; }
api() { curl -sS -H "Authorization: Bearer $accessToken" "$@"; }
json='Content-Type: application/json'
member() { echo "$(sed -n "s/.*\"$1\":\"\([^\"]*\)\".*/\1/p")"; }
made() { sed -n "s|.*\"self\":{\"href\":\"[^\"]*/\([^\"/]*\)\"}.*|\1|p"; }
session_token() { awk '$6 == "ST" { print "ST=" $7 }' "$JAR"; }

# Step 1: get a PingOne admin access token.
accessToken=$(curl -sS -u "$adminAppID:$adminAppSecret" "$authPath/$adminEnvID/as/token" \
    -d grant_type=client_credentials | member access_token)

# Step 2: create an application, and read its secret.
appID=$(api "$ENVIRONMENT/applications" -H "$json" -d '{
    "enabled": true, "name": "Simple login", "description": "A web application", "type": "WEB_APP",
    "protocol": "OPENID_CONNECT", "grantTypes": ["AUTHORIZATION_CODE"], "responseTypes": ["CODE"],
    "redirectUris": ["'$CALLBACK'"], "postLogoutRedirectUris": ["https://example.com/signed-off"],
    "tokenEndpointAuthMethod": "CLIENT_SECRET_BASIC", "pkceEnforcement": "OPTIONAL" }' | made)
appSecret=$(api "$ENVIRONMENT/applications/$appID/secret" | member secret)

# Step 3: create a population, and a user in it with a password.
popID=$(api "$ENVIRONMENT/populations" -H "$json" -d '{ "name": "Simple login", "description": "Testers" }' | made)
userID=$(api "$ENVIRONMENT/users" -H "$json" -d '{
    "email": "lotta@example.com", "username": "lotta", "name": { "given": "Lotta", "family": "Lund" },
    "population": { "id": "'"$popID"'" } }' | made)
api -o /dev/null -w 'password set: %{http_code}\n' -X PUT "$ENVIRONMENT/users/$userID/password" \
    -H 'Content-Type: application/vnd.pingidentity.password.set+json' \
    -d '{ "value": "2Federate!", "forceChange": false }'

# Signs the user on: authorize, get the flow, submit the credentials, resume, get the tokens.
sign_on() {
    flow=$(browser -G "$AS/authorize" -d response_type=code -d response_mode=pi.flow -d "client_id=$appID" \
        --data-urlencode "redirect_uri=$CALLBACK" -d scope=openid)
    resumeUrl=$(echo "$flow" | member resumeUrl)
    flowID=${resumeUrl##*flowId=}
    browser "$authPath/$envID/flows/$flowID" | member status
    browser "$authPath/$envID/flows/$flowID" \
        -H 'Content-Type: application/vnd.pingidentity.usernamePassword.check+json' \
        -d '{ "username": "lotta", "password": "2Federate!" }' | member status
    code=$(browser "$AS/resume?flowId=$flowID" | member code)
    idToken=$(curl -sS -u "$appID:$appSecret" "$AS/token" -d grant_type=authorization_code -d "code=$code" \
        --data-urlencode "redirect_uri=$CALLBACK" | member id_token)
}
sign_on

# Step 4: get the user's sessions, one of them, and the session of the browser.
session() { api "$ENVIRONMENT/users/$userID/sessions" | made_first; }
made_first() { sed -n 's|.*"_embedded".*/sessions/\([^"]*\)".*|\1|p'; }
sessionID=$(session)
api -o /dev/null -w 'session: %{http_code}\n' "$ENVIRONMENT/users/$userID/sessions/$sessionID"
api -o /dev/null -w 'my session: %{http_code}\n' -H "Cookie: $(session_token)" "$ENVIRONMENT/sessions/me"

# Step 5: terminate the user's current session, by the page's own sample, which follows redirects.
sessionToken=$(session_token)
curl -sS -o /dev/null -w 'signed off: %{num_redirects} redirect, %{http_code} %{url_effective}\n' \
    --location --globoff "$AS/signoff?id_token_hint=$idToken" \
    --header "Cookie: $sessionToken"

# The session is gone, also for whoever kept its cookie.
api -o /dev/null -w 'session: %{http_code}\n' "$ENVIRONMENT/users/$userID/sessions/$sessionID"
curl -sS -o /dev/null -w '%{redirect_url}\n' -H "Cookie: $sessionToken" -G "$AS/authorize" -d response_type=code \
    -d prompt=none -d "client_id=$appID" --data-urlencode "redirect_uri=$CALLBACK" -d scope=openid

# An administrator can do the same.
sign_on
api -o /dev/null -w 'deleted: %{http_code}\n' -X DELETE "$ENVIRONMENT/users/$userID/sessions/$(session)"
browser -o /dev/null -w '%{redirect_url}\n' -G "$AS/authorize" -d response_type=code \
    -d prompt=none -d "client_id=$appID" --data-urlencode "redirect_uri=$CALLBACK" -d scope=openid
