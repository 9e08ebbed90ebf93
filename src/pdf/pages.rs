//! The page tree. The reader walks it as soon as it opens a file, visiting a node as often as it is named.
//! Therefore another reader, of the same bytes with an empty page tree appended, walks it first with a limit.

use hayro_syntax::Pdf;
use hayro_syntax::object::{Array, Dict, Name, Object};

use super::{Refused, loaded};

/// The maximum number of pages.
const MOST: usize = 10_000;
/// The maximum number of levels of the page tree; a balanced tree of ten thousand pages has fourteen.
const DEEPEST: usize = 100;

pub(super) fn check(pdf: &Pdf) -> Result<(), Refused> {
    match pdf.pages().len() {
        0 => Err(Refused::new("pdf-unreadable", "it has no pages")),
        count if count > MOST => Err(too_many()),
        _ => Ok(()),
    }
}

fn too_many() -> Refused {
    Refused::new("pdf-too-many-pages", format!("it has more than {MOST} pages, or repeats the same pages"))
}

/// Walks the tree of every catalogue in the file, whichever of them the reader will use.
pub(super) fn check_tree(bytes: &[u8]) -> Result<(), Refused> {
    let pdf = loaded(&with_other_catalogue(bytes))?;
    let catalogues = pdf.objects().into_iter().filter_map(Object::into_dict);
    let roots: Vec<Dict> = catalogues
        .filter_map(|dict| dict.get_ref("Pages").and_then(|root| pdf.xref().get::<Dict>(root.into())))
        .collect();
    let mut visited = 0;
    for root in roots {
        let mut open: Vec<(Dict, usize)> = vec![(root, 0)];
        while let Some((node, depth)) = open.pop() {
            if depth > DEEPEST {
                let message = format!("its page tree has more than {DEEPEST} levels, or contains itself");
                return Err(Refused::new("pdf-too-deep", message));
            }
            let Some(kids) = node.get::<Array>("Kids") else { continue };
            for kid in kids.iter::<Dict>() {
                visited += 1;
                if visited > 2 * MOST {
                    return Err(too_many());
                }
                if kid.get::<Name>("Type").is_some_and(|name| name.as_ref() == b"Pages") {
                    open.push((kid, depth + 1));
                }
            }
        }
    }
    Ok(())
}

/// Returns the file with an update at its end that has another catalogue, without pages.
fn with_other_catalogue(bytes: &[u8]) -> Vec<u8> {
    /// The highest object numbers.
    const CATALOGUE: usize = 8_388_606;
    const PAGES: usize = 8_388_607;
    let mut file = bytes.to_vec();
    file.extend(b"\n");
    let catalogue = file.len();
    file.extend(format!("{CATALOGUE} 0 obj\n<</Type/Catalog/Pages {PAGES} 0 R>>\nendobj\n").bytes());
    let pages = file.len();
    file.extend(format!("{PAGES} 0 obj\n<</Type/Pages/Kids[]/Count 0>>\nendobj\n").bytes());
    let table = file.len();
    let former = last(bytes, b"startxref").map(|rest| number(rest).to_owned()).filter(|number| !number.is_empty());
    let former = former.map(|place| format!("/Prev {place}")).unwrap_or_default();
    let protection = protection(bytes);
    file.extend(
        format!(
            "xref\n{CATALOGUE} 2\n{catalogue:010} 00000 n \n{pages:010} 00000 n \n\
             trailer\n<</Size {}/Root {CATALOGUE} 0 R{former}",
            PAGES + 1
        )
        .bytes(),
    );
    file.extend(protection);
    file.extend(format!(">>\nstartxref\n{table}\n%%EOF\n").bytes());
    file
}

/// Returns the encryption entry of the last trailer, without which object streams are not read.
fn protection(bytes: &[u8]) -> Vec<u8> {
    const LONGEST: usize = 1_000;
    let Some(rest) = last(bytes, b"/Encrypt") else { return Vec::new() };
    let Some(end) = rest.iter().take(40).position(|byte| *byte == b'R') else { return Vec::new() };
    let mut said = [b"/Encrypt", &rest[..=end]].concat();
    if let Some(rest) = last(bytes, b"/ID")
        && let Some(end) = rest.iter().take(LONGEST).position(|byte| *byte == b']')
    {
        said.extend([b"/ID", &rest[..=end]].concat());
    }
    said
}

/// Returns the bytes after the last occurrence of a word.
fn last<'b>(bytes: &'b [u8], word: &[u8]) -> Option<&'b [u8]> {
    let at = memchr::memmem::rfind(bytes, word)?;
    Some(&bytes[at + word.len()..])
}

/// Returns the number with which bytes begin, after spaces.
fn number(bytes: &[u8]) -> &str {
    let from = bytes.iter().position(|byte| !byte.is_ascii_whitespace()).unwrap_or(bytes.len());
    let digits = bytes[from..].iter().take_while(|byte| byte.is_ascii_digit()).count();
    std::str::from_utf8(&bytes[from..from + digits]).unwrap_or_default()
}
