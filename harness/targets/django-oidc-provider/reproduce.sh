# For the commands in notes.md: `. ./reproduce.sh` while the target runs. A jar is a file with the browser's cookies.
OP=http://127.0.0.1:4107
BYE=http://127.0.0.1:9999/signed-out

# sign_in JAR USER CLIENT: signs the user in at the client, and sets TOKEN (the ID token), ACCESS and REFRESH.
sign_in() {
    case $3 in rp-a) back=http://127.0.0.1:9999/callback ;; *) back=http://127.0.0.1:9999/callback-b ;; esac
    url="$OP/authorize?response_type=code&client_id=$3&scope=${SCOPE:-openid}&state=s&nonce=n&redirect_uri=$back"
    page=$(curl -s -c "$1" -b "$1" -L "$url" -w '\n%{url_effective}' || true)
    if [ "${page#*name=\"csrfmiddlewaretoken\"}" != "$page" ]; then
        token=$(printf %s "$page" | sed -n 's/.*name="csrfmiddlewaretoken" value="\([^"]*\)".*/\1/p')
        page=$(curl -s -c "$1" -b "$1" -L "$(printf %s "$page" | tail -1)" -w '\n%{url_effective}' \
            -d "csrfmiddlewaretoken=$token" -d "username=$2" -d "password=password-of-$2" \
            --data-urlencode "next=${url#$OP}" || true)
    fi
    code=$(printf %s "$page" | tail -1 | sed 's/.*[?&]code=\([^&]*\).*/\1/')
    answer=$(curl -s -u "$3:secret-of-$3-0123456789abcdef" -d grant_type=authorization_code -d "code=$code" \
        -d "redirect_uri=$back" "$OP/token")
    TOKEN=$(printf %s "$answer" | sed -n 's/.*"id_token": "\([^"]*\)".*/\1/p')
    ACCESS=$(printf %s "$answer" | sed -n 's/.*"access_token": "\([^"]*\)".*/\1/p')
    REFRESH=$(printf %s "$answer" | sed -n 's/.*"refresh_token": "\([^"]*\)".*/\1/p')
}

# session JAR: a silent request. A code says that the session lives, login_required that it does not.
session() {
    curl -s -o /dev/null -w '%{redirect_url}\n' -b "$1" \
        "$OP/authorize?response_type=code&client_id=rp-a&scope=openid&state=s&nonce=n&prompt=none&redirect_uri=http://127.0.0.1:9999/callback"
}

# sign_off JAR QUERY…: asks to sign off, and prints the status, Location and title of each answer on the way.
sign_off() {
    jar=$1
    shift
    curl -s -L --max-redirs 1 -c "$jar" -b "$jar" -G "$OP/end-session" "$@" -w '\n%{http_code} %{url_effective} %{redirect_url}\n' |
        grep -E '^[0-9]{3} |<h1>'
}

# forge CLIENT: an ID token for that client that nobody signed, in $FORGED.
forge() {
    part() { printf %s "$1" | base64 | tr -d '=\n' | tr '+/' '-_'; }
    FORGED=$(part '{"alg":"RS256"}').$(part "{\"aud\":\"$1\"}").$(part nothing)
}
