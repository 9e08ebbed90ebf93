// How the pages look: nothing serious by axe, and nothing wider than the window. Screenshots are kept if a folder is named.

import assert from "node:assert/strict";
import { readFileSync, writeFileSync } from "node:fs";
import { createRequire } from "node:module";
import { join } from "node:path";
import { test } from "node:test";
import { folder, open, serve } from "./setting.mjs";

const axe = readFileSync(createRequire(import.meta.url).resolve("axe-core/axe.min.js"), "utf8");

for (const mode of ["write", "watch"]) {
  for (const width of [1280, 400]) {
    for (const dark of [false, true]) {
      test(`${mode}, ${width} pixels, ${dark ? "dark" : "light"}`, async (t) => {
        const file = join(folder, "draft.yaml");
        writeFileSync(file, "symbol: A/84/L.901\nkind: draft-resolution\ndate: 2029-10-01\ntitle: Tide  tables\nbody:\n"
          + "  - enacting: '*The General Assembly*,'\n  - operative: '*Decides* to remain seized of the matter.'\n");
        const address = await serve(t, ...(mode === "watch" ? ["watch", file] : ["serve"]));
        const page = await open(t, address, { width, dark });
        if (mode === "write") {
          await page.click(".cm-content");
          await page.keyboard.press("Control+Home");
          await page.keyboard.type("titel: x\n");
        }
        await page.waitForSelector("#findings li button");
        if (mode === "write" && width === 400) await page.click("#house");
        // A script that is evaluated is not part of the page, and its policy does not apply to it.
        await page.evaluate(axe);
        const { violations } = await page.evaluate(() => axe.run(document, {
          runOnly: ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"],
        }));
        const told = violations.map(({ id, impact, nodes }) => `${impact} ${id}: ${nodes[0].html}`);
        if (process.env.SCREENSHOTS) {
          const path = join(process.env.SCREENSHOTS, `${mode}-${width}-${dark ? "dark" : "light"}.png`);
          await page.screenshot({ path, fullPage: width < 500 });
        }
        assert.deepEqual(told.filter((text) => /^(serious|critical)/.test(text)), []);
        assert.ok(await page.evaluate(() => document.documentElement.scrollWidth <= innerWidth), "wider than the window");
        told.forEach((text) => t.diagnostic(text));
      });
    }
  }
}
