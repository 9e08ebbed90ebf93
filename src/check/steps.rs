//! Steps of work, counted in tests: a document twice as long must take about twice as many.

#[cfg(test)]
thread_local! {
    static TAKEN: std::cell::Cell<usize> = const { std::cell::Cell::new(0) };
}

/// Counts steps: bytes examined, entries compared. Only tests count.
#[cfg_attr(not(test), expect(clippy::missing_const_for_fn, reason = "tests count"))]
pub(super) fn take(steps: usize) {
    #[cfg(test)]
    TAKEN.with(|taken| taken.set(taken.get() + steps));
    #[cfg(not(test))]
    let _ = steps;
}

/// Returns the steps counted since the last call.
#[cfg(test)]
fn taken() -> usize {
    TAKEN.with(|taken| taken.replace(0))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::check::editorial_lints;
    use crate::diagnostic::Source;
    use crate::read::{Format, read};

    /// Returns the steps that the rules take for a document with the given fields.
    fn steps(fields: &str) -> usize {
        let yaml = format!("symbol: A/84/L.12\nkind: draft-resolution\ndate: 2029-11-28\n{fields}");
        let reading = read(&Source::new("t.yaml", &yaml), Format::Yaml).unwrap_or_else(|f| panic!("{}", f[0]));
        taken();
        let findings = editorial_lints(&reading, true);
        assert!(findings.len() < 2_000, "{} findings", findings.len());
        taken()
    }

    fn paragraph(text: &str) -> String {
        format!("body:\n  - preambular: '*Recalling* {text}'\n")
    }

    fn list(head: &str, count: usize, entry: impl Fn(usize) -> String) -> String {
        format!("{head}\n{}", (0..count).map(entry).collect::<String>())
    }

    /// A name, and a function that builds a document of a given size.
    type Growing = (&'static str, fn(usize) -> String);

    /// Contents of growing length.
    const GROWING: [Growing; 16] = [
        ("brackets with spaces", |n| paragraph(&"( ".repeat(n))),
        ("brackets that open", |n| paragraph(&"(a ".repeat(n))),
        ("commas without spaces", |n| paragraph(&"a,".repeat(n))),
        ("marks side by side", |n| paragraph(&"a,, ".repeat(n))),
        ("quotation marks", |n| paragraph(&"“a ‘b ".repeat(n))),
        ("straight quotation marks", |n| paragraph(&"\" ''a".repeat(n))),
        ("names in small letters", |n| paragraph(&"member states ".repeat(n))),
        ("thousands", |n| paragraph(&"15000 persons ".repeat(n))),
        ("resolutions", |n| paragraph(&"resolution 70/1 of 5 May 1999 ".repeat(n))),
        ("symbols", |n| paragraph(&"A/99/12 A/77-1 ".repeat(n))),
        ("words of their own", |n| paragraph(&(0..n).map(|at| format!("organisation{at} ")).collect::<String>())),
        ("notes out of order", |n| {
            let marks: String = (1..=n).rev().map(|mark| format!("a[^{mark}],")).collect();
            format!("{}footnotes:\n{}", paragraph(&marks), list("", n, |at| format!("  {}: Ibid.\n", at + 1)))
        }),
        ("sponsors", |n| list("sponsors:", n, |at| format!("  - Atlantis {at}\n")) + &paragraph("the past,")),
        ("sponsors of one name", |n| list("sponsors:", n, |_| "  - China\n".into()) + &paragraph("the past,")),
        ("voters", |n| {
            let voters = list("      in_favour:", n, |at| format!("        - Atlantis {at}\n"));
            format!("body:\n  - vote:\n{}", voters.trim_start_matches('\n'))
        }),
        ("labels", |n| {
            let items = list("      items:", n, |at| format!("        - {{label: '{at})', text: To go}}\n"));
            format!("body:\n  - operative:\n      text: '*Decides*:'\n{items}")
        }),
    ];

    #[test]
    fn work_grows_as_the_document_does() {
        const SHORT: usize = 300;
        // More than the findings reported of one code, each of which searches the whole text for its place.
        for (what, document) in GROWING {
            let [one, two, four] = [1, 2, 4].map(|times| steps(&document(SHORT * times)));
            let (first, second) = (two.saturating_sub(one), four.saturating_sub(two));
            assert!(second <= 3 * first + 10_000, "{what}: {one}, {two}, {four} steps");
        }
    }
}
