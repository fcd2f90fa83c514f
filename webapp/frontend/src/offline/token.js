// Reads a certificate's signed code, as certificates/verification/tokens.py writes it.
export const PURPOSE = 'cartouche certificate 1\n';
const ALPHABET = 'ABCDEFGHIJKLMNOPQRSTUVWXYZ234567';
const LONGEST = 2048;
const SIGNATURE = 64;
const HEAD = 14;

export class Refused extends Error {}

// The code in whatever was pasted or scanned: the last part of its address.
export function codeIn(text) {
  return text.trim().split(/[?#]/)[0].replace(/\/+$/, '').split('/').pop();
}

// { packed, keyId, signature }: not to be believed before the signature is checked.
export function parts(code) {
  if (!code || code.length > LONGEST) throw new Refused('没有找到核验码，或者核验码过长。');
  const bytes = fromBase32(code);
  if (bytes.length < HEAD + SIGNATURE) throw new Refused('核验码不完整，请重新扫描。');
  const packed = bytes.slice(0, -SIGNATURE);
  if (packed[0] !== 1 || packed[1] !== 1) throw new Refused('核验码的格式或签名算法不是本系统使用的。');
  return { packed, keyId: hex(packed.slice(2, 6)), signature: bytes.slice(-SIGNATURE) };
}

// What was signed; call it only after the signature was found good.
export function fields(packed) {
  const view = new DataView(packed.buffer, packed.byteOffset, packed.length);
  const [number, className, codes, rest] = measured(packed);
  const words = (bytes) => new TextDecoder('utf-16be', { fatal: true, ignoreBOM: true }).decode(bytes);
  const listed = new TextDecoder().decode(codes);
  return {
    number: words(number),
    unit: words(rest),
    className: words(className),
    specialties: listed ? listed.split(' ') : [],
    version: view.getUint16(6),
    issuedOn: day(view.getUint16(8)),
    validFrom: day(view.getUint16(10)),
    validUntil: day(view.getUint16(12)),
  };
}

function measured(packed) {
  const found = [];
  let place = HEAD;
  for (let part = 0; part < 3; part += 1) {
    const end = place + 1 + packed[place];
    found.push(packed.slice(place + 1, end));
    place = end;
  }
  return [...found, packed.slice(place)];
}

function fromBase32(code) {
  const bytes = [];
  let held = 0;
  let bits = 0;
  for (const sign of code) {
    const value = ALPHABET.indexOf(sign);
    if (value < 0) throw new Refused('核验码含有不该有的字符，或者没有扫描完整。');
    held = (held << 5) | value;
    bits += 5;
    if (bits >= 8) {
      bits -= 8;
      bytes.push((held >> bits) & 255);
      held &= (1 << bits) - 1;
    }
  }
  if (bits >= 5 || held !== 0) throw new Refused('核验码不完整，请重新扫描。');
  return Uint8Array.from(bytes);
}

function day(count) {
  return new Date(Date.UTC(2000, 0, 1 + count)).toISOString().slice(0, 10);
}

export function hex(bytes) {
  return [...bytes].map((byte) => byte.toString(16).padStart(2, '0')).join('');
}
