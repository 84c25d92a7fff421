#!/bin/bash
# The findings of notes.md by hand. Start the target first: ./start.sh
set -eu
base=${BASE:-http://127.0.0.1:4106}
folder=$(mktemp -d)
trap 'rm -r "$folder"' EXIT
cd "$folder"
heading() { printf '\n## %s\n' "$1"; }
visit() { curl -si -b jar -c jar "$@" | tr -d '\r'; }
to() { sed -n 's/^[Ll]ocation: //p'; }
absolute() { sed "s,^/,$base/,"; }

# Two forms follow one another: who it is, and what the client may know. Each answer leads on by redirects.
page=$(visit -G "$base/auth" -d response_type=code -d client_id=rp-a -d scope=openid -d state=s -d nonce=n \
    --data-urlencode redirect_uri=http://127.0.0.1:9999/callback | to | absolute)
resume=$(visit "$page" -d prompt=login -d login=alice -d password=any | to | absolute)
visit "$resume" >resumed-once
page=$(to <resumed-once | absolute)
resume=$(visit "$page" -d prompt=consent | to | absolute)
visit "$resume" >resumed
code=$(to <resumed | sed 's/.*code=\([^&]*\).*/\1/')
hint=$(curl -s -u rp-a:secret-of-rp-a-0123456789abcdef "$base/token" -d grant_type=authorization_code -d "code=$code" \
    --data-urlencode redirect_uri=http://127.0.0.1:9999/callback | sed 's/.*"id_token":"\([^"]*\)".*/\1/')

heading '1. The question may stand in a frame (BCP-4.16-01, BCP-4.16-02)'
grep -i '^set-cookie: _session=' resumed | sed 's/=[^;]*/=…/'
visit "$base/session/end?id_token_hint=$hint" >question
sed -n '1,/^$/p' question | grep -iv -e ^date -e ^set-cookie -e ^keep-alive -e ^connection

heading '2. It has no Referrer-Policy and loads a style sheet of a third party (BCP-4.2.4-02, BCP-4.2.4-01)'
grep -i ^referrer-policy question || echo 'no Referrer-Policy'
grep -o '@import url([^)]*)' question

heading '3. One answer sets a cookie twice (CK-4.1.1-03)'
grep -i '^set-cookie: _interaction_resume' resumed-once | sed 's/=[^;]*/=…/'

heading '4. No finding: GET and POST do the same (RPIL-2-18), and the yes ends the session'
visit "$base/session/end" -d "id_token_hint=$hint" --data-urlencode post_logout_redirect_uri=http://127.0.0.1:9999/signed-out >question
head -1 question
xsrf=$(sed -n 's/.*name="xsrf" value="\([^"]*\)".*/\1/p' question)
visit "$base/session/end/confirm" -d "xsrf=$xsrf" -d logout=yes | grep -i -e ^HTTP -e ^location
visit -G "$base/auth" -d response_type=code -d client_id=rp-a -d scope=openid -d state=s -d prompt=none \
    --data-urlencode redirect_uri=http://127.0.0.1:9999/callback | to
