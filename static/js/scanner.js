// Finds a QR code in what the camera sees, or in a photo.
const LONGEST_SIDE = 1000;
const PAUSE_MILLISECONDS = 120;

let loading = null;

// jsQR is a classic script of a quarter megabyte: fetched when somebody scans, not before.
function loadReader(source) {
  loading ??= new Promise((resolve, reject) => {
    const script = document.createElement("script");
    script.src = source;
    script.onload = () => resolve(window.jsQR);
    script.onerror = () => {
      loading = null;
      reject(new Error("the reader could not be loaded"));
    };
    document.head.append(script);
  });
  return loading;
}

function read(reader, canvas, picture, width, height) {
  const scale = Math.min(1, LONGEST_SIDE / Math.max(width, height));
  canvas.width = Math.round(width * scale);
  canvas.height = Math.round(height * scale);
  const context = canvas.getContext("2d", { willReadFrequently: true });
  context.drawImage(picture, 0, 0, canvas.width, canvas.height);
  const pixels = context.getImageData(0, 0, canvas.width, canvas.height);
  return reader(pixels.data, canvas.width, canvas.height)?.data ?? "";
}

export async function readPhoto(file, source) {
  const [reader, picture] = await Promise.all([loadReader(source), createImageBitmap(file)]);
  try {
    return read(reader, document.createElement("canvas"), picture, picture.width, picture.height);
  } finally {
    picture.close();
  }
}

// Looks until a code is found; returns { code: promise of its text, stop() }.
export async function startScanning(video, source) {
  const stream = await navigator.mediaDevices.getUserMedia({
    video: { facingMode: "environment", width: { ideal: 1280 } },
  });
  const canvas = document.createElement("canvas");
  let running = true;
  const stop = () => {
    running = false;
    stream.getTracks().forEach((track) => track.stop());
    video.srcObject = null;
  };
  try {
    const reader = await loadReader(source);
    video.srcObject = stream;
    await video.play();
    const code = new Promise((resolve) => {
      const look = () => {
        if (!running) {
          return;
        }
        const ready = video.readyState >= HTMLMediaElement.HAVE_CURRENT_DATA && video.videoWidth;
        const text = ready ? read(reader, canvas, video, video.videoWidth, video.videoHeight) : "";
        if (text) {
          stop();
          resolve(text);
        } else {
          setTimeout(look, PAUSE_MILLISECONDS);
        }
      };
      look();
    });
    return { code, stop };
  } catch (error) {
    stop();
    throw error;
  }
}
