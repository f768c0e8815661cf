// @ts-check
// The files of the face guide: what the first hint needs, and what the head turns need besides.
// Fetched ahead on the page before, and with a bar where somebody waits for them.
import { find } from "./dom.js";

// A function that uses SIMD instructions, as @tensorflow/tfjs-backend-wasm asks for them.
const WITH_SIMD = new Uint8Array([
  0, 97, 115, 109, 1, 0, 0, 0, 1, 4, 1, 96, 0, 0, 3, 2, 1, 0, 10, 9, 1, 7, 0, 65, 0, 253, 15, 26,
  11,
]);

/**
 * `size` in bytes; `weight` about the kilobytes on the wire, by which a file counts in the bar.
 * @typedef {{ address: string, size: number, weight: number }} GuideFile
 * @typedef {{ detector: string, engine: string, models: string, first: GuideFile[], later: GuideFile[] }} GuideFiles
 */

/**
 * @param {ParentNode} root
 * @returns {GuideFiles}
 */
export function guideFiles(root) {
  const { dataset } = find(root, "[data-dopa-guide]", HTMLTemplateElement);
  const { detector = "", engine = "", models = "" } = dataset;
  const simd = hasWasm() && WebAssembly.validate(WITH_SIMD);
  const compiled = simd
    ? { address: `${engine}tfjs-backend-wasm-simd.wasm`, size: 424_594, weight: 120 }
    : { address: `${engine}tfjs-backend-wasm.wasm`, size: 311_123, weight: 105 };
  const first = [
    { address: detector, size: 2_067_837, weight: 389 },
    { address: `${models}blazeface.json`, size: 82_584, weight: 3 },
    { address: `${models}blazeface.bin`, size: 269_520, weight: 185 },
    ...(hasWasm() ? [compiled] : []),
  ];
  const later = [
    { address: `${models}facemesh.json`, size: 92_989, weight: 4 },
    { address: `${models}facemesh.bin`, size: 1_477_958, weight: 940 },
  ];
  return { detector, engine, models, first, later };
}

export const hasWasm = () => typeof WebAssembly === "object";

/**
 * Bring the files into the browser's cache, all at once; throws where one does not come.
 * @param {GuideFile[]} files
 * @param {(share: number) => void} [tell] how much is here, 0 to 1
 */
export async function fetchFiles(files, tell = () => {}) {
  const all = files.reduce((sum, { weight }) => sum + weight, 0);
  const here = files.map(() => 0);
  await Promise.all(
    files.map(({ address, size, weight }, place) =>
      fetchFile(address, (bytes) => {
        here[place] = weight * Math.min(1, bytes / size);
        tell(here.reduce((sum, one) => sum + one, 0) / all);
      }),
    ),
  );
}

/**
 * @param {string} address
 * @param {(bytes: number) => void} tell
 */
async function fetchFile(address, tell) {
  const answer = await fetch(address);
  const reader = answer.body?.getReader();
  if (!answer.ok || !reader) {
    throw new Error(`${address} did not come`);
  }
  let bytes = 0;
  for (let part = await reader.read(); !part.done; part = await reader.read()) {
    bytes += part.value.length;
    tell(bytes);
  }
}
