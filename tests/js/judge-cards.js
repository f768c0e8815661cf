// Judges pictures of cards as the card's page does: a folder with pictures.json (a name, and that of
// the picture before it or "") and the pixels of each, `small` and `detail`. Says a word for each name.
import { readFileSync } from "node:fs";
import { greyOf, judgeCard } from "../../static/js/card-judge.js";

const folder = process.argv[2];
const image = (name, width, height) => ({
  data: new Uint8ClampedArray(readFileSync(`${folder}/${name}`)),
  width,
  height,
});
const small = (name) => image(`${name}.small`, 320, 240);
const said = {};
for (const [name, before] of JSON.parse(readFileSync(`${folder}/pictures.json`, "utf-8"))) {
  const seen = { small: small(name), detail: image(`${name}.detail`, 320, 120) };
  said[name] = judgeCard(seen, before && greyOf(small(before))).word;
}
console.log(JSON.stringify(said));
