//! Small PDF files for tests, written object by object.

use std::fmt::Write as _;
use std::io::Write as _;

use flate2::Compression;
use flate2::write::ZlibEncoder;

/// A PDF file of objects, the first of which is the catalogue.
#[derive(Default)]
pub(crate) struct Crafted {
    objects: Vec<Vec<u8>>,
}

impl Crafted {
    /// Adds an object and returns its number.
    pub fn object(&mut self, object: impl AsRef<[u8]>) -> usize {
        self.objects.push(object.as_ref().to_owned());
        self.objects.len()
    }

    /// Adds a stream with additional entries in its dictionary.
    pub fn stream(&mut self, entries: &str, data: &[u8]) -> usize {
        let head = format!("<</Length {}{entries}>>\nstream\n", data.len());
        self.object([head.as_bytes(), data, b"\nendstream"].concat())
    }

    pub fn bytes(&self) -> Vec<u8> {
        let mut file = b"%PDF-1.7\n".to_vec();
        let mut table = format!("xref\n0 {}\n0000000000 65535 f \n", self.objects.len() + 1);
        for (index, object) in self.objects.iter().enumerate() {
            let _ = writeln!(table, "{:010} 00000 n ", file.len());
            file.extend(format!("{} 0 obj\n", index + 1).bytes());
            file.extend(object);
            file.extend(b"\nendobj\n");
        }
        let at = file.len();
        file.extend(table.bytes());
        let size = self.objects.len() + 1;
        file.extend(format!("trailer\n<</Size {size}/Root 1 0 R>>\nstartxref\n{at}\n%%EOF\n").bytes());
        file
    }
}

/// Compresses data with zlib.
pub(crate) fn packed(data: &[u8]) -> Vec<u8> {
    let mut encoder = ZlibEncoder::new(Vec::new(), Compression::best());
    encoder.write_all(data).unwrap();
    encoder.finish().unwrap()
}

/// Creates a file of one page, with entries for the page, its resources, and its operators. The objects
/// from 5 on are the caller's.
pub(crate) fn page(entries: &str, resources: &str, content: &[u8]) -> Crafted {
    let mut file = Crafted::default();
    file.object("<</Type/Catalog/Pages 2 0 R>>");
    file.object("<</Type/Pages/Kids[3 0 R]/Count 1/MediaBox[0 0 612 792]>>");
    file.object(format!("<</Type/Page/Parent 2 0 R/Contents 4 0 R/Resources<<{resources}>>{entries}>>"));
    file.stream("", content);
    file
}

/// Creates a file of pages of text, given the lines of each page.
pub(crate) fn text(pages: &[Vec<String>]) -> Vec<u8> {
    let content = |lines: &Vec<String>| {
        let line = |(index, line): (usize, &String)| {
            format!("BT /F 11 Tf 1 0 0 1 72 {} Tm ({line}) Tj ET\n", 700 - 16 * index)
        };
        lines.iter().enumerate().map(line).collect::<String>()
    };
    of_contents(&pages.iter().map(content).collect::<Vec<_>>())
}

/// Creates a file of pages of operators, with a font F.
pub(crate) fn of_contents(contents: &[String]) -> Vec<u8> {
    let mut file = Crafted::default();
    file.object("<</Type/Catalog/Pages 2 0 R>>");
    let kids: String = (0..contents.len()).map(|index| format!("{} 0 R ", 4 + 2 * index)).collect();
    file.object(format!("<</Type/Pages/Kids[{kids}]/Count {}/MediaBox[0 0 612 792]>>", contents.len()));
    file.object("<</Type/Font/Subtype/Type1/BaseFont/Helvetica/Encoding/WinAnsiEncoding>>");
    for (index, content) in contents.iter().enumerate() {
        let stream = 5 + 2 * index;
        file.object(format!("<</Type/Page/Parent 2 0 R/Contents {stream} 0 R/Resources<</Font<</F 3 0 R>>>>>>"));
        file.stream("", content.as_bytes());
    }
    file.bytes()
}

/// Creates a file of empty pages of these boxes, the last of them with entries.
pub(crate) fn of_boxes(boxes: &[&str], last: &str) -> Vec<u8> {
    let mut file = Crafted::default();
    file.object("<</Type/Catalog/Pages 2 0 R>>");
    let kids: Vec<String> = (0..boxes.len()).map(|page| format!("{} 0 R", page + 4)).collect();
    file.object(format!("<</Type/Pages/Kids[{}]/Count {}>>", kids.join(" "), boxes.len()));
    file.stream("", b"0 0 100 100 re f");
    for (index, media) in boxes.iter().enumerate() {
        let more = if index + 1 == boxes.len() { last } else { "" };
        file.object(format!("<</Type/Page/Parent 2 0 R/Contents 3 0 R/MediaBox[{media}]{more}>>"));
    }
    file.bytes()
}
