// Shapes that several modules of static/js hand each other, and what scripts of others put on the
// window. They are declared here, not in the modules: a module that only names another's type would
// have it kept for offline use (page-cache.js).

type Bytes = Uint8Array<ArrayBuffer>;

/** A device's signing key in IndexedDB; `id` is the device's, or "pending" until it is bound. */
interface DeviceKey {
  id: string;
  privateKey: CryptoKey;
  publicKey: JsonWebKey;
  /** Milliseconds since 1970. */
  madeAt: number;
  /** What opens the digital ID here beside the password: "passkey", "pin". */
  ways?: string[];
}

/** Facts the holder agreed to show, named as the portal's API names them. */
interface ShownFacts {
  photo?: string;
  name_th?: string;
  name_en?: string;
  number?: string;
  birth_date?: string;
  expires_on?: string | null;
  assurance?: string;
  ages?: Record<string, boolean>;
}

/** A shown code as it was read, unproven. */
interface ShortCode {
  purpose: "all" | "photo" | "age";
  ownEnd: boolean;
  inUtf8: boolean;
  issuer: string;
  end: number;
  places: number[];
  device: string;
  key: Bytes;
  facts: Bytes;
  passed: Bytes;
  passSignature: Bytes;
  madeAt: number;
  once: string;
  shown: Bytes;
  signature: Bytes;
}

/** What this device found out about a code by itself; moments in seconds since 1970. */
interface Judgement {
  verdict: string;
  shown?: ShownFacts | null;
  seconds?: number;
  madeAt?: number;
  listAt?: number;
  keysAt?: number;
}

/** What the page of checking shows; `offline` says what a judgement without network rests on. */
interface Verdict {
  verdict: string;
  sentence: string;
  shown?: ShownFacts | null;
  offline?: string;
}

/** The digital ID as a device keeps it: its drawn face, and a pass for each purpose. */
interface KeptCard {
  face: string;
  passes: Record<string, string>;
  device: string;
  keyX: string;
  /** Seconds that the device's clock was ahead of the portal's. */
  ahead: number;
  at: number;
}

/** A face as @vladmandic/human finds it. */
interface FoundFace {
  boxScore: number;
  mesh: [number, number, number][];
  box: [number, number, number, number];
}

/** Place and size of a face in a picture, as shares of it. */
interface FacePlace {
  x: number;
  y: number;
  size: number;
  box: [number, number, number, number];
}

/** How the head is held besides. */
interface FaceFacts extends FacePlace {
  turn: number;
  lift: number;
  tilt: number;
  eyes: number;
  open: number;
}

/** A head turn that the portal asks for, or the colours that the `screen` is to show. */
interface FaceStep {
  code: string;
  sentence: string;
  screen: string[];
}

/** A picture of a head turn, and when it was taken. */
interface FaceFrame {
  picture: Blob;
  taken: number;
}

/** One try at the selfie: what was asked for and what was seen of it so far; in milliseconds. */
interface Round {
  id: string;
  step: FaceStep | null;
  of: number;
  over: number;
  done: number;
  /** Whether the step that is asked for was seen. */
  made: boolean;
  straight: FaceFacts | null;
  burst: FaceFrame[];
  frames: FaceFrame[];
  rightSince: number;
  seenAt: number;
  began: number;
}

interface Chart {
  setOption(option: object, notMerge?: boolean): void;
  on(event: "click", act: (point: { componentType: string; dataIndex: number }) => void): void;
  resize(): void;
  getDataURL(options: { pixelRatio: number }): string;
  dispose(): void;
}

interface Window {
  echarts: {
    init(box: HTMLElement, theme?: null, size?: { width: number; height: number }): Chart;
  };
  webauthnJSON: { create(options: object): Promise<object>; get(options: object): Promise<object> };
  ZXingWASM: {
    prepareZXingModule(options: object): Promise<unknown>;
    readBarcodes(pixels: ImageData, options: object): Promise<{ text: string }[]>;
  };
}

interface InstallPromptEvent extends Event {
  prompt(): Promise<unknown>;
}

interface WindowEventMap {
  beforeinstallprompt: InstallPromptEvent;
}

/** Asked for by htmx before it puts an answer into the page. */
interface HtmxSwapEvent extends Event {
  detail: { xhr: XMLHttpRequest; shouldSwap: boolean };
}

interface HTMLElementEventMap {
  "htmx:beforeSwap": HtmxSwapEvent;
}
