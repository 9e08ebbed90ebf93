//! Where a server listens.

use std::net::SocketAddr;

/// Reads the address to listen on.
pub fn socket_address(text: &str) -> Result<SocketAddr, String> {
    text.parse().map_err(|_| "give an IP address and a port, such as 127.0.0.1:8417 or [::1]:8417".to_owned())
}
