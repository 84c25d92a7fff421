# For the commands in notes.md: `. ./reproduce.sh` while the target runs. A jar is a file with the browser's cookies.
OP=http://127.0.0.1:4105/o
BYE=http://127.0.0.1:9999/signed-out

# sign_in JAR USER CLIENT: signs the user in at the client, and sets TOKEN (the ID token), ACCESS and REFRESH.
sign_in() {
    case $3 in rp-a) back=http://127.0.0.1:9999/callback ;; *) back=http://127.0.0.1:9999/callback-b ;; esac
    url="$OP/authorize/?response_type=code&client_id=$3&scope=${SCOPE:-openid}&state=s&nonce=n&redirect_uri=$back"
    page=$(curl -s -c "$1" -b "$1" -L "$url" -w '\n%{url_effective}' || true)
    if [ "${page#*name=\"csrfmiddlewaretoken\"}" != "$page" ]; then
        token=$(printf %s "$page" | sed -n 's/.*name="csrfmiddlewaretoken" value="\([^"]*\)".*/\1/p')
        page=$(curl -s -c "$1" -b "$1" -L "$(printf %s "$page" | tail -1)" -w '\n%{url_effective}' \
            -d "csrfmiddlewaretoken=$token" -d "username=$2" -d "password=password-of-$2" \
            --data-urlencode "next=${url#http://127.0.0.1:4105}" || true)
    fi
    code=$(printf %s "$page" | tail -1 | sed 's/.*[?&]code=\([^&]*\).*/\1/')
    answer=$(curl -s -u "$3:secret-of-$3-0123456789abcdef" -d grant_type=authorization_code -d "code=$code" \
        -d "redirect_uri=$back" "$OP/token/")
    TOKEN=$(printf %s "$answer" | sed -n 's/.*"id_token": "\([^"]*\)".*/\1/p')
    ACCESS=$(printf %s "$answer" | sed -n 's/.*"access_token": "\([^"]*\)".*/\1/p')
    REFRESH=$(printf %s "$answer" | sed -n 's/.*"refresh_token": "\([^"]*\)".*/\1/p')
}

# session JAR: a silent request. A code says that the session lives, login_required that it does not.
session() {
    curl -s -o /dev/null -w '%{redirect_url}\n' -b "$1" \
        "$OP/authorize/?response_type=code&client_id=rp-a&scope=openid&state=s&nonce=n&prompt=none&redirect_uri=http://127.0.0.1:9999/callback"
}

# sign_off JAR QUERY…: asks to sign off, says yes where it is asked, and prints the status and Location of both answers.
sign_off() {
    jar=$1
    shift
    page=$(curl -s -c "$jar" -b "$jar" -G "$OP/logout/" "$@" -w '\n%{http_code} %{redirect_url}')
    printf '%s\n' "$page" | tail -1
    case $page in *'name="allow"'*) ;; *) return ;; esac
    # The form repeats the request in hidden fields.
    token=$(printf %s "$page" | sed -n 's/.*name="csrfmiddlewaretoken" value="\([^"]*\)".*/\1/p')
    curl -s -o /dev/null -w '%{http_code} %{redirect_url}\n' -c "$jar" -b "$jar" "$OP/logout/" "$@" \
        -d "csrfmiddlewaretoken=$token" -d allow=Authorize
}
