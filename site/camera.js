// The camera: looks for a code in what is held before it. It is on only while
// its window is open and seen, and nothing of what it sees is kept or sent.

import { frameReader } from './codes.js';
import { say } from './words.js';

const pace = 150; // milliseconds from one look to the next, at least
const hintAfter = 12_000; // milliseconds until it is said what may help

// cameraButton makes a button open the camera's window (a dialog), where there
// is a camera to be asked for. `use` gets what the codes hold that were seen.
export function cameraButton(part, dialog, use) {
  if (!globalThis.isSecureContext || !navigator.mediaDevices?.getUserMedia) return;
  const find = (name) => dialog.querySelector(`[data-part="${name}"]`);
  const [video, state, again, stop] = ['video', 'state', 'again', 'stop'].map(find);
  let run; // what is going on, or nothing

  const tell = (key) => state.replaceChildren(...say(key));
  const end = () => {
    run?.abort();
    run = undefined;
    video.srcObject = null;
    video.hidden = true;
  };
  // rest leaves the window open, with the camera off.
  const rest = (key) => {
    end();
    tell(key);
    again.hidden = false;
    again.focus();
  };
  const start = async () => {
    end();
    run = new AbortController();
    const { signal } = run;
    again.hidden = true;
    stop.focus();
    tell('page.camera_asking');
    try {
      const contents = await watch(video, signal, () => { video.hidden = false; tell('page.camera_looking'); }, () => tell('page.camera_hint'));
      if (signal.aborted) return;
      dialog.close();
      use(contents);
    } catch (problem) {
      if (!signal.aborted) rest(reason(problem));
    }
  };

  part.querySelector('button').addEventListener('click', () => {
    dialog.showModal();
    start();
  });
  again.addEventListener('click', start);
  stop.addEventListener('click', () => {
    end();
    dialog.close();
  });
  // The event that it is closed comes a moment later.
  for (const event of ['cancel', 'close']) dialog.addEventListener(event, end);
  document.addEventListener('visibilitychange', () => { if (document.hidden && run) rest('page.camera_hidden'); });
  addEventListener('pagehide', end);
  part.hidden = false;
}

// reason puts into words why there is no picture (Media Capture and Streams
// 10.2).
function reason({ name }) {
  switch (name) {
    case 'NotAllowedError':
    case 'SecurityError': return 'page.camera_denied';
    case 'NotFoundError':
    case 'OverconstrainedError': return 'page.camera_none';
    case 'NotReadableError':
    case 'AbortError': return 'page.camera_busy';
    default: return 'page.camera_failed';
  }
}

// watch gives what the codes hold that the camera sees first. The camera is off
// when it is done, whatever the end.
async function watch(video, signal, started, slow) {
  let stream;
  let reader;
  const off = () => {
    stream?.getTracks().forEach((track) => track.stop());
    reader?.close();
  };
  signal.addEventListener('abort', off);
  try {
    stream = await navigator.mediaDevices.getUserMedia({ audio: false, video: { facingMode: 'environment', width: { ideal: 1920 }, height: { ideal: 1080 } } });
    if (signal.aborted) return [];
    const lost = new Promise((_, reject) => {
      stream.getVideoTracks()[0].addEventListener('ended', () => reject(new DOMException('the camera was taken away', 'NotReadableError')));
    });
    lost.catch(() => {});
    video.srcObject = stream;
    await Promise.race([video.play(), lost]);
    started();
    reader = frameReader(video);
    const hint = setTimeout(slow, hintAfter);
    try {
      while (!signal.aborted) {
        const pause = new Promise((resolve) => { setTimeout(resolve, pace); });
        const contents = await Promise.race([reader.read(), lost]);
        if (contents.length > 0) return contents;
        await Promise.race([pause, lost]);
      }
      return [];
    } finally {
      clearTimeout(hint);
    }
  } finally {
    off();
    signal.removeEventListener('abort', off);
  }
}
