// The studio's addresses. A refusal, a lost session, a lost server and a broken one are four different errors.
export class Refused extends Error {
  constructor(status, body) {
    super(body?.message ?? `服务器没有接受（${status}）。`);
    this.status = status;
    this.body = body ?? {};
  }
}
export class SignedOut extends Error {}
export class Unreachable extends Error {}
// Broken or busy for now: what it says is shown, and it is tried again.
export class Faulty extends Error {}

export class Server {
  constructor({ draft, catalogue, csrf }) {
    Object.assign(this, { address: draft, catalogueAddress: catalogue, token: csrf });
  }

  draft() {
    return this.#send(this.address);
  }

  catalogue() {
    return this.#send(this.catalogueAddress);
  }

  problems() {
    return this.#send(`${this.address}/problems`);
  }

  save(body, keepalive = false) {
    return this.#post('files', body, { keepalive });
  }

  copy(body) {
    return this.#post('copy', body);
  }

  presence() {
    return this.#post('presence', {});
  }

  called(body) {
    return this.#post('called', body);
  }

  take(file, as) {
    const form = new FormData();
    form.append('file', file);
    form.append('as', as);
    return this.#post('import', form);
  }

  async #post(path, body, more = {}) {
    const request = () => ({
      method: 'POST',
      headers: this.#headers(body),
      body: body instanceof FormData ? body : JSON.stringify(body),
      ...more,
    });
    try {
      return await this.#send(`${this.address}/${path}`, request());
    } catch (error) {
      // After a new login in another tab the token of this page is stale: fetch one and go on.
      const isStale = error instanceof SignedOut || error.status === 400;
      if (!isStale || more.keepalive) throw error;
      if (!(await this.#freshToken())) throw new SignedOut('登录已失效。');
      return this.#send(`${this.address}/${path}`, request());
    }
  }

  #headers(body) {
    const headers = { Accept: 'application/json', 'X-CSRFToken': this.token };
    return body instanceof FormData ? headers : { ...headers, 'Content-Type': 'application/json' };
  }

  async #send(address, options = { headers: { Accept: 'application/json' } }) {
    const answer = await fetch(address, options).catch(() => {
      throw new Unreachable('连不上服务器。');
    });
    const isJson = (answer.headers.get('Content-Type') ?? '').includes('json');
    const body = isJson ? await answer.json() : null;
    if (answer.ok && isJson) return body;
    if (answer.status === 401 || (!isJson && answer.status < 403)) throw new SignedOut('登录已失效。');
    if (answer.status === 429 || answer.status >= 500) throw new Faulty(body?.message ?? '服务器暂时没有回应。');
    throw new Refused(answer.status, body);
  }

  async #freshToken() {
    const page = await fetch('/', { headers: { Accept: 'text/html' } }).then((answer) => answer.text()).catch(() => '');
    const home = new DOMParser().parseFromString(page, 'text/html');
    const fresh = home.querySelector('form[action$="/logout"] input[name=csrf_token]')?.value;
    if (fresh) this.token = fresh;
    return Boolean(fresh);
  }
}
