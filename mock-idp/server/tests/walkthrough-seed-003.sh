#!/bin/sh
# WorkOS' page on Single Logout, sentence by sentence, with curl alone: the environment "workos" is the product, the
# tenant "customer" the identity provider behind it. At the product the first address is https://auth.workos.com.
# Usage: walkthrough-seed-003.sh WORKOS IDP    as in http://127.0.0.1:8080/workos http://127.0.0.1:8080/customer
set -eu

WORKOS=$1 IDP=$2
CALLBACK=https://a.example/callback
WIKI=https://w.example/callback
KEY='Authorization: Bearer sk_test_a'
JAR=$(mktemp)
trap 'rm -f "$JAR"' EXIT
browser() { curl -sS -b "$JAR" -c "$JAR" "$@"; }
goes_to() { browser -o /dev/null -w '%{redirect_url}' "$@"; }
field() { sed -n "s/.*name=\"$1\" value=\"\([^\"]*\)\".*/\1/p"; }
member() { echo "$(sed -n "s/.*\"$1\":\"\([^\"]*\)\".*/\1/p")"; }
parameter() { sed -n "s/.*[?&]$1=\([^&]*\).*/\1/p"; }
status() { curl -sS -o /dev/null -w "$1: %{http_code} %{redirect_url}\n" "$2"; }

# Signs Alice on to the application: through WorkOS to the identity provider and back.
sign_on() {
    there=$(goes_to -G "$WORKOS/sso/authorize" -d client_id=client_a -d response_type=code \
        -d connection=conn_oidc --data-urlencode redirect_uri=$CALLBACK)
    transaction=$(browser "$there" | field transaction)
    back=$(goes_to "$IDP/sign-in" -d "transaction=$transaction" -d username=alice -d password=password-of-alice)
    code=$(goes_to "$back" | parameter code)
    profile=$(curl -sS "$WORKOS/sso/token" -d grant_type=authorization_code -d client_id=client_a \
        -d client_secret=sk_test_a -d "code=$code" | sed -n 's/.*"id":"\(prof_[^"]*\)".*/\1/p')
}

# Asks the identity provider, without a question to Alice, to sign her on to another application.
other_application() {
    goes_to -G "$IDP/authorize" -d client_id=wiki -d response_type=code -d scope=openid -d prompt=none \
        --data-urlencode redirect_uri=$WIKI | sed -n 's/.*[?&]\(code\|error\)=\([^&]*\).*/\1 \2/p' | sed 's/code .*/a code/'
}

# Asks for a logout token; the answer, or what it says against it.
authorize_logout() { curl -sS "$WORKOS/sso/logout/authorize" "$@"; }

# "RP-initiated Logout": the user profile endpoint gives the profile ID.
sign_on
echo "profile: $(echo "$profile" | cut -c1-7)"
echo "other application: $(other_application)"

# "Generate a logout token by calling the Logout Authorize endpoint with the user's profile ID."
answer=$(authorize_logout -H "$KEY" -d "profile_id=$profile")
token=$(echo "$answer" | member logout_token)
test "$(echo "$answer" | member logout_url)" = "$WORKOS/sso/logout?token=$token" && echo 'logout_url has the token'

# "Pass the logout token as a query parameter to the Logout Redirect endpoint."
there=$(goes_to "$WORKOS/sso/logout?token=$token")
echo "redirected to: ${there%%\?*}"
confirmation=$(browser "$there" | field confirmation)
browser "$IDP/end-session/confirm" -d "confirmation=$confirmation" -d answer=yes | sed -n 's/.*<h1>\(.*\)<\/h1>.*/\1/p'

# "The user is logged out of your application and all other associated applications through the identity provider."
echo "other application: $(other_application)"

# A token is good once, and only one that was handed out is good.
status 'used token' "$WORKOS/sso/logout?token=$token"
status 'unknown token' "$WORKOS/sso/logout?token=x"
status 'no token' "$WORKOS/sso/logout"

# The call needs the API key and a profile of this environment.
authorize_logout -d "profile_id=$profile" | member message
authorize_logout -H "$KEY" -d profile_id=prof_nobody | member message
authorize_logout -H "$KEY" -d x=y | member message

# "Only supported for OpenID Connect providers" with both endpoints in their discovery document, and on request.
authorize_logout -H "$KEY" -d profile_id=prof_saml | member error
authorize_logout -H "$KEY" -d profile_id=prof_bare | member error
authorize_logout -H "$KEY" -d profile_id=prof_off | member error

# "IdP-initiated Logout": the address that is registered at the identity provider leads to the application's logout
# endpoint, whatever else the request says.
status 'notice' "$WORKOS/sso/oidc/idp-logout/key1"
status 'notice with parameters' "$WORKOS/sso/oidc/idp-logout/key1?post_logout_redirect_uri=https://evil.test/"
status 'notice with another key' "$WORKOS/sso/oidc/idp-logout/key9"
