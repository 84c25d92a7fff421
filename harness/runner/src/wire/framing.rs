//! How long the content of an answer is (RFC 9112 section 6.3).

use super::WireError;
use super::head::Head;

/// Where the content ends.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Framing {
    /// There is none, whatever the header fields say.
    Nothing,
    /// After so many bytes.
    Length(usize),
    /// After the last chunk and the trailer.
    Chunked,
    /// When the connection is closed.
    ToClose,
}

/// Where the content of the answer to `method` ends.
pub(super) fn framing(method: &str, head: &Head) -> Result<Framing, WireError> {
    let tunnel = method == "CONNECT" && (200..300).contains(&head.status);
    if method == "HEAD" || tunnel || matches!(head.status, 204 | 304) {
        return Ok(Framing::Nothing);
    }
    if head.has("Transfer-Encoding") {
        return transfer_coding(head);
    }
    match content_length(head)? {
        Some(length) => Ok(Framing::Length(length)),
        None => Ok(Framing::ToClose),
    }
}

/// `Transfer-Encoding` overrides `Content-Length`. We send no `TE` and undo no coding but chunked.
fn transfer_coding(head: &Head) -> Result<Framing, WireError> {
    let codings: Vec<_> = head
        .list("Transfer-Encoding")
        .filter(|coding| !coding.is_empty())
        .collect();
    match codings.as_slice() {
        [only] if only.eq_ignore_ascii_case(b"chunked") => Ok(Framing::Chunked),
        // RFC 2616 had this name for "no coding", and old servers still send it.
        others
            if others
                .iter()
                .all(|coding| coding.eq_ignore_ascii_case(b"identity")) =>
        {
            Ok(Framing::ToClose)
        }
        _ => Err(WireError::malformed(
            "its transfer coding is not chunked alone",
        )),
    }
}

/// Several fields, or one with a list, count as one when all values are valid and the same.
fn content_length(head: &Head) -> Result<Option<usize>, WireError> {
    let mut length = None;
    for value in head.list("Content-Length") {
        let one = decimal(value)
            .ok_or_else(|| WireError::malformed("its Content-Length is no number"))?;
        if length.is_some_and(|before| before != one) {
            return Err(WireError::malformed(
                "it has two different Content-Length values",
            ));
        }
        length = Some(one);
    }
    Ok(length)
}

/// A number too big to be counted is as good as the biggest: both are beyond any limit.
fn decimal(digits: &[u8]) -> Option<usize> {
    let add = |sum: usize, digit: &u8| {
        sum.saturating_mul(10)
            .saturating_add(usize::from(digit - b'0'))
    };
    let valid = !digits.is_empty() && digits.iter().all(u8::is_ascii_digit);
    valid.then(|| digits.iter().fold(0, add))
}

/// True when the connection may carry another exchange once the content is read to its end
/// (RFC 9112 section 9.3).
pub(super) fn stays_open(method: &str, head: &Head, framing: Framing) -> bool {
    let said_close = head
        .list("Connection")
        .any(|option| option.eq_ignore_ascii_case(b"close"));
    // Both lengths at once is how responses are smuggled: section 6.3 item 3 wants the connection closed.
    let doubtful = head.has("Transfer-Encoding") && head.has("Content-Length");
    head.minor == 1
        && !said_close
        && !doubtful
        && framing != Framing::ToClose
        && method != "CONNECT"
}

#[cfg(test)]
mod tests {
    use super::super::head::parse_head;
    use super::*;

    fn of(method: &str, status: u16, fields: &str) -> Result<(Framing, bool), WireError> {
        let head = parse_head(format!("HTTP/1.1 {status} X\r\n{fields}\r\n").as_bytes())?;
        let framing = framing(method, &head)?;
        Ok((framing, stays_open(method, &head, framing)))
    }

    #[test]
    fn each_case_of_the_section_has_its_framing() {
        let table = [
            ("HEAD", 200, "Content-Length: 5\r\n", Framing::Nothing, true),
            ("GET", 204, "Content-Length: 5\r\n", Framing::Nothing, true),
            (
                "GET",
                304,
                "Transfer-Encoding: chunked\r\n",
                Framing::Nothing,
                true,
            ),
            ("CONNECT", 200, "", Framing::Nothing, false),
            (
                "GET",
                200,
                "Transfer-Encoding: Chunked\r\n",
                Framing::Chunked,
                true,
            ),
            (
                "GET",
                200,
                "Transfer-Encoding: chunked\r\nContent-Length: 5\r\n",
                Framing::Chunked,
                false,
            ),
            (
                "GET",
                200,
                "Transfer-Encoding: identity\r\nContent-Length: 5\r\n",
                Framing::ToClose,
                false,
            ),
            (
                "GET",
                200,
                "Content-Length: 5\r\n",
                Framing::Length(5),
                true,
            ),
            (
                "GET",
                200,
                "Content-Length: 5\r\nContent-Length: 5, 05\r\n",
                Framing::Length(5),
                true,
            ),
            (
                "GET",
                200,
                "Content-Length: 5\r\nConnection: x, Close\r\n",
                Framing::Length(5),
                false,
            ),
            (
                "GET",
                200,
                "Content-Length: 99999999999999999999999\r\n",
                Framing::Length(usize::MAX),
                true,
            ),
            ("GET", 200, "", Framing::ToClose, false),
        ];
        for (method, status, fields, framing, open) in table {
            assert_eq!(
                of(method, status, fields),
                Ok((framing, open)),
                "{method} {status} {fields}"
            );
        }
    }

    #[test]
    fn a_length_that_cannot_be_told_is_malformed() {
        for fields in [
            "Content-Length: 5\r\nContent-Length: 6\r\n",
            "Content-Length: 5, 6\r\n",
            "Content-Length: 5,\r\n",
            "Content-Length: +5\r\n",
            "Content-Length: -1\r\n",
            "Content-Length:\r\n",
            "Transfer-Encoding: gzip, chunked\r\n",
            "Transfer-Encoding: chunked, chunked\r\n",
            "Transfer-Encoding: chunked\r\nTransfer-Encoding: identity\r\n",
        ] {
            assert!(
                matches!(of("GET", 200, fields), Err(WireError::Malformed { .. })),
                "{fields}"
            );
        }
    }
}
