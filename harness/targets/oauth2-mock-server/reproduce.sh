#!/bin/bash
# The findings of notes.md by hand. Start the target first: ./start.sh
set -eu
base=${BASE:-http://127.0.0.1:4102}
client=rp-a:secret-of-rp-a-0123456789abcdef
back=http://127.0.0.1:9999/callback
heading() { printf '\n## %s\n' "$1"; }
member() { sed "s/.*\"$1\":\"\([^\"]*\)\".*/\1/"; }
parameter() { sed -n "s/^[Ll]ocation: .*[?&]$1=\([^&]*\).*/\1/p" | tr -d '\r'; }
shown() { tr -d '\r' | sed -n -e 's/^HTTP.1.1 //p' -e 's/^[Ll]ocation: /  to: /p' -e 's/^\(access-control[^:]*: .*\)/  \1/Ip' -e 's/^{/  says: &/p'; echo; }
# There is no session and no page: a code comes at once, and it is redeemed for tokens.
ask() { curl -si -G "$base/authorize" -d response_type=code -d client_id=rp-a -d scope=openid -d state=s --data-urlencode "redirect_uri=$back" "$@"; }
redeem() { curl -s -u "$client" "$base/token" -d grant_type=authorization_code -d "code=$1" --data-urlencode "redirect_uri=$back"; }
tokens=$(redeem "$(ask | parameter code)")
hint=$(printf %s "$tokens" | member id_token)
refresh=$(printf %s "$tokens" | member refresh_token)
off() { curl -si -G "$base/endsession" "$@" | shown; }

heading '1. It redirects anywhere (RPIL-3-04, RPIL-2-12, BCP-2.1-02, RPIL-3-01, RPIL-4-01, RPIL-4-04)'
off -d "id_token_hint=$hint" -d state=s --data-urlencode post_logout_redirect_uri=https://evil.test/
off -d "id_token_hint=$hint" --data-urlencode 'post_logout_redirect_uri=javascript:alert(1)'
echo 'without a hint (RPIL-3-03)'
off --data-urlencode post_logout_redirect_uri=https://evil.test/
echo 'with a hint that is no token (RPIL-2-22)'
off -d id_token_hint=garbage --data-urlencode post_logout_redirect_uri=http://127.0.0.1:9999/signed-out
echo 'with the hint of rp-a and client_id=rp-b (RPIL-2-05)'
off -d "id_token_hint=$hint" -d client_id=rp-b --data-urlencode post_logout_redirect_uri=http://127.0.0.1:9999/signed-out-b

heading '2. The endpoint is open to scripts of every origin (BCP-2.6-02)'
curl -si -H 'Origin: https://evil.test' -G "$base/endsession" -d "id_token_hint=$hint" --data-urlencode post_logout_redirect_uri=http://127.0.0.1:9999/signed-out | shown

heading '3. A target that is no URL is a crash (CSS-03)'
off -d "id_token_hint=$hint" -d post_logout_redirect_uri=
off -d "id_token_hint=$hint" -d post_logout_redirect_uri=//evil.test

heading '4. prompt=none without a session (CORE-3.1.2.1-07)'
ask -d prompt=none | shown

heading '5. Revocation revokes nothing (REV-2-01, REV-2-02, REV-2.2.1-01)'
curl -si -u "$client" "$base/revoke" -d "token=$refresh" | shown
curl -si -u "$client" "$base/token" -d grant_type=refresh_token -d "refresh_token=$refresh" | head -1
echo 'without a token'
curl -si -u "$client" -X POST "$base/revoke" | shown

heading '6. What is not judged: POST, and a sign-off without a redirect'
curl -si "$base/endsession" -d "id_token_hint=$hint" | shown
off -d "id_token_hint=$hint"
