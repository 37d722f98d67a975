/**
 * Recognises the device a page is shown on and hands an event to the partner's own server, which sends it on to Tandem.
 *
 * Nothing is looked at before consent is given, nothing is stored on the device, and nothing goes to anybody but the
 * address the page names, which must be of the page's own origin: a key of Tandem has no place in a browser.
 */
import FingerprintJS from "@fingerprintjs/fingerprintjs";

/**
 * @typedef {object} Consent
 * @property {true} granted what the person chose; anything but true is a no
 * @property {string} version which text they agreed to, such as "privacy-2026-11"
 * @property {string} [at] RFC 3339; now, if left out
 *
 * @typedef {object} Device
 * @property {string} id the same for the same device as long as it does not change much; 32 hex digits
 * @property {number} confidence 0 to 1: how sure the library is that others have another
 */

/** Why nothing was collected or sent: `code` is `no_consent`, `foreign_endpoint`, `refused` or `unreachable`. */
export class TandemDeviceError extends Error {
  constructor(code, message, status) {
    super(message);
    this.name = "TandemDeviceError";
    this.code = code;
    this.status = status;
  }
}

let agent;

/**
 * The device, once consent is given. Only a digest leaves this function; what it was made from does not.
 *
 * @param {Consent} consent
 * @returns {Promise<Device>}
 */
export async function collect(consent) {
  agreed(consent);
  agent ??= FingerprintJS.load({ monitoring: false }); // the library would else call its maker now and then
  const { visitorId, confidence } = await (await agent).get();
  return { id: visitorId, confidence: confidence.score };
}

/**
 * Collect, and post an event to the partner's own server.
 *
 * @param {object} what
 * @param {string} what.endpoint address of the page's own origin, such as "/risk/application"
 * @param {Consent} what.consent
 * @param {string} what.event_type name of a declared event type
 * @param {Record<string, string | number | boolean | null>} what.values its fields; the device is added
 * @param {string} [what.event_id] the idempotency key; made up if left out
 * @param {string} [what.field] the field that holds the device; "device"
 * @returns {Promise<{event_id: string, answer: unknown}>} what the server answered
 */
export async function send({ endpoint, consent, event_type, values, event_id, field = "device" }) {
  const given = agreed(consent);
  const address = new URL(endpoint, window.location.href);
  if (address.origin !== window.location.origin) {
    throw new TandemDeviceError("foreign_endpoint", "The event goes to the page's own server only.");
  }
  const device = await collect(consent);
  const event = {
    event_id: event_id ?? `web_${crypto.randomUUID?.() ?? random()}`,
    event_type,
    occurred_at: new Date().toISOString(),
    values: { ...values, [field]: device.id },
  };
  const body = JSON.stringify({ event, consent: given, device });
  let response;
  try {
    response = await fetch(address, {
      method: "POST",
      headers: { "Content-Type": "application/json" },
      credentials: "same-origin",
      keepalive: true, // the person may leave the page at once
      body,
    });
  } catch (error) {
    throw new TandemDeviceError("unreachable", String(error));
  }
  if (!response.ok) throw new TandemDeviceError("refused", `The server answered ${response.status}.`, response.status);
  const text = await response.text();
  return { event_id: event.event_id, answer: text ? JSON.parse(text) : null };
}

function agreed(consent) {
  if (consent?.granted !== true || typeof consent.version !== "string" || !consent.version) {
    throw new TandemDeviceError("no_consent", "Nothing is collected without consent: {granted: true, version: ...}.");
  }
  return { granted: true, version: consent.version, at: consent.at ?? new Date().toISOString() };
}

function random() {
  return [...crypto.getRandomValues(new Uint8Array(16))].map((byte) => byte.toString(16).padStart(2, "0")).join("");
}
