//! The status line and header fields of an answer (RFC 9112 sections 4 and 5).

use super::WireError;

/// The head of one response.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Head {
    pub(super) status: u16,
    /// The x of HTTP/1.x.
    pub(super) minor: u8,
    pub(super) headers: Vec<(String, Vec<u8>)>,
}

impl Head {
    /// The members of a comma-separated list that may be spread over several fields (RFC 9110 section 5.6.1).
    pub(super) fn list(&self, name: &str) -> impl Iterator<Item = &[u8]> {
        self.headers
            .iter()
            .filter(move |(n, _)| n.eq_ignore_ascii_case(name))
            .flat_map(|(_, value)| value.split(|&byte| byte == b','))
            .map(<[u8]>::trim_ascii)
    }

    /// True when there is a field with this name.
    pub(super) fn has(&self, name: &str) -> bool {
        self.headers
            .iter()
            .any(|(n, _)| n.eq_ignore_ascii_case(name))
    }
}

/// Where the head ends: after the first empty line, which `bytes` may not yet hold. The bytes before `from`
/// have been looked at earlier. A lone LF ends a line too (RFC 9112 section 2.2).
pub(super) fn end_of_head(bytes: &[u8], from: usize) -> Option<usize> {
    // An empty line is at most three bytes after the end of the line before it.
    let start = from.saturating_sub(3);
    let line_feeds = bytes[start..]
        .iter()
        .enumerate()
        .filter(|&(_, &byte)| byte == b'\n');
    line_feeds
        .map(|(at, _)| start + at + 1)
        .find_map(|next| match &bytes[next..] {
            [b'\n', ..] => Some(next + 1),
            [b'\r', b'\n', ..] => Some(next + 2),
            _ => None,
        })
}

/// Tells early that the other end does not speak HTTP/1, instead of waiting for an empty line.
pub(super) fn check_start(bytes: &[u8]) -> Result<(), WireError> {
    let start = b"HTTP/1.";
    let shown = bytes.len().min(start.len());
    if bytes[..shown] == start[..shown] {
        Ok(())
    } else {
        Err(WireError::malformed("it does not begin with HTTP/1."))
    }
}

/// Parses a complete head.
pub(super) fn parse_head(bytes: &[u8]) -> Result<Head, WireError> {
    let lines = bytes.split(|&byte| byte == b'\n').count();
    let mut fields = vec![httparse::EMPTY_HEADER; lines];
    let mut parsed = httparse::Response::new(&mut fields);
    let mut config = httparse::ParserConfig::default();
    // RFC 9112 section 5.2: a user agent that receives a folded line has to read it as one with spaces.
    config.allow_obsolete_multiline_headers_in_responses(true);
    let done = config
        .parse_response(&mut parsed, bytes)
        .map_err(|error| WireError::malformed(format!("the head has an {error}")))?;
    let (Some(status), Some(minor)) = (parsed.code, parsed.version) else {
        return Err(WireError::malformed("the head has no status line"));
    };
    if done != httparse::Status::Complete(bytes.len()) {
        return Err(WireError::malformed(
            "the head does not end with its first empty line",
        ));
    }
    if status < 100 {
        return Err(WireError::malformed(format!(
            "the status code is {status:03}"
        )));
    }
    let headers = parsed
        .headers
        .iter()
        .map(|field| (field.name.to_owned(), unfolded(field.value)));
    Ok(Head {
        status,
        minor,
        headers: headers.collect(),
    })
}

fn unfolded(value: &[u8]) -> Vec<u8> {
    let unfold = |&byte: &u8| {
        if matches!(byte, b'\r' | b'\n') {
            b' '
        } else {
            byte
        }
    };
    value.iter().map(unfold).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_end_is_found_wherever_the_bytes_were_cut() {
        for head in [
            &b"HTTP/1.1 200 OK\r\nA: b\r\n\r\n"[..],
            b"HTTP/1.1 200 OK\nA: b\n\n",
            b"HTTP/1.1 200\nA: b\n\r\n",
        ] {
            for looked_at in 0..head.len() {
                assert_eq!(end_of_head(&head[..looked_at], 0), None);
                assert_eq!(
                    end_of_head(head, looked_at),
                    Some(head.len()),
                    "after {looked_at}"
                );
            }
        }
    }

    #[test]
    fn fields_are_kept_in_order_with_repeats_and_bytes() {
        let head =
            parse_head(b"HTTP/1.1 302 \r\nset-cookie: a=1\r\nX: \xff\r\nSet-Cookie: b=2\r\n\r\n")
                .expect("a head");
        let field = |name: &str, value: &[u8]| (name.to_owned(), value.to_vec());
        assert_eq!(head.status, 302);
        assert_eq!(
            head.headers,
            [
                field("set-cookie", b"a=1"),
                field("X", b"\xff"),
                field("Set-Cookie", b"b=2")
            ]
        );
    }

    #[test]
    fn a_folded_field_is_read_with_spaces() {
        let head = parse_head(b"HTTP/1.1 200 OK\r\nX: a\r\n b\r\n\r\n").expect("a head");
        assert_eq!(head.headers[0].1, b"a   b");
    }

    #[test]
    fn what_is_no_head_is_malformed() {
        for bytes in [
            &b"HTTP/1.1 20 OK\r\n\r\n"[..],
            b"HTTP/1.1 099 Low\r\n\r\n",
            b"HTTP/2.0 200 OK\r\n\r\n",
            b"HTTP/1.1 200 OK\r\nno colon\r\n\r\n",
            b"HTTP/1.1 200 OK\r\n: no name\r\n\r\n",
            b"HTTP/1.1 200 OK\r\nX: a\0b\r\n\r\n",
            b"\r\n\r\n",
        ] {
            assert!(
                parse_head(bytes).is_err(),
                "{}",
                String::from_utf8_lossy(bytes)
            );
        }
    }

    #[test]
    fn another_protocol_is_told_by_its_first_byte() {
        assert!(check_start(b"").is_ok());
        assert!(check_start(b"HTTP").is_ok());
        assert!(check_start(b"S").is_err());
        assert!(check_start(b"HTTP/2").is_err());
    }
}
