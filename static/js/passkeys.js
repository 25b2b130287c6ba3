// Passkeys: <form data-passkey="create|get|login"> gets its `credential` from the browser, then goes on as a plain form.
// Options lie in #passkey-options (create, get) or are fetched from the form's address (login).

const bytes = (text) => Uint8Array.from(atob(text.replace(/-/g, '+').replace(/_/g, '/')), (c) => c.charCodeAt(0))
const text = (buffer) => {
  const binary = Array.from(new Uint8Array(buffer), (byte) => String.fromCharCode(byte)).join('')
  return btoa(binary).replace(/\+/g, '-').replace(/\//g, '_').replace(/=+$/, '')
}
const listed = (list) => (list || []).map((one) => ({ ...one, id: bytes(one.id) }))

function packed (credential) {
  const sent = { id: credential.id, rawId: text(credential.rawId), type: credential.type, response: {} }
  for (const name of ['clientDataJSON', 'attestationObject', 'authenticatorData', 'signature', 'userHandle']) {
    if (credential.response[name]) sent.response[name] = text(credential.response[name])
  }
  sent.clientExtensionResults = credential.getClientExtensionResults()
  if (credential.authenticatorAttachment) sent.authenticatorAttachment = credential.authenticatorAttachment
  return sent
}

async function create (form) {
  const { publicKey } = known(form).creation_options
  const alone = form.elements.passwordless?.checked || false
  const chosen = { ...publicKey.authenticatorSelection, residentKey: alone ? 'required' : 'discouraged', requireResidentKey: alone }
  if (alone) chosen.userVerification = 'required'
  return navigator.credentials.create({
    publicKey: {
      ...publicKey,
      authenticatorSelection: chosen,
      challenge: bytes(publicKey.challenge),
      user: { ...publicKey.user, id: bytes(publicKey.user.id) },
      excludeCredentials: listed(publicKey.excludeCredentials)
    }
  })
}

async function get (form, options) {
  const { publicKey } = (options || known(form)).request_options
  return navigator.credentials.get({
    publicKey: { ...publicKey, challenge: bytes(publicKey.challenge), allowCredentials: listed(publicKey.allowCredentials) }
  })
}

async function login (form) {
  const answer = await fetch(form.action, { headers: { Accept: 'application/json' } })
  return get(form, await answer.json())
}

const known = (form) => JSON.parse(form.querySelector('#passkey-options').textContent)
const ways = { create, get, login }

for (const form of document.querySelectorAll('form[data-passkey]')) {
  if (!window.PublicKeyCredential) continue
  form.hidden = false
  form.querySelector('[data-passkey-none]')?.remove()
  const trouble = form.querySelector('[data-passkey-trouble]')
  form.addEventListener('submit', async (event) => {
    event.preventDefault()
    trouble.hidden = true
    try {
      form.elements.credential.value = JSON.stringify(packed(await ways[form.dataset.passkey](form)))
      form.submit()
    } catch {
      trouble.hidden = false
    }
  })
}
