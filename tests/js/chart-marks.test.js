import assert from "node:assert/strict";
import { test } from "node:test";
import { label, marksOf, targetLine, topOf, wordsAt } from "../../static/js/chart-marks.js";

const HOLIDAY = { from: 2, to: 4, number: 1, words: "Songkran" };
const OUTAGE = { from: 4, to: 4, number: 2, words: "Outage 14:02-14:40" };

test("a chart without marks has none", () => {
  assert.deepEqual(marksOf(undefined), []);
  assert.deepEqual(marksOf(""), []);
});

test("marks come as the page wrote them", () => {
  assert.deepEqual(marksOf(JSON.stringify([HOLIDAY, OUTAGE])), [HOLIDAY, OUTAGE]);
});

test("one mark says its words, several their numbers", () => {
  assert.equal(label(HOLIDAY, [HOLIDAY]), "Songkran");
  assert.equal(label(OUTAGE, [HOLIDAY, OUTAGE]), "2");
});

test("a day tells all that was about it, and nothing else", () => {
  assert.deepEqual(wordsAt(1, [HOLIDAY, OUTAGE]), []);
  assert.deepEqual(wordsAt(3, [HOLIDAY, OUTAGE]), ["Songkran"]);
  assert.deepEqual(wordsAt(4, [HOLIDAY, OUTAGE]), ["Songkran", "Outage 14:02-14:40"]);
});

test("a target is a line, and the axis reaches above it", () => {
  assert.deepEqual(targetLine({}), []);
  assert.deepEqual(targetLine({ target: "7000" }), [{ yAxis: 7000 }]);
  assert.equal(topOf("7000")({ max: 12 }), 8000);
  assert.equal(topOf("75")({ max: 75 }), 85);
  assert.equal(topOf("7000")({ max: 9000 }), null);
  assert.equal(topOf(undefined)({ max: 12 }), null);
});
