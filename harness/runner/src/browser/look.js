// What the page offers somebody who signs in. Marks the fields and the button with `data-signoff`.
const [userName, passwordName] = arguments;
for (const known of document.querySelectorAll('[data-signoff]')) known.removeAttribute('data-signoff');

const shown = (element) => {
  const box = element.getBoundingClientRect();
  const style = getComputedStyle(element);
  return box.width > 0 && box.height > 0 && style.visibility !== 'hidden' && !element.disabled;
};
// Pages of components keep their fields below shadow roots.
const all = (root, selector) => {
  const found = [...root.querySelectorAll(selector)];
  for (const element of root.querySelectorAll('*')) {
    if (element.shadowRoot) found.push(...all(element.shadowRoot, selector));
  }
  return found;
};
const fields = all(document, 'input').filter(shown);
const called = (name) => fields.find((field) => field.name === name || field.id === name);

const password = passwordName
  ? called(passwordName)
  : fields.find((field) => field.type === 'password');
const texts = fields.filter((field) => ['text', 'email', 'tel', 'search', ''].includes(field.type) && !field.readOnly);
const words = /user|login|e-?mail|ident|account|name/i;
const user = userName
  ? called(userName)
  : texts.find((field) => /username|email/.test(field.autocomplete))
    ?? texts.find((field) => words.test(`${field.name} ${field.id} ${field.placeholder} ${field.getAttribute('aria-label') ?? ''}`))
    ?? (texts.length === 1 ? texts[0] : undefined);

const within = (password ?? user)?.form ?? document;
const buttons = all(within, 'button, input[type=submit], input[type=image], [role=button]').filter(shown);
const label = (button) => (button.innerText || button.value || button.getAttribute('aria-label') || '').trim();
const yes = /^(sign ?in|sign ?on|log ?in|log ?on|continue|next|submit|allow|accept|agree|authorize|authorise|yes|ok|confirm)\b/i;
const no = /^(cancel|deny|no|back|decline|forgot|register|sign ?up|create)\b/i;
const submits = buttons.filter((button) => button.type === 'submit' && !no.test(label(button)));
const submit = buttons.find((button) => yes.test(label(button)))
  ?? (password || user || submits.length === 1 ? submits[0] : undefined);

user?.setAttribute('data-signoff', 'user');
password?.setAttribute('data-signoff', 'password');
submit?.setAttribute('data-signoff', 'submit');
const text = (document.body?.innerText ?? '').replace(/\s+/g, ' ').trim();
return {
  user: Boolean(user),
  password: Boolean(password),
  submit: Boolean(submit),
  text: text.slice(0, 300) || document.title,
  print: `${document.title}|${text.slice(0, 2000)}|${fields.map((field) => `${field.type}:${field.name}:${field.id}`).join(',')}`,
};
