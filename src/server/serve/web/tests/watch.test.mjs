import assert from "node:assert/strict";
import { renameSync, unlinkSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { test } from "node:test";
import { busy, folder, open, serve } from "./setting.mjs";

const draft = (last) => `symbol: A/84/L.901\nkind: draft-resolution\ndate: 2029-10-01\ntitle: Tide tables\nbody:\n`
  + "  - enacting: '*The General Assembly*,'\n"
  + `  - operative: '*Requests* ${"the tide tables of harbours ".repeat(30)};'\n`.repeat(14)
  + `  - operative: '*Decides* ${last}.'\n`;

// As editors save: a new file in the place of the old.
const save = (file, text) => {
  writeFileSync(`${file}~`, text);
  renameSync(`${file}~`, file);
};

test("a file is shown as it is saved, at the place that changed", async (t) => {
  const file = join(folder, "tides.yaml");
  writeFileSync(file, draft("to remain seized of the matter"));
  const page = await open(t, await serve(t, "watch", file));
  const says = (text) => page.waitForFunction((text) => document.getElementById("status").textContent.includes(text), text);
  await says("no errors");
  const kept = await page.evaluate(() => document.querySelector(".page").dataset.kept = "yes");
  assert.equal(kept, "yes");
  save(file, draft("to publish them"));
  const line = page.locator(".lines span", { hasText: "to publish them" });
  await line.waitFor({ state: "attached" });
  await page.waitForFunction(() => document.getElementById("pages").scrollTop > 500);
  // The pages have most of the window.
  const view = await page.locator("#pages").boundingBox();
  assert.ok(view.width > 800 && view.height > 600, JSON.stringify(view));
  const box = await line.boundingBox();
  assert.ok(box.y > 0 && box.y < 800, JSON.stringify(box));
  // Other pages stay what they are.
  assert.equal(await page.evaluate(() => document.querySelector(".page").dataset.kept), "yes");
  await page.waitForSelector("#pages[aria-busy=false]");
  await line.click();
  assert.equal(await page.textContent("#status code"), `${file}:21`);
  // A file that is deleted leaves its pages, until it is there again; a server that is busy is asked again.
  unlinkSync(file);
  await says("cannot be read");
  const free = await busy(page, "watch/pages");
  save(file, draft("to publish all of them"));
  await says("too many requests are waiting");
  free();
  await page.locator(".lines span", { hasText: "to publish all of them" }).waitFor({ state: "attached" });
  await says("no errors");
  // Two windows show the same.
  const other = await page.context().browser().newPage();
  await other.goto(page.url());
  await other.locator(".lines span", { hasText: "to publish all of them" }).waitFor({ state: "attached" });
  assert.deepEqual(page.complaints.filter((text) => !/422|429/.test(text)), []);
});
