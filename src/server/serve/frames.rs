//! Messages between the server and its workers: the length of each in four bytes, then its bytes.

use std::io::{self, Read, Write};

use tokio::io::{AsyncRead, AsyncReadExt, AsyncWrite, AsyncWriteExt};

/// Writes a message.
pub fn write(to: &mut impl Write, message: &[u8]) -> io::Result<()> {
    to.write_all(&length(message)?)?;
    to.write_all(message)
}

/// Reads a message; `None` at the end of the stream.
pub fn read(from: &mut impl Read) -> io::Result<Option<Vec<u8>>> {
    let mut length = [0; 4];
    match from.read_exact(&mut length) {
        Err(error) if error.kind() == io::ErrorKind::UnexpectedEof => return Ok(None),
        read => read?,
    }
    let mut message = vec![0; u32::from_le_bytes(length) as usize];
    from.read_exact(&mut message)?;
    Ok(Some(message))
}

/// Writes a message to a worker.
pub async fn send(to: &mut (impl AsyncWrite + Unpin), message: &[u8]) -> io::Result<()> {
    to.write_all(&length(message)?).await?;
    to.write_all(message).await?;
    to.flush().await
}

/// Reads a message of a worker.
pub async fn receive(from: &mut (impl AsyncRead + Unpin)) -> io::Result<Vec<u8>> {
    let mut length = [0; 4];
    from.read_exact(&mut length).await?;
    let mut message = vec![0; u32::from_le_bytes(length) as usize];
    from.read_exact(&mut message).await?;
    Ok(message)
}

fn length(message: &[u8]) -> io::Result<[u8; 4]> {
    let length = u32::try_from(message.len()).map_err(|_| io::Error::other("a message exceeds 4 GiB"))?;
    Ok(length.to_le_bytes())
}
