//! A request as it goes over the wire.

use signoff_oidc::Request;

/// The bytes of a request in HTTP/1.1: method, target and header fields exactly as given, nothing escaped or
/// checked. What the transport has to add is left out where the request brings its own.
pub(super) fn request_bytes(request: &Request) -> Vec<u8> {
    let mut bytes = Vec::with_capacity(request.target.len() + request.body.len() + 512);
    bytes.extend_from_slice(request.method.as_bytes());
    bytes.push(b' ');
    bytes.extend_from_slice(&request.target);
    bytes.extend_from_slice(b" HTTP/1.1\r\n");
    if request.header("Host").is_none() {
        // First, as RFC 9110 section 7.2 advises.
        push_field(&mut bytes, "Host", request.origin.authority().as_bytes());
    }
    for (name, value) in &request.headers {
        push_field(&mut bytes, name, value);
    }
    if needs_content_length(request) {
        let length = request.body.len().to_string();
        push_field(&mut bytes, "Content-Length", length.as_bytes());
    }
    if request.header("Connection").is_none() {
        push_field(&mut bytes, "Connection", b"keep-alive");
    }
    bytes.extend_from_slice(b"\r\n");
    bytes.extend_from_slice(&request.body);
    bytes
}

/// RFC 9110 section 8.6: also without content when the method gives content a meaning.
fn needs_content_length(request: &Request) -> bool {
    let expected =
        !request.body.is_empty() || matches!(request.method.as_str(), "POST" | "PUT" | "PATCH");
    expected
        && request.header("Content-Length").is_none()
        && request.header("Transfer-Encoding").is_none()
}

fn push_field(bytes: &mut Vec<u8>, name: &str, value: &[u8]) {
    bytes.extend_from_slice(name.as_bytes());
    bytes.extend_from_slice(b": ");
    bytes.extend_from_slice(value);
    bytes.extend_from_slice(b"\r\n");
}

#[cfg(test)]
mod tests {
    use super::*;

    fn text(request: &Request) -> String {
        String::from_utf8_lossy(&request_bytes(request)).into_owned()
    }

    #[test]
    fn fields_keep_their_order_and_spelling_and_the_transport_adds_its_own() {
        let request = Request::get("http://127.0.0.1:4101/x")
            .expect("a request")
            .with_header("cOOkie", "ST=1")
            .with_header("Accept", "*/*");
        assert_eq!(
            text(&request),
            "GET /x HTTP/1.1\r\nHost: 127.0.0.1:4101\r\ncOOkie: ST=1\r\nAccept: */*\r\nConnection: keep-alive\r\n\r\n"
        );
    }

    #[test]
    fn a_host_of_ones_own_replaces_ours_even_twice() {
        let request = Request::get("http://127.0.0.1/x")
            .expect("a request")
            .with_header("Host", "op.example")
            .with_header("host", "evil.test");
        assert_eq!(
            text(&request),
            "GET /x HTTP/1.1\r\nHost: op.example\r\nhost: evil.test\r\nConnection: keep-alive\r\n\r\n"
        );
    }

    #[test]
    fn a_post_without_content_says_so() {
        let mut request = Request::get("http://127.0.0.1/x").expect("a request");
        request.method = "POST".to_owned();
        assert!(text(&request).contains("\r\nContent-Length: 0\r\n"));
    }
}
