// Adding a security key, or proving one: the browser asks for it, the form carries what it says.
const form = document.querySelector("[data-dopa-security-key]");
const data = JSON.parse(document.getElementById("security-key-data").textContent);
const does = {
  create: () => window.webauthnJSON.create(data.creation_options),
  get: () => window.webauthnJSON.get(data.request_options),
};

form.hidden = !window.PublicKeyCredential;
form.addEventListener("submit", async (event) => {
  event.preventDefault();
  const trouble = form.querySelector("[data-dopa-key-trouble]");
  trouble.hidden = true;
  try {
    const credential = await does[form.dataset.dopaSecurityKey]();
    form.querySelector("input[name=credential]").value = JSON.stringify(credential);
    form.submit();
  } catch {
    trouble.hidden = false; // refused, timed out, or no key at hand
  }
});
