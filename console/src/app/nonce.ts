/** The server's word that a style sheet made by our own script may be used; empty under the development server. */
export function cspNonce(): string {
  const said = document.querySelector<HTMLMetaElement>('meta[property="csp-nonce"]');
  const nonce = said?.nonce || said?.getAttribute("nonce") || "";
  return nonce.startsWith("{{") ? "" : nonce;
}
