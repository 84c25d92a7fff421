#!/bin/bash
# The findings of notes.md by hand. Start the target first: ./start.sh
# sign_in JAR NAME [CLIENT [SCOPE]] signs a person in, keeps the cookies in JAR and prints the token response.
set -eu
base=${BASE:-http://127.0.0.1:4103}
api=$base/api/auth
browser='Accept: text/html'
folder=$(mktemp -d)
trap 'rm -r "$folder"' EXIT
cd "$folder"

member() { sed "s/.*\"$1\":\"\([^\"]*\)\".*/\1/"; }
parameter() { sed -n "s/^[Ll]ocation: .*[?&]$1=\([^&]*\).*/\1/p" | tr -d '\r'; }
heading() { printf '\n## %s\n' "$1"; }
# What a visit shows: status, target, and the words of the page.
shown() { tr -d '\r' | sed -n -e 's/^HTTP.1.1 //p' -e 's/^[Ll]ocation: /  to: /p' -e 's/<style.*//' -e 's/^[{<].*/  says: &/p' | sed 's/<[^>]*>/ /g' | awk 1; }

verifier=0123456789012345678901234567890123456789012
challenge=$(printf %s "$verifier" | openssl dgst -sha256 -binary | openssl base64 -A | tr '+/' '-_' | tr -d =)
# ask JAR CLIENT [MORE…]: an authorization request.
ask() {
    local jar=$1 client=$2 tail=
    shift 2
    [ "$client" = rp-b ] && tail=-b
    curl -sig -b "$jar" -c "$jar" -H "$browser" -G "$api/oauth2/authorize" -d response_type=code -d "client_id=$client" \
        -d state=s -d nonce=n -d "code_challenge=$challenge" -d code_challenge_method=S256 \
        --data-urlencode "redirect_uri=http://127.0.0.1:9999/callback$tail" "$@"
}
# redeem CLIENT CODE
redeem() {
    local tail=
    [ "$1" = rp-b ] && tail=-b
    curl -s -u "$1:secret-of-$1-0123456789abcdef" "$api/oauth2/token" -d grant_type=authorization_code -d "code=$2" \
        -d "code_verifier=$verifier" --data-urlencode "redirect_uri=http://127.0.0.1:9999/callback$tail"
}
sign_in() {
    curl -s -o /dev/null -c "$1" -H "Origin: $base" -H 'Content-Type: application/json' "$api/sign-in/email" \
        -d "{\"email\":\"$2@target.test\",\"password\":\"password-of-$2\"}"
    redeem "${3:-rp-a}" "$(ask "$1" "${3:-rp-a}" --data-urlencode "scope=${4:-openid}" | parameter code)"
}
# alive JAR: whether prompt=none finds a session.
alive() {
    if ask "$1" rp-a -d scope=openid -d prompt=none | parameter code | grep -q .; then echo '  session: alive'; else echo '  session: ended'; fi
}
# off JAR PARAMETER…: a sign-off by GET.
off() {
    local jar=$1
    shift
    curl -si -b "$jar" -c "$jar" -H "$browser" -G "$api/oauth2/end-session" "$@" | shown
}
yes() { curl -si -b "$1" -c "$1" -H "$browser" -H "Origin: $base" "$api/oauth2/end-session/confirm" -d action=confirm | shown; }

heading '1. A space around the registered URI (RPIL-3-04)'
for uri in 'http://127.0.0.1:9999/signed-out ' $'\nhttp://127.0.0.1:9999/signed-out' 'http://127.0.0.1:9999/signed-out/'; do
    hint=$(sign_in alice alice | member id_token)
    off alice -d "id_token_hint=$hint" --data-urlencode "post_logout_redirect_uri=$uri"
done

heading '2. The hint of rp-a beside client_id=rp-b (RPIL-2-05, RPIL-4-04)'
hint=$(sign_in alice alice | member id_token)
off alice -d "id_token_hint=$hint" -d client_id=rp-b --data-urlencode post_logout_redirect_uri=http://127.0.0.1:9999/signed-out-b
yes alice
alive alice
echo 'and a hint that is no token'
hint=$(sign_in alice alice | member id_token)
off alice -d id_token_hint=garbage -d client_id=rp-a --data-urlencode post_logout_redirect_uri=http://127.0.0.1:9999/signed-out
yes alice

heading '3. The hint in a browser where nobody is signed in (CSS-18)'
hint=$(sign_in alice alice | member id_token)
alive alice
off fresh -d "id_token_hint=$hint"
alive alice

heading '4. prompt=none with the hint of somebody else (CORE-3.1.2.1-01, CORE-3.1.2.2-02)'
hint=$(sign_in alice alice | member id_token)
sign_in bob bob >/dev/null
code=$(ask bob rp-a -d scope=openid -d prompt=none -d "id_token_hint=$hint" | parameter code)
claims() { cut -d. -f2 | tr -- '-_' '+/' | awk '{ while (length($0) % 4) $0 = $0 "="; print }' | openssl base64 -d -A | grep -o '"sub":"[^"]*"'; }
echo "  hint:      $(printf %s "$hint" | claims)"
echo "  ID token:  $(redeem rp-a "$code" | member id_token | claims)"

heading '5. Revocation with a wrong token_type_hint, and of a text that is no token (REV-2.1-03, REV-2.2-01)'
ask alice rp-a --data-urlencode 'scope=openid offline_access' -d prompt=consent | parameter code >/dev/null
query=$(ask alice rp-a --data-urlencode 'scope=openid offline_access' -d prompt=consent | tr -d '\r' | sed -n 's/^[Ll]ocation: [^?]*?//p')
code=$(curl -si -b alice -c alice "$base/consent" --data-urlencode "oauth_query=$query" | parameter code)
refresh=$(redeem rp-a "$code" | member refresh_token)
revoke() { curl -si -u rp-a:secret-of-rp-a-0123456789abcdef "$api/oauth2/revoke" "$@" | shown; }
revoke -d "token=$refresh" -d token_type_hint=access_token
curl -s -o /dev/null -w '  the refresh token is answered with %{http_code}\n' -u rp-a:secret-of-rp-a-0123456789abcdef "$api/oauth2/token" \
    -d grant_type=refresh_token -d "refresh_token=$refresh"
revoke -d token=not-a-token

heading '6 and 8. The policy of the page that asks (CSS-13), and no Referrer-Policy (BCP-4.2.4-02)'
sign_in alice alice >/dev/null
curl -si -b alice -H "$browser" "$api/oauth2/end-session?client_id=rp-a" | grep -i -e ^HTTP -e ^content-security -e ^referrer-policy

heading '9. POST, and whose page it comes from (RPIL-2-18 with TRUST_RP=0)'
hint=$(sign_in alice alice | member id_token)
for origin in 'Origin: http://127.0.0.1:9999' 'Origin: null' 'Origin;' "Origin: $base"; do
    echo "$origin"
    curl -si -b alice -H "$browser" -H "$origin" "$api/oauth2/end-session" -d "id_token_hint=$hint" \
        --data-urlencode post_logout_redirect_uri=http://127.0.0.1:9999/signed-out | shown
done
alive alice
hint=$(sign_in alice alice | member id_token)
echo 'from another site, where the cookie does not come with a POST'
curl -si -H "$browser" -H 'Origin: https://rp.example' "$api/oauth2/end-session" -d "id_token_hint=$hint" \
    --data-urlencode post_logout_redirect_uri=http://127.0.0.1:9999/signed-out | shown
alive alice
