//! The names that the server answers to.

use std::net::IpAddr;

/// The names that the server answers to.
#[derive(Debug, Default)]
pub struct Hosts(Vec<String>);

impl Hosts {
    /// Creates a list of further names.
    pub fn new(names: &[String]) -> Self {
        Self(names.iter().map(|given| name(given).to_ascii_lowercase()).collect())
    }

    /// Returns whether a host, with or without port, is the server. A page of another server whose name was made
    /// to lead here (DNS rebinding) has that name; addresses and `localhost` are nobody else's.
    pub fn allows(&self, host: &str) -> bool {
        let name = name(host).to_ascii_lowercase();
        let address = name.trim_start_matches('[').trim_end_matches(']');
        name == "localhost" || address.parse::<IpAddr>().is_ok() || self.0.contains(&name)
    }
}

/// Returns a host without its port.
pub fn name(host: &str) -> &str {
    match host.rsplit_once(':') {
        Some((name, port)) if port.bytes().all(|byte| byte.is_ascii_digit()) => name,
        _ => host,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_own_names_are_answered() {
        let hosts = Hosts::new(&["Press.example".to_owned(), "proxy.example:443".to_owned()]);
        for host in ["localhost", "LOCALHOST:8417", "127.0.0.1:80", "[::1]:8417", "10.0.0.7", "press.example:443"] {
            assert!(hosts.allows(host), "{host}");
        }
        for host in ["proxy.example", "proxy.example:443", "proxy.example:80"] {
            assert!(hosts.allows(host), "{host}");
        }
        for host in ["", "evil.example", "localhost.evil.example", "127.0.0.1.evil.example:80", "press.example.com"] {
            assert!(!hosts.allows(host), "{host}");
        }
    }
}
