//! What the process takes, as the system tells it; none where it does not.

use std::fs;
use std::time::Duration;

/// What a page of memory has on the systems that tell.
const PAGE: u64 = 4096;
/// How many ticks of the system's clock make a second, as programs see it.
const TICKS: f64 = 100.0;

/// The memory that the process has, in bytes.
pub fn resident() -> Option<u64> {
    let text = fs::read_to_string("/proc/self/statm").ok()?;
    text.split(' ').nth(1)?.parse::<u64>().ok().map(|pages| pages * PAGE)
}

/// The processor time that all threads of the process have taken.
pub fn processor() -> Option<Duration> {
    let text = fs::read_to_string("/proc/self/stat").ok()?;
    // The name of the program, in brackets, may have spaces.
    let (_, fields) = text.rsplit_once(") ")?;
    let mut fields = fields.split(' ').skip(11);
    let mut ticks = || fields.next()?.parse::<f64>().ok();
    Some(Duration::from_secs_f64((ticks()? + ticks()?) / TICKS))
}

/// Whether a process runs; none if that cannot be known.
pub fn runs(process: u32) -> Option<bool> {
    fs::metadata("/proc/self/cmdline").ok()?;
    // What has died and was not waited for has no command.
    Some(fs::read(format!("/proc/{process}/cmdline")).is_ok_and(|command| !command.is_empty()))
}

#[cfg(all(test, target_os = "linux"))]
#[allow(clippy::unwrap_used, reason = "a test fails by panicking")]
mod tests {
    use super::*;

    #[test]
    fn what_the_process_takes_is_known() {
        let before = processor().unwrap();
        let begun = std::time::Instant::now();
        while begun.elapsed() < Duration::from_millis(100) {}
        let took = processor().unwrap() - before;
        assert!(took > Duration::from_millis(10) && took < Duration::from_secs(60), "{took:?}");
        assert!((1 << 20..1 << 40).contains(&resident().unwrap()));
        assert_eq!((runs(std::process::id()), runs(u32::MAX)), (Some(true), Some(false)));
    }
}
