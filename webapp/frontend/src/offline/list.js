// Reads the signed status list, as certificates/verification/status_list.py writes it.
import { fromBase64, isSigned } from './signature.js';
import { Refused } from './token.js';

const PURPOSE = 'cartouche status list 1\n';
const HEAD = /^cartouche-status-list\/1\nissuer (\S+)\nsequence (\d+)\nmade-at (\S+)\nkey-id ([0-9a-f]{8})\ncount (\d+)\n/;
const LINE = /^(\S+) (cancelled|replaced|reissued) (\d{4}-\d\d-\d\d) (\d+)$/;

// { madeAt, sequence, find(number) }; throws Refused for anything but a list of these keys.
export async function readList(text, keys) {
  const { list, signature } = opened(text);
  const head = HEAD.exec(list);
  if (!head) throw new Refused('不是本系统发布的状态清单（status-list.json）。');
  const key = keys.get(head[4]);
  if (!key) throw new Refused('状态清单的签名密钥不在本页的密钥之列。');
  const good = await isSigned(key, PURPOSE, new TextEncoder().encode(list), signature);
  if (!good) throw new Refused('状态清单的签名不对：内容被改动过，或者没有下载完整。');
  const entries = new Map(list.slice(head[0].length).split('\n').filter(Boolean).map(entry));
  return { sequence: head[2], madeAt: new Date(head[3]), count: entries.size, find: (number) => entries.get(number) };
}

function opened(text) {
  try {
    const { list, signature } = JSON.parse(text);
    return { list: String(list), signature: fromBase64(signature) };
  } catch {
    throw new Refused('不是本系统发布的状态清单（status-list.json）。');
  }
}

function entry(line) {
  const [, number, status, since, newest] = LINE.exec(line);
  return [number, { status, since, newest: Number(newest) }];
}
