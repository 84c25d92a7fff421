//! The content of an answer, with the transfer coding removed (RFC 9112 sections 6 and 7).

use super::WireError;
use super::answer::AnswerReader;
use super::framing::Framing;
use bytes::{Buf, BytesMut};
use tokio::io::AsyncRead;

/// A chunk size as long as any server writes it, with its line end. What goes beyond is an extension, and
/// counts towards the limit of the head.
const PLAIN_CHUNK_LINE: usize = 18;

impl<R: AsyncRead + Unpin> AnswerReader<'_, R> {
    /// Reads the content as it is framed.
    pub(super) async fn content(&mut self, framing: Framing) -> Result<Vec<u8>, WireError> {
        let mut body = Vec::new();
        match framing {
            Framing::Nothing => {}
            Framing::Length(length) => self.exactly(length, &mut body).await?,
            Framing::Chunked => self.chunks(&mut body).await?,
            Framing::ToClose => self.until_close(&mut body).await?,
        }
        Ok(body)
    }

    async fn exactly(&mut self, length: usize, body: &mut Vec<u8>) -> Result<(), WireError> {
        self.check_room(body, length)?;
        let mut missing = length;
        while missing > 0 {
            if self.buffer.is_empty() {
                self.need_more().await?;
            }
            let part = self.buffer.split_to(missing.min(self.buffer.len()));
            body.extend_from_slice(&part);
            missing -= part.len();
        }
        Ok(())
    }

    async fn until_close(&mut self, body: &mut Vec<u8>) -> Result<(), WireError> {
        loop {
            let part = self.buffer.split();
            self.check_room(body, part.len())?;
            body.extend_from_slice(&part);
            if !self.more().await? {
                return Ok(());
            }
        }
    }

    async fn chunks(&mut self, body: &mut Vec<u8>) -> Result<(), WireError> {
        let mut allowance = self.expected.max_head;
        loop {
            let line = self.line(&mut allowance).await?;
            let size = chunk_size(&line)?;
            if size == 0 {
                break;
            }
            self.exactly(size, body).await?;
            self.end_of_chunk().await?;
        }
        // The trailer is read, bounded and dropped: no field of it has a meaning for a sign-off.
        while !self.line(&mut allowance).await?.is_empty() {}
        Ok(())
    }

    /// A line without its CR LF. What is longer than a plain chunk size comes out of the allowance.
    async fn line(&mut self, allowance: &mut usize) -> Result<BytesMut, WireError> {
        let limit = *allowance + PLAIN_CHUNK_LINE;
        let mut looked_at = 0;
        loop {
            let end = self.buffer[looked_at..]
                .iter()
                .position(|&byte| byte == b'\n');
            let length = end.map_or(self.buffer.len(), |at| looked_at + at + 1);
            if length > limit {
                let what = "the chunk extensions and the trailer";
                return Err(WireError::too_long(what, self.expected.max_head));
            }
            if end.is_some() {
                *allowance -= length.saturating_sub(PLAIN_CHUNK_LINE);
                return without_line_end(self.buffer.split_to(length));
            }
            looked_at = length;
            self.need_more().await?;
        }
    }

    async fn end_of_chunk(&mut self) -> Result<(), WireError> {
        while self.buffer.len() < 2 {
            self.need_more().await?;
        }
        if !self.buffer.starts_with(b"\r\n") {
            return Err(WireError::malformed("a chunk is longer than its size says"));
        }
        self.buffer.advance(2);
        Ok(())
    }

    fn check_room(&self, body: &[u8], more: usize) -> Result<(), WireError> {
        let limit = self.expected.max_body;
        if more > limit.saturating_sub(body.len()) {
            return Err(WireError::too_long("the body", limit));
        }
        Ok(())
    }
}

/// Unlike in the head, a lone LF is not let pass: nobody sends it, and it hides where a chunk begins.
fn without_line_end(mut line: BytesMut) -> Result<BytesMut, WireError> {
    match line.strip_suffix(b"\r\n").map(<[u8]>::len) {
        Some(length) => {
            line.truncate(length);
            Ok(line)
        }
        None => Err(WireError::malformed(
            "a line of the chunked body does not end in CR LF",
        )),
    }
}

/// The size from a chunk's first line; its extensions are not ours to understand (RFC 9112 section 7.1.1).
fn chunk_size(line: &[u8]) -> Result<usize, WireError> {
    let digits = line
        .iter()
        .take_while(|byte| byte.is_ascii_hexdigit())
        .count();
    let rest = line[digits..].trim_ascii_start();
    if digits == 0 || !(rest.is_empty() || rest.starts_with(b";")) {
        return Err(WireError::malformed(
            "a chunk size is no hexadecimal number",
        ));
    }
    let add = |sum: usize, &digit: &u8| {
        let value = char::from(digit)
            .to_digit(16)
            .map_or(0, |value| value as usize);
        sum.saturating_mul(16).saturating_add(value)
    };
    Ok(line[..digits].iter().fold(0, add))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_chunk_size_is_hexadecimal_with_or_without_extensions() {
        for (line, size) in [
            (&b"0"[..], 0),
            (b"aF", 0xaf),
            (b"000000000000000000005", 5),
            (b"5;name=value", 5),
            (b"5 ;name", 5),
            (b"5  ", 5),
            (b"fffffffffffffffffff", usize::MAX),
        ] {
            assert_eq!(chunk_size(line), Ok(size));
        }
        for line in [&b""[..], b";x", b"0x5", b"-5", b"5g", b" 5", b"5 6"] {
            assert!(
                chunk_size(line).is_err(),
                "{}",
                String::from_utf8_lossy(line)
            );
        }
    }
}
