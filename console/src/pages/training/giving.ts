/** Giving a file to the server: piece after piece, so that no request is large and a lost one is sent again. */
import { api, problemOf, type Shape } from "../../api";

export type Upload = Shape<"UploadShown">;

const TRIES = 4;
const WAIT_MS = 500;
const CHUNK = 0x8000;

const pause = (ms: number): Promise<void> => new Promise((done) => { setTimeout(done, ms); });

async function base64Of(blob: Blob): Promise<string> {
  const bytes = new Uint8Array(await blob.arrayBuffer());
  let text = "";
  for (let place = 0; place < bytes.length; place += CHUNK) text += String.fromCodePoint(...bytes.subarray(place, place + CHUNK));
  return btoa(text);
}

/** Send `file`; `told` hears how much of it has arrived. */
export async function give(file: File, pieceBytes: number, told: (received: number) => void, signal: AbortSignal): Promise<Upload> {
  const { data: begun } = await api.POST("/v1/training-uploads", { body: { name: file.name, bytes: file.size }, signal });
  let upload = begun as Upload;
  while (upload.received < upload.bytes) {
    const place = upload.received;
    const data = await base64Of(file.slice(place, place + pieceBytes));
    upload = await sent(upload.upload_id, place, data, signal);
    told(upload.received);
  }
  return upload;
}

async function sent(uploadId: string, place: number, data: string, signal: AbortSignal): Promise<Upload> {
  for (let tried = 1; ; tried += 1) {
    try {
      const { data: found } = await api.POST("/v1/training-uploads/{upload_id}/pieces", { params: { path: { upload_id: uploadId } }, body: { place, data }, signal });
      return found as Upload;
    } catch (error) {
      if (signal.aborted || tried === TRIES || !problemOf(error).passing) throw error;
      await pause(WAIT_MS * tried);
    }
  }
}
