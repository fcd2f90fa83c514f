// The page that verifies a certificate's code without any network: paste or scan, and see.
import { readList } from './offline/list.js';
import { fromBase64, isSigned } from './offline/signature.js';
import { PURPOSE, Refused, codeIn, fields, parts } from './offline/token.js';

const published = JSON.parse(document.getElementById('published').textContent);
const keys = new Map(published.keys.map((key) => [key.key_id, fromBase64(key.public_key)]));
const ENDED = { cancelled: '已注销（包括撤销、撤回）', replaced: '已被替换' };
let list = null;

const place = (id) => document.getElementById(id);

async function verify(event) {
  event?.preventDefault();
  const text = place('code').value;
  if (!text.trim()) {
    show('warn', '请先粘贴二维码的内容', ['用手机扫描证书上的二维码，把得到的网址复制到上面。']);
    place('code').focus();
    return;
  }
  try {
    const { packed, keyId, signature } = parts(codeIn(text));
    if (!keys.has(keyId)) throw new Refused('签名所用的密钥不在本页的密钥之列：可能是伪造的；也可能本页下载得太早，请重新下载。');
    const good = await isSigned(keys.get(keyId), PURPOSE, packed, signature);
    if (!good) throw new Refused('签名不对：内容被改动过，或者没有扫描完整。');
    tell(fields(packed));
  } catch (error) {
    const reason = error instanceof Refused ? error.message : '这个浏览器不能核对签名，请换用较新的浏览器。';
    show('bad', '核验不通过：二维码是伪造的，或者已经损坏', [reason, '请重新扫描原件；仍不通过的，请勿采信。']);
  }
}

function tell(found) {
  const { look, title, lines } = standing(found);
  show(look, title, lines);
  const names = found.specialties.map((code) => published.specialties[code] ?? code);
  table([
    ['证书编号', found.number],
    ['单位名称', found.unit],
    ['等级', found.className],
    ['专业类别', names.join('、')],
    ['发证日期', found.issuedOn],
    ['有效期', `${found.validFrom} 至 ${found.validUntil}`],
    ['证书版本', `第 ${found.version + 1} 版`],
  ]);
}

// How it stands as far as this page can know: by the signed dates and by the list, if there is one.
function standing(found) {
  const entry = list?.find(found.number);
  if (entry && ENDED[entry.status]) {
    return no(`证书${ENDED[entry.status]}`, `自 ${entry.since} 起不再有效。`);
  }
  if (today() > found.validUntil) return no('证书已过期', `有效期已于 ${found.validUntil} 届满。`);
  if (entry && found.version < entry.newest) {
    return no('这份文件已作废', `自 ${entry.since} 起已换发新的证书文件，请持证单位出示现行版本。`);
  }
  const signed = '下列内容由发证系统签发，没有被改动，并且在有效期内。';
  if (!list) {
    return { look: 'warn', title: '签名真实，状态未知', lines: [signed, '没有载入状态清单，不知道它是否已被注销或换发：请在下面载入。'] };
  }
  const clear = `截至 ${moment(list.madeAt)}，它没有被注销，也没有换发。`;
  return { look: 'good', title: '签名真实，证书有效', lines: [signed, clear] };
}

function no(title, line) {
  return { look: 'bad', title: `签名真实，但${title}`, lines: [line] };
}

async function load(event) {
  const [file] = event.target.files;
  if (!file) return;
  try {
    list = await readList(await file.text(), keys);
    place('list-state').textContent = `已载入：截至 ${moment(list.madeAt)}，第 ${list.sequence} 号，共 ${list.count} 份作废或换发的证书。`;
    place('list-state').className = 'good-words';
  } catch (error) {
    list = null;
    place('list-state').textContent = error instanceof Refused ? error.message : '状态清单无法读取。';
    place('list-state').className = 'bad-words';
  }
  if (place('code').value.trim()) verify();
}

async function scan(event) {
  const [file] = event.target.files;
  if (!file) return;
  try {
    const [code] = await new BarcodeDetector({ formats: ['qr_code'] }).detect(await createImageBitmap(file));
    if (!code) throw new Refused('no code');
    place('code').value = code.rawValue;
    verify();
  } catch {
    show('warn', '图片里没有认出二维码', ['请换一张清楚的图片，或者用手机扫描后粘贴网址。']);
  }
}

function show(look, title, lines) {
  place('rows').hidden = true;
  place('result').className = `result is-${look}`;
  place('result').replaceChildren(element('h2', title), ...lines.map((line) => element('p', line)));
}

function table(rows) {
  place('rows').replaceChildren(...rows.flatMap(([term, words]) => [element('dt', term), element('dd', words)]));
  place('rows').hidden = false;
}

function element(name, words) {
  const made = document.createElement(name);
  made.textContent = words;
  return made;
}

const local = (date, options) => date.toLocaleString('sv-SE', { timeZone: 'Asia/Shanghai', ...options });
const today = () => local(new Date()).slice(0, 10);
const moment = (date) => local(date).slice(0, 16);

place('form').addEventListener('submit', verify);
place('list').addEventListener('change', load);
// A newer list under the same name is a new choice as well.
place('list').addEventListener('click', (event) => { event.target.value = ''; });
if ('BarcodeDetector' in window) {
  place('scan').hidden = false;
  place('picture').addEventListener('change', scan);
}
