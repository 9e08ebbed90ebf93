// Begins what the page is for: writing, or watching a file.

import { watchFile } from "./watch.js";
import { write } from "./write.js";

if (document.documentElement.dataset.mode === "watch") watchFile();
else write();
