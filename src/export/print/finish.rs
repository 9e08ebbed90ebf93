//! What makes the engine's file a print file.

use lopdf::{Dictionary, Document, Object, ObjectId, Stream, StringFormat, dictionary};

use super::boxes::{Boxes, Rectangle, marks, object};
use super::options::PrintOptions;
use super::{grey, intent::OutputIntent};
use crate::digest::sha256;

const VERSION: &str = "PDF/X-4";
/// The name under which a print file keeps its origin, as private data of the program that wrote it.
pub(crate) const OWN: &str = "masthead";

/// Returns the engine's file as a print file, which carries `origin`, the JSON of its origin.
///
/// # Errors
///
/// Returns a sentence if the file is not one of the engine.
pub(crate) fn finished(file: &[u8], origin: &[u8], options: &PrintOptions) -> Result<Vec<u8>, String> {
    let mut file = Document::load_mem(file).map_err(unlike)?;
    let intent = options.intent();
    grey::convert(&mut file, options.ink, intent.inks())?;
    let pages: Vec<ObjectId> = file.page_iter().collect();
    for page in pages {
        trim(&mut file, page, options)?;
    }
    let date = identify(&mut file)?;
    let intent = output_intent(&mut file, &intent)?;
    let carried = packed(dictionary! {}, origin.to_vec())?;
    let private = dictionary! { "LastModified" => date, "Private" => file.add_object(carried) };
    let catalogue = file.catalog_mut().map_err(unlike)?;
    catalogue.set("OutputIntents", vec![Object::Reference(intent)]);
    catalogue.set("PieceInfo", dictionary! { OWN => private });
    // Outlines and their actions are for readers on screens.
    for name in [&b"Outlines"[..], b"PageMode", b"OpenAction"] {
        catalogue.remove(name);
    }
    // The origin decides every byte of the file.
    let id = Object::String(sha256([origin]).into_bytes()[..32].to_vec(), StringFormat::Literal);
    file.trailer.set("ID", vec![id.clone(), id]);
    file.version = "1.6".to_owned();
    file.prune_objects();
    file.renumber_objects();
    let mut bytes = Vec::new();
    file.save_to(&mut bytes).map_err(|error| error.to_string())?;
    Ok(bytes)
}

fn unlike(error: lopdf::Error) -> String {
    format!("the engine's file cannot be finished for print: {error}")
}

fn packed(dict: Dictionary, data: Vec<u8>) -> Result<Stream, String> {
    let mut stream = Stream::new(dict, data);
    stream.compress().map_err(unlike)?;
    Ok(stream)
}

/// Sets the boxes of a page and draws its marks.
fn trim(file: &mut Document, page: ObjectId, options: &PrintOptions) -> Result<(), String> {
    let dict = file.get_dictionary(page).map_err(unlike)?;
    let media = dict.get(b"MediaBox").and_then(Object::as_array).map_err(unlike)?;
    let sides: Result<Vec<f32>, _> = media.iter().map(Object::as_float).collect();
    let sides: Vec<f64> = sides.map_err(unlike)?.into_iter().map(f64::from).collect();
    let size: Rectangle = sides.try_into().map_err(|_| "a page has no size".to_owned())?;
    let content = dict.get(b"Contents").map_err(unlike)?.clone();
    let boxes = Boxes::new(size, options);
    let marks = match options.marks {
        true => Some(file.add_object(packed(dictionary! {}, marks(&boxes, options).into_bytes())?)),
        false => None,
    };
    let dict = file.get_dictionary_mut(page).map_err(unlike)?;
    dict.set("MediaBox", object(boxes.media));
    dict.set("BleedBox", object(boxes.bleed));
    dict.set("TrimBox", object(boxes.trim));
    for name in [&b"CropBox"[..], b"ArtBox", b"Annots", b"Tabs"] {
        dict.remove(name);
    }
    if let Some(marks) = marks {
        let mut contents = vec![Object::Reference(marks)];
        match content {
            Object::Array(list) => contents.extend(list),
            other => contents.push(other),
        }
        dict.set("Contents", contents);
    }
    Ok(())
}

/// Says in the information dictionary and in the metadata what the file is; returns its date.
fn identify(file: &mut Document) -> Result<Object, String> {
    let info = file.trailer.get(b"Info").and_then(Object::as_reference).map_err(unlike)?;
    let info = file.get_dictionary_mut(info).map_err(unlike)?;
    info.set("GTS_PDFXVersion", Object::string_literal(VERSION));
    info.set("Trapped", "False");
    let date = info.get(b"ModDate").map_err(unlike)?.clone();
    let metadata = file.catalog().and_then(|it| it.get(b"Metadata")).and_then(Object::as_reference).map_err(unlike)?;
    let stream = file.get_object_mut(metadata).and_then(Object::as_stream_mut).map_err(unlike)?;
    let packet = String::from_utf8(stream.get_plain_content().map_err(unlike)?);
    let packet = packet.map_err(|_| "its metadata is not text".to_owned())?;
    let day = packet.split_once("<xmp:ModifyDate>").and_then(|(_, rest)| rest.split_once("</")).map(|(day, _)| day);
    let day = day.ok_or("its metadata has no date")?;
    let more = format!(
        "<rdf:Description rdf:about=\"\" xmlns:pdfxid=\"http://www.npes.org/pdfx/ns/id/\">\
         <pdfxid:GTS_PDFXVersion>{VERSION}</pdfxid:GTS_PDFXVersion><xmp:MetadataDate>{day}</xmp:MetadataDate>\
         <xmpMM:VersionID>1</xmpMM:VersionID><pdf:Trapped>False</pdf:Trapped></rdf:Description>"
    );
    let class = |name: &str| format!("<xmpMM:RenditionClass>{name}</xmpMM:RenditionClass>");
    let packet = packet.replacen(&class("proof"), &class("default"), 1);
    // The prefixes were declared on another element.
    let declared = "<rdf:RDF xmlns:pdf=\"http://ns.adobe.com/pdf/1.3/\" xmlns:xmp=\"http://ns.adobe.com/xap/1.0/\" \
                    xmlns:xmpMM=\"http://ns.adobe.com/xap/1.0/mm/\"";
    let packet = packet.replacen("<rdf:RDF", declared, 1).replacen("</rdf:RDF>", &(more + "</rdf:RDF>"), 1);
    let dict = dictionary! { "Type" => "Metadata", "Subtype" => "XML" };
    // Programs that do not read PDF look for metadata, which is therefore not compressed.
    *stream = Stream::new(dict, packet.into_bytes()).with_compression(false);
    Ok(date)
}

fn output_intent(file: &mut Document, intent: &OutputIntent) -> Result<ObjectId, String> {
    let profile = packed(dictionary! { "N" => intent.inks() }, intent.profile().to_vec())?;
    let profile = file.add_object(profile);
    Ok(file.add_object(dictionary! {
        "Type" => "OutputIntent",
        "S" => "GTS_PDFX",
        "OutputConditionIdentifier" => Object::string_literal(intent.identifier()),
        "RegistryName" => Object::string_literal("http://www.color.org"),
        "Info" => Object::string_literal(intent.description()),
        "DestOutputProfile" => profile,
    }))
}
