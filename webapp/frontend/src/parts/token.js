// The token of this session for every form on the page: after a new login the old ones are refused.
// False when nobody is logged in any more.
export async function refreshToken() {
  const answer = await fetch('/', { headers: { Accept: 'text/html' } });
  const page = new DOMParser().parseFromString(await answer.text(), 'text/html');
  const fresh = page.querySelector('form[action$="/logout"] input[name=csrf_token]')?.value;
  if (!fresh) return false;
  document.querySelectorAll('input[name=csrf_token]').forEach((input) => {
    input.value = fresh;
  });
  return true;
}
