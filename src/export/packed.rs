//! Packs a PDF file: its small objects, such as tags, are compressed together in streams.

use lopdf::{Document, SaveOptions};

/// Returns the file with object streams.
///
/// # Errors
///
/// Returns a sentence if the file is not one of the engine.
pub(super) fn packed(file: &[u8]) -> Result<Vec<u8>, String> {
    const BEST: u32 = 9;
    const OBJECTS: usize = 500;
    let mut file = Document::load_mem(file).map_err(|error| error.to_string())?;
    let options = SaveOptions::builder()
        .use_object_streams(true)
        .use_xref_streams(true)
        .max_objects_per_stream(OBJECTS)
        .compression_level(BEST);
    let mut bytes = Vec::new();
    file.save_with_options(&mut bytes, options.build()).map_err(|error| error.to_string())?;
    Ok(bytes)
}
