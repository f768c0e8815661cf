/** What code-screen.js uses of qrcode-generator, whose own types are written for CommonJS. */
export function qrcode(
  version: number,
  correction: "L" | "M" | "Q" | "H",
): {
  addData(data: string, mode: "Byte" | "Numeric"): void;
  make(): void;
  getModuleCount(): number;
  isDark(row: number, column: number): boolean;
};
