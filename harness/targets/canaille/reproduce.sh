# For the commands in notes.md: `. ./reproduce.sh` while the target runs. A jar is a file with the browser's cookies.
OP=http://127.0.0.1:4108/oauth
BYE=http://127.0.0.1:9999/signed-out
VERIFIER=a-code-verifier-of-more-than-43-characters-0123456789

# csrf PAGE: the token of the first form.
csrf() { printf %s "$1" | sed -n 's/.*name="csrf_token"[^>]*value="\([^"]*\)".*/\1/p' | head -1; }

# sign_in JAR USER CLIENT: signs the user in at the client, and sets TOKEN (the ID token), ACCESS and REFRESH.
sign_in() {
    case $3 in rp-a) back=http://127.0.0.1:9999/callback ;; *) back=http://127.0.0.1:9999/callback-b ;; esac
    url="$OP/authorize?response_type=code&client_id=$3&scope=openid&state=s&nonce=$(date +%s%N)&redirect_uri=$back&code_challenge=$VERIFIER&code_challenge_method=plain"
    page=$(curl -s -c "$1" -b "$1" -L "$url" -w '\n%{url_effective}' || true)
    # A page for the user name, then one for the password.
    for field in "login=$2" "password=password-of-$2"; do
        case $page in *name=\"csrf_token\"*) ;; *) break ;; esac
        page=$(curl -s -c "$1" -b "$1" -L "$(printf %s "$page" | tail -1)" -w '\n%{url_effective}' \
            --data-urlencode "csrf_token=$(csrf "$page")" -d "$field" || true)
    done
    code=$(printf %s "$page" | tail -1 | sed 's/.*[?&]code=\([^&]*\).*/\1/')
    answer=$(curl -s -u "$3:secret-of-$3-0123456789abcdef" -d grant_type=authorization_code -d "code=$code" \
        -d "redirect_uri=$back" -d "code_verifier=$VERIFIER" "$OP/token")
    TOKEN=$(printf %s "$answer" | sed -n 's/.*"id_token": *"\([^"]*\)".*/\1/p')
    ACCESS=$(printf %s "$answer" | sed -n 's/.*"access_token": *"\([^"]*\)".*/\1/p')
    REFRESH=$(printf %s "$answer" | sed -n 's/.*"refresh_token": *"\([^"]*\)".*/\1/p')
}

# session JAR: a silent request. A code says that the session lives, login_required that it does not.
session() {
    curl -s -o /dev/null -w '%{redirect_url}\n' -b "$1" \
        "$OP/authorize?response_type=code&client_id=rp-a&scope=openid&state=s&nonce=$(date +%s%N)&prompt=none&redirect_uri=http://127.0.0.1:9999/callback&code_challenge=$VERIFIER&code_challenge_method=plain"
}

# sign_off JAR QUERY…: asks to sign off, says yes where it is asked, and prints the status and Location of both answers.
sign_off() {
    jar=$1
    shift
    page=$(curl -s -c "$jar" -b "$jar" -G "$OP/end_session" "$@" -w '\n%{http_code} %{redirect_url} %{url_effective}')
    printf '%s\n' "$page" | tail -1 | cut -d ' ' -f 1,2
    case $page in *'value="logout"'*) ;; *) return ;; esac
    # The form goes to the address of the page.
    curl -s -o /dev/null -w '%{http_code} %{redirect_url}\n' -c "$jar" -b "$jar" \
        "$(printf '%s\n' "$page" | tail -1 | cut -d ' ' -f 3)" --data-urlencode "csrf_token=$(csrf "$page")" -d answer=logout
}
