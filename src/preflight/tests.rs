//! Faults planted into a file without any, one at a time.

use super::*;
use crate::diagnostic::Source;
use crate::pdf::crafted::Crafted;

/// A file for the press, part by part.
#[derive(Clone)]
struct File {
    version: &'static str,
    trailer: String,
    info: String,
    catalogue: String,
    intents: String,
    profile_class: &'static [u8; 4],
    metadata: Option<String>,
    page: String,
    boxes: String,
    resources: String,
    content: String,
    font: String,
    /// Further objects, from number 12.
    objects: Vec<String>,
    streams: Vec<(String, Vec<u8>)>,
}

const MEDIA: &str = "/MediaBox[0 0 612 792]";

impl File {
    fn sound() -> Self {
        let claim = "<x><pdfxid:GTS_PDFXVersion>PDF/X-4</pdfxid:GTS_PDFXVersion></x>";
        Self {
            version: "1.6",
            trailer: "/ID[<00><00>]".into(),
            info: "/GTS_PDFXVersion(PDF/X-4)/Trapped/False".into(),
            catalogue: String::new(),
            intents: "/OutputIntents[8 0 R]".into(),
            profile_class: b"prtr",
            metadata: Some(claim.into()),
            page: String::new(),
            boxes: format!("{MEDIA}/TrimBox[0 0 612 792]/BleedBox[0 0 612 792]"),
            resources: "/Font<</F 5 0 R>>".into(),
            content: "BT /F 11 Tf 72 700 Td 0 g (Tides) Tj ET 0 G 0.5 w 72 600 m 200 600 l S".into(),
            font: "/FontFile2 7 0 R".into(),
            objects: Vec::new(),
            streams: Vec::new(),
        }
    }

    fn bytes(&self) -> Vec<u8> {
        let mut file = Crafted::default();
        let metadata = if self.metadata.is_some() { "/Metadata 10 0 R" } else { "" };
        file.object(format!("<</Type/Catalog/Pages 2 0 R{}{metadata}{}>>", self.intents, self.catalogue));
        file.object("<</Type/Pages/Kids[3 0 R 11 0 R]/Count 2>>");
        let page = |more: &str, boxes: &str| {
            format!("<</Type/Page/Parent 2 0 R/Contents 4 0 R/Resources<<{}>>{boxes}{more}>>", self.resources)
        };
        file.object(page("", &File::sound_boxes()));
        file.stream("", self.content.as_bytes());
        file.object("<</Type/Font/Subtype/TrueType/BaseFont/Tidal/FontDescriptor 6 0 R>>");
        file.object(format!("<</Type/FontDescriptor/FontName/Tidal{}>>", self.font));
        file.stream("", b"outlines");
        file.object("<</S/GTS_PDFX/OutputConditionIdentifier(x)/DestOutputProfile 9 0 R>>");
        let mut profile = vec![0; 132];
        profile[12..16].copy_from_slice(self.profile_class);
        profile[36..40].copy_from_slice(b"acsp");
        file.stream("/N 4", &profile);
        file.stream("/Type/Metadata", self.metadata.clone().unwrap_or_default().as_bytes());
        file.object(page(&self.page, &self.boxes));
        for object in &self.objects {
            file.object(object);
        }
        for (entries, data) in &self.streams {
            file.stream(entries, data);
        }
        let info = file.object(format!("<<{}>>", self.info));
        let bytes = String::from_utf8_lossy(&file.bytes()).replacen("%PDF-1.7", &format!("%PDF-{}", self.version), 1);
        bytes.replacen("trailer\n<<", &format!("trailer\n<</Info {info} 0 R{}", self.trailer), 1).into_bytes()
    }

    fn sound_boxes() -> String {
        format!("{MEDIA}/TrimBox[0 0 612 792]/BleedBox[0 0 612 792]")
    }
}

fn codes_of(file: &File, profile: &Profile) -> Vec<&'static str> {
    let report = preflight(&file.bytes(), profile).unwrap();
    let mut codes: Vec<_> = report.findings.iter().map(|finding| finding.code).collect();
    codes.sort_unstable();
    codes.dedup();
    codes
}

#[test]
fn a_sound_file_has_no_findings() {
    let report = preflight(&File::sound().bytes(), &Profile::default()).unwrap();
    assert_eq!(report.findings, []);
    assert!(report.pages.iter().all(|page| page.inks.iter().eq(["black"]) && page.spaces.iter().eq([&"grey"])));
}

#[test]
fn what_is_in_rgb_is_printed_with_all_inks() {
    let mut file = File::sound();
    picture(&mut file, "/Width 9/Height 9/BitsPerComponent 8/ColorSpace/DeviceRGB", 3.0, 243);
    let report = preflight(&file.bytes(), &Profile::default()).unwrap();
    assert!(report.pages[0].inks.iter().eq(["black", "cyan", "magenta", "yellow"]), "{:?}", report.pages[0].inks);
}

/// A fault: the code that names it, and how it is planted.
type Planted = (&'static str, fn(&mut File));

fn picture(file: &mut File, entries: &str, size: f64, bytes: usize) {
    file.streams.push((format!("/Type/XObject/Subtype/Image{entries}"), vec![0; bytes]));
    file.resources += "/XObject<</I 12 0 R>>";
    file.content += &format!(" q {size} 0 0 {size} 72 300 cm /I Do Q");
}

fn state(file: &mut File, entries: &str) {
    file.resources += &format!("/ExtGState<</E <<{entries}>>>>");
    file.content = format!("/E gs {}", file.content);
}

const PLANTED: &[Planted] = &[
    ("press-version", |file| file.version = "1.7"),
    ("press-standard", |file| {
        file.metadata = Some("<x/>".into());
        file.info = "/Trapped/False".into();
    }),
    ("press-output-intent", |file| file.intents = String::new()),
    ("press-output-intent", |file| file.profile_class = b"mntr"),
    ("press-trapped", |file| file.info = "/GTS_PDFXVersion(PDF/X-4)/Trapped/Unknown".into()),
    ("press-id", |file| file.trailer = String::new()),
    ("press-metadata", |file| file.metadata = None),
    ("press-action", |file| file.catalogue = "/OpenAction<</S/JavaScript/JS(app.alert)>>".into()),
    ("press-action", |file| file.catalogue = "/Names<</JavaScript<<>>>>".into()),
    ("press-attachment", |file| file.catalogue = "/Names<</EmbeddedFiles<<>>>>".into()),
    ("press-form", |file| file.catalogue = "/AcroForm<</Fields[12 0 R]>>".into()),
    ("press-layers", |file| file.catalogue = "/OCProperties<</OCGs[]>>".into()),
    ("press-claim", |file| {
        file.metadata = Some("<x pdfaid:part='2' pdfaid:conformance='B'/>".into());
        file.font = String::new();
    }),
    ("press-claim", |file| {
        file.metadata = Some("<x pdfxid:GTS_PDFXVersion='PDF/X-4' pdfuaid:part='1'/>".into());
    }),
    ("press-trim-box", |file| file.boxes = MEDIA.into()),
    ("press-boxes", |file| file.boxes = format!("{MEDIA}/TrimBox[-9 0 603 792]")),
    ("press-boxes", |file| file.boxes = format!("{MEDIA}/TrimBox[0 0 612 792]/ArtBox[0 0 612 792]")),
    ("press-page-size", |file| file.boxes = "/MediaBox[0 0 595 842]/TrimBox[0 0 595 842]".into()),
    ("press-rotation", |file| file.page = "/Rotate 180".into()),
    ("press-user-unit", |file| file.page = "/UserUnit 2".into()),
    ("press-annotation", |file| {
        file.page = "/Annots[<</Type/Annot/Subtype/Link/Rect[72 700 100 712]>>]".into();
    }),
    ("press-font", |file| file.font = String::new()),
    ("press-type3", |file| {
        file.objects.push("<</Type/Font/Subtype/Type3/CharProcs<<>>>>".into());
        file.resources = "/Font<</F 5 0 R/T 12 0 R>>".into();
        file.content += " BT /T 11 Tf (a) Tj ET";
    }),
    ("press-small-type", |file| file.content += " BT /F 3 Tf 72 500 Td (small) Tj ET"),
    ("press-small-type", |file| file.content += " q 0.25 0 0 0.25 0 0 cm BT /F 11 Tf (small) Tj ET Q"),
    ("press-rgb", |file| file.content += " 0 0 1 rg 72 500 20 20 re f"),
    ("press-rgb", |file| {
        file.resources += "/ColorSpace<</C[/ICCBased 12 0 R]>>";
        file.streams.push(("/N 3".into(), b"profile".to_vec()));
        file.content += " /C cs 0 0 0 scn BT /F 11 Tf (black in RGB) Tj ET";
    }),
    ("press-rgb-picture", |file| {
        picture(file, "/Width 100/Height 100/BitsPerComponent 8/ColorSpace/DeviceRGB", 20.0, 30_000)
    }),
    ("press-rgb-picture", |file| file.content += " q 20 0 0 20 72 300 cm BI /W 100 /H 100 /BPC 8 /CS /RGB ID aaa EI Q"),
    ("press-calibrated", |file| {
        file.resources += "/ColorSpace<</C[/CalGray<</WhitePoint[1 1 1]>>]>>";
        file.content += " /C CS 0 SCN 72 500 m 90 500 l S";
    }),
    ("press-ink", |file| file.content += " 1 0 0 0 k 72 500 20 20 re f"),
    ("press-rich-black", |file| file.content += " 0.6 0.5 0.5 1 k BT /F 11 Tf (rich) Tj ET"),
    ("press-ink-limit", |file| file.content += " 1 1 1 1 k 72 500 20 20 re f"),
    ("press-spot", |file| {
        file.resources += "/ColorSpace<</C[/Separation/Sea#20Blue/DeviceCMYK 12 0 R]>>";
        file.content += " /C cs 1 scn 72 500 20 20 re f";
    }),
    ("press-resolution", |file| {
        picture(file, "/Width 72/Height 72/BitsPerComponent 8/ColorSpace/DeviceGray", 72.0, 5_184)
    }),
    ("press-bitmap-resolution", |file| {
        picture(file, "/Width 304/Height 300/ImageMask true/BitsPerComponent 1", 72.0, 11_400)
    }),
    ("press-resolution-high", |file| {
        picture(file, "/Width 2000/Height 2000/BitsPerComponent 8/ColorSpace/DeviceGray", 72.0, 9)
    }),
    ("press-hairline", |file| file.content += " 0.1 w 72 500 m 90 500 l S"),
    ("press-hairline", |file| file.content += " 0 w 72 500 m 90 500 l S"),
    ("press-hairline", |file| file.content += " 72 500 200 0.1 re f"),
    ("press-hairline", |file| {
        file.streams.push((
            "/Type/XObject/Subtype/Form/BBox[0 0 9 9]/Matrix[0.1 0 0 0.1 0 0]".into(),
            b"1 w 0 0 m 9 9 l S".to_vec(),
        ));
        file.resources += "/XObject<</X 12 0 R>>";
        file.content += " /X Do";
    }),
    ("press-overprint", |file| state(file, "/OP true")),
    ("press-white-overprint", |file| {
        state(file, "/op true");
        file.content += " 1 g 72 500 20 20 re f";
    }),
    ("press-transfer", |file| state(file, "/TR 12 0 R")),
    ("press-transfer", |file| state(file, "/HT<</HalftoneType 1>>")),
    ("press-postscript", |file| {
        file.streams.push(("/Type/XObject/Subtype/PS".into(), b"showpage".to_vec()));
        file.resources += "/XObject<</X 12 0 R>>";
        file.content += " /X Do";
    }),
    ("press-alternate", |file| {
        picture(file, "/Width 100/Height 100/BitsPerComponent 8/ColorSpace/DeviceGray/Alternates[]", 20.0, 10_000);
    }),
    ("press-blank", |file| file.content = String::new()),
];

#[test]
fn planted_faults_are_found_and_named() {
    let mut missed = Vec::new();
    for (index, (code, plant)) in PLANTED.iter().enumerate() {
        let mut file = File::sound();
        plant(&mut file);
        if *code == "press-transfer" {
            file.objects.push("<</FunctionType 2/Domain[0 1]/N 1>>".into());
        }
        let found = codes_of(&file, &Profile::default());
        if !found.contains(code) {
            missed.push(format!("{index} {code}: {found:?}"));
        }
    }
    assert!(missed.is_empty(), "{missed:#?}");
    let kinds: std::collections::BTreeSet<_> = PLANTED.iter().map(|(code, _)| code).collect();
    assert!(kinds.len() >= 34, "{}", kinds.len());
}

#[test]
fn what_a_profile_asks_for_is_reported() {
    let read = |text: &str| Profile::read(&Source::new("house.toml", text));
    let mut transparent = File::sound();
    state(&mut transparent, "/ca 0.5/BM/Multiply");
    assert_eq!(codes_of(&transparent, &Profile::default()), Vec::<&str>::new());
    assert_eq!(codes_of(&transparent, &read("transparency = false").unwrap()), ["press-transparency"]);
    assert_eq!(codes_of(&File::sound(), &read("bleed = 9").unwrap()), ["press-bleed"]);
    let mut coloured = File::sound();
    coloured.content += " 1 0 0 0 k 72 500 20 20 re f";
    assert_eq!(codes_of(&coloured, &Profile::built_in("colour").unwrap()), Vec::<&str>::new());
    assert_eq!(codes_of(&coloured, &read("allow = ['press-ink']").unwrap()), Vec::<&str>::new());
    let errors = read("bleed = 'wide'\nallow = ['press-inc']\ncolors = true").unwrap_err();
    assert_eq!(errors.len(), 3, "{errors:?}");
    for name in Profile::NAMES {
        assert!(Profile::built_in(name).is_some(), "{name}");
    }
    assert_eq!(Profile::built_in("press"), Some(Profile::default()));
}

#[test]
fn a_finding_has_page_place_and_number() {
    let mut file = File::sound();
    file.content += " 0 0 1 rg 72 500 20 20 re f 72 530 20 20 re f";
    let report = preflight(&file.bytes(), &Profile::default()).unwrap();
    let found: Vec<_> = report.findings.iter().map(|it| (it.page, it.place, it.count, it.message.as_str())).collect();
    let wanted = |page| (Some(page), Some([72.0, 500.0]), 2, "an area in RGB");
    assert_eq!(found, [wanted(1), wanted(2)]);
}

#[test]
fn mutated_files_are_reported_or_refused() {
    let mut file = File::sound();
    picture(&mut file, "/Width 100/Height 100/BitsPerComponent 8/ColorSpace/DeviceRGB", 20.0, 300);
    state(&mut file, "/ca 0.5");
    let sound = file.bytes();
    for at in (0..sound.len()).step_by(3) {
        let mut changed = sound.clone();
        changed[at] = changed[at].wrapping_mul(31).wrapping_add(7);
        let _ = preflight(&changed, &Profile::default());
        if at % 5 == 0 {
            let _ = preflight(&sound[..at], &Profile::default());
        }
    }
    assert!(preflight(b"%PDF-1.6", &Profile::default()).is_err());
}
