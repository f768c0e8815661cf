// @ts-check
// On the page before the selfie: the face guide is fetched while somebody reads what is shown there.
import { fetchFiles, guideFiles } from "./guide-files.js";

const { first, later } = guideFiles(document);

async function fetchAhead() {
  await fetchFiles(first);
  await fetchFiles(later);
}

fetchAhead().catch(() => {
  // What did not come here is fetched by the selfie's page, which says so.
});
