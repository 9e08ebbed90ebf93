//! The resource usage of the process, as reported by the system; `None` if it does not report it.

use std::fs;
use std::time::Duration;

/// The size of a memory page in bytes, on the systems that report usage.
const PAGE: u64 = 4096;
/// The number of clock ticks per second, as reported to programs.
const TICKS: f64 = 100.0;

/// Returns the resident memory of the process, in bytes.
pub fn resident() -> Option<u64> {
    let text = fs::read_to_string("/proc/self/statm").ok()?;
    text.split(' ').nth(1)?.parse::<u64>().ok().map(|pages| pages * PAGE)
}

/// Returns the processor time used by all threads of the process.
pub fn processor() -> Option<Duration> {
    let text = fs::read_to_string("/proc/self/stat").ok()?;
    // The name of the program, in brackets, may have spaces.
    let (_, fields) = text.rsplit_once(") ")?;
    let mut fields = fields.split(' ').skip(11);
    let mut ticks = || fields.next()?.parse::<f64>().ok();
    Some(Duration::from_secs_f64((ticks()? + ticks()?) / TICKS))
}

/// Returns whether a process is running; `None` if that cannot be known.
pub fn runs(process: u32) -> Option<bool> {
    fs::metadata("/proc/self/cmdline").ok()?;
    // A dead process that was not waited for has no command line.
    Some(fs::read(format!("/proc/{process}/cmdline")).is_ok_and(|command| !command.is_empty()))
}

#[cfg(all(test, target_os = "linux"))]
#[allow(clippy::unwrap_used, reason = "a test fails by panicking")]
mod tests {
    use super::*;

    #[test]
    fn usage_of_the_process_is_known() {
        let before = processor().unwrap();
        let begun = std::time::Instant::now();
        while begun.elapsed() < Duration::from_millis(100) {}
        let took = processor().unwrap() - before;
        assert!(took > Duration::from_millis(10) && took < Duration::from_secs(60), "{took:?}");
        assert!((1 << 20..1 << 40).contains(&resident().unwrap()));
        assert_eq!((runs(std::process::id()), runs(u32::MAX)), (Some(true), Some(false)));
    }
}
