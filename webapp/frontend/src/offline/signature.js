// Checks an Ed25519 signature: by the browser itself, or by @noble/ed25519 where it cannot yet.
import { verifyAsync } from '@noble/ed25519';

export function fromBase64(text) {
  return Uint8Array.from(atob(text), (sign) => sign.charCodeAt(0));
}

export async function isSigned(publicKey, purpose, message, signature) {
  const head = new TextEncoder().encode(purpose);
  const whole = new Uint8Array(head.length + message.length);
  whole.set(head);
  whole.set(message, head.length);
  try {
    const key = await crypto.subtle.importKey('raw', publicKey, { name: 'Ed25519' }, false, ['verify']);
    return await crypto.subtle.verify('Ed25519', key, signature, whole);
  } catch {
    return verifyAsync(signature, whole, publicKey, { zip215: false });
  }
}
